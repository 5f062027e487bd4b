"""What every store of members and their credentials keeps to, also between two processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from llm_gateway.domain.accounts import Identity, Invite, PersonalToken, Role, Session, User
from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.record import AuditEvent
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.accounts import CredentialStore, MemberStore
from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.sqlite import Database, SqliteCredentials, SqliteMembers, migrate
from tests.support.values import NOW

Opened = tuple[MemberStore, CredentialStore]
ANN = User("usr_a", "ann@example.com", "Ann", Role.OWNER, NOW, Secret("$argon2id$"))
BOB = User("usr_b", "bob@example.com", "Bob", Role.AUDITOR, NOW + 1, identity=Identity("https://i", "b"))
SESSION = Session("ses_a", b"s" * 32, "usr_a", NOW, NOW, "192.0.2.1", "Firefox")
TOKEN = PersonalToken("tok_a", b"t" * 32, "usr_a", "ci", Role.AUDITOR, NOW, NOW + 60)


def event(number: int) -> AuditEvent:
    return AuditEvent(f"aud_{number}", NOW, "maria", "test", "x", "default")


def invite(number: int, role: Role = Role.OWNER, by: str = "cli:maria", email: str = "") -> Invite:
    return Invite(f"inv_{number}", bytes([number]) * 32, role, email, by, NOW + number, NOW + 100)


@contextmanager
def _sqlite(directory: Path) -> Iterator[Opened]:
    database = Database(directory / "gateway.db")
    migrate(database, SystemClock())
    yield SqliteMembers(database), SqliteCredentials(database)
    database.close()


OPENERS = {"sqlite": _sqlite}


@pytest.fixture(params=OPENERS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Opened]]:
    """Opens the same store; calling it twice is what a second process would do."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(OPENERS[request.param](tmp_path))


@pytest.fixture
def stores(opened: Callable[[], Opened]) -> Opened:
    """With Ann as owner and Bob as auditor."""
    members, credentials = opened()
    for number, user in enumerate((ANN, BOB)):
        members.invite(event(10 + number), invite(number, user.role))
        members.join(event(20 + number), user, invite(number, user.role))
    return members, credentials


def test_members_are_kept_whole(stores: Opened) -> None:
    """Found by id, address and identity, exactly as they joined."""
    members, _ = stores

    assert list(members.users()) == [ANN, BOB]
    assert members.user("usr_a") == members.user_with_email("ann@example.com") == ANN
    assert members.user_with_identity(Identity("https://i", "b")) == BOB
    assert members.user_with_identity(Identity("https://j", "b")) is None
    assert members.user_with_email("ANN@example.com") is None
    assert members.has_owner()


def test_an_invitation_is_used_once_by_whatever_process(opened: Callable[[], Opened]) -> None:
    """Whoever is second finds it gone, and leaves nothing behind."""
    (first, _), (second, _) = opened(), opened()
    first.invite(event(1), invite(1))
    first.join(event(2), ANN, invite(1))

    with pytest.raises(Conflict):
        second.join(event(3), BOB, invite(1))
    assert list(second.users()) == [ANN]


def test_what_is_refused_uses_up_nothing(stores: Opened) -> None:
    """An address or identity that is taken leaves the invitation good."""
    members, _ = stores
    members.invite(event(1), invite(5))
    for taken in (replace(ANN, id="usr_c"), replace(BOB, id="usr_c", email="c@example.com")):
        with pytest.raises(Conflict):
            members.join(event(2), taken, invite(5))

    assert members.invite_with(invite(5).verifier) == invite(5)


def test_there_is_one_first_link_and_one_first_owner(opened: Callable[[], Opened]) -> None:
    """A newer link takes the place of the last, and none is good when there is an owner."""
    members, _ = opened()
    members.invite(event(1), invite(1, by=""))
    members.invite(event(2), invite(2, by=""))
    assert members.invite_with(invite(1).verifier) is None
    members.invite(event(3), invite(3))
    members.join(event(4), ANN, invite(3))

    with pytest.raises(Conflict):
        members.join(event(5), BOB, invite(2, by=""))


def test_invitations_are_found_by_address(stores: Opened) -> None:
    """The newest that is still good; withdrawn ones are gone."""
    members, _ = stores
    for number in (5, 6):
        members.invite(event(number), invite(number, email="c@example.com"))
    assert members.invite_for("c@example.com", NOW) == invite(6, email="c@example.com")
    assert members.invite_for("c@example.com", NOW + 1000) is None
    assert members.withdraw(event(7), "inv_6")
    assert not members.withdraw(event(8), "inv_6")

    assert [one.id for one in members.invites(NOW)] == ["inv_5"]


def test_changes_do_not_cross(stores: Opened) -> None:
    """Who decided on an older state is told so; somebody stays owner."""
    members, _ = stores
    raised = replace(BOB, role=Role.SECURITY)
    members.change(event(1), raised, replaces=BOB, end_sessions=False)
    with pytest.raises(Conflict):
        members.change(event(2), replace(BOB, name="x"), replaces=BOB, end_sessions=False)
    with pytest.raises(Conflict):
        members.remove(event(3), BOB)
    with pytest.raises(Conflict):
        members.change(event(4), replace(ANN, role=Role.ADMIN), replaces=ANN, end_sessions=False)
    with pytest.raises(Conflict):
        members.remove(event(5), ANN)

    assert list(members.users()) == [ANN, raised]


def test_credentials_lead_to_their_member(stores: Opened) -> None:
    """And end one by one, with a change that ends sessions, or with the membership."""
    members, credentials = stores
    for number, session in enumerate((SESSION, replace(SESSION, id="ses_b", verifier=b"u" * 32))):
        credentials.open_session(event(number), session, ANN, dead_before=(0.0, 0.0))
    credentials.add_token(event(3), TOKEN)
    credentials.seen("ses_a", NOW + 9)
    assert credentials.session_with(SESSION.verifier) == (replace(SESSION, seen_at=NOW + 9), ANN)
    assert credentials.token_with(TOKEN.verifier) == (TOKEN, ANN)
    assert not credentials.end_session(event(4), "usr_b", "ses_a")
    assert not credentials.delete_token(event(5), "usr_b", "tok_a")
    credentials.end_other_sessions(event(6), "usr_a", "ses_a")
    assert [one.id for one in credentials.sessions("usr_a")] == ["ses_a"]
    renamed = replace(ANN, name="Anna")
    members.change(event(7), renamed, replaces=ANN, end_sessions=True)
    assert credentials.session_with(SESSION.verifier) is None
    with pytest.raises(Conflict):
        credentials.open_session(event(8), SESSION, ANN, dead_before=(0.0, 0.0))
    members.change(event(9), replace(BOB, role=Role.OWNER), replaces=BOB, end_sessions=False)
    members.remove(event(99), renamed)

    assert credentials.token_with(TOKEN.verifier) is None


def test_old_sessions_are_swept(stores: Opened) -> None:
    """Opening one deletes those that have ended anyhow."""
    _, credentials = stores
    credentials.open_session(event(1), SESSION, ANN, dead_before=(0.0, 0.0))
    later = replace(SESSION, id="ses_b", verifier=b"u" * 32, created_at=NOW + 9, seen_at=NOW + 9)
    credentials.open_session(event(2), later, ANN, dead_before=(NOW + 1, 0.0))

    assert [one.id for one in credentials.sessions("usr_a")] == ["ses_b"]
