"""Accounts over a real store in a directory of the test, with a hash that costs little."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from llm_gateway.control.accounts import (
    AccountDeps,
    Accounts,
    Newcomer,
    Opened,
    Throttle,
    Visitor,
    accounts,
    actor_for,
)
from llm_gateway.control.actor import Actor
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.passwords import Argon2Passwords
from llm_gateway.limits.attempts import Attempts
from llm_gateway.stores.sqlite import (
    Database,
    SqliteAuditLog,
    SqliteCredentials,
    SqliteMembers,
    SqliteVaultStore,
    migrate,
)
from llm_gateway.stores.vault import open_vault
from tests.support.values import StillClock

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
VISITOR = Visitor("192.0.2.7", "Firefox")
ROOT = Actor("cli:maria", "terminal")


@dataclass(frozen=True)
class Town:
    """Everything a test of accounts needs."""

    deps: AccountDeps
    accounts: Accounts
    audit: SqliteAuditLog
    clock: StillClock
    database: Database

    async def owner(self, email: str = "owner@example.com") -> Opened:
        """The first owner, signed in."""
        link = await self.accounts.joining.setup_link(ROOT)
        return await self.accounts.joining.set_up(link, newcomer(email), VISITOR)

    async def member(self, role: Role, email: str = "") -> Opened:
        """A member with the role, signed in."""
        invited = await self.accounts.members.invite(ROOT, role)
        address = email or f"{role}@example.com"
        return await self.accounts.joining.sign_up(invited.token, newcomer(address), VISITOR)

    def actions(self) -> list[str]:
        """What was audited, in no order: the clock stands still."""
        return [event.action for event in self.audit.list(limit=1000)]


def newcomer(email: str, password: str = PASSWORD) -> Newcomer:
    return Newcomer(email, "", Secret(password))


def acting(opened: Opened) -> Actor:
    """The member as its browser's requests make it act."""
    return actor_for(opened.user, VISITOR.source, opened.session.id)


@contextmanager
def town(directory: Path, *, attempts: int = 1000) -> Iterator[Town]:
    """`attempts` are those to sign in to one account in a row."""
    clock = StillClock()
    database = Database(directory / "accounts.db")
    migrate(database, clock)
    vault = open_vault(directory, SqliteVaultStore(database), clock, master_key=None, pepper=None)
    passwords = Argon2Passwords(CHEAP)
    deps = AccountDeps(SqliteMembers(database), SqliteCredentials(database), passwords, vault.verifier, clock)
    throttle = Throttle(Attempts(attempts, 30.0), Attempts(10 * attempts, 10.0))
    yield Town(deps, accounts(deps, throttle=throttle), SqliteAuditLog(database), clock, database)
    passwords.close()
    database.close()
