"""Who may do what: one table. Every route names one permission; see web.admin.guard."""

from collections.abc import Mapping
from enum import StrEnum

from llm_gateway.domain.accounts import Role


class Permission(StrEnum):
    """`_READ` shows and changes nothing. No permission gives out a provider key."""

    KEYS_READ = "keys.read"
    KEYS_WRITE = "keys.write"
    PROVIDERS_READ = "providers.read"
    PROVIDERS_WRITE = "providers.write"
    """Where requests may be sent besides the usual address of a provider."""
    POLICIES_READ = "policies.read"
    POLICIES_WRITE = "policies.write"
    RECORDS_READ = "records.read"
    RECORDS_MARK = "records.mark"
    AUDIT_READ = "audit.read"
    SCAN = "scan"
    MEMBERS_READ = "members.read"
    MEMBERS_WRITE = "members.write"
    OWNERS_WRITE = "owners.write"
    """Making and unmaking owners."""
    ACCOUNT = "account"
    """One's own sessions, password and personal tokens."""


P = Permission
_ALL = frozenset(Permission)
_EVERYBODY = frozenset({P.ACCOUNT})
_LOOKING = frozenset({P.KEYS_READ, P.PROVIDERS_READ, P.POLICIES_READ, P.RECORDS_READ})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _ALL,
    Role.ADMIN: _ALL - {P.OWNERS_WRITE},
    Role.SECURITY: _EVERYBODY
    | _LOOKING
    | {P.POLICIES_WRITE, P.RECORDS_MARK, P.AUDIT_READ, P.SCAN, P.MEMBERS_READ},
    Role.DEVELOPER: _EVERYBODY | _LOOKING | {P.KEYS_WRITE, P.SCAN},
    Role.AUDITOR: _EVERYBODY | _LOOKING | {P.AUDIT_READ, P.MEMBERS_READ},
}


def may_grant(permissions: frozenset[Permission] | None, role: Role) -> bool:
    """Whether who has these permissions (None: all) may give or take a role: nobody hands out more
    than he has."""
    return permissions is None or PERMISSIONS[role] <= permissions
