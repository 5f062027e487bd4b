"""The permissions that routes declare, as types of their first parameter.

A base URL leads requests wherever its author likes, and the policy of a key decides what is inspected;
so naming either takes a permission besides that of the route.
"""

from typing import Annotated

from fastapi import Depends

from llm_gateway.control import Actor, Permission
from llm_gateway.web.admin.guard import Needs

KeysRead = Annotated[Actor, Depends(Needs(Permission.KEYS_READ))]
KeysWrite = Annotated[Actor, Depends(Needs(Permission.KEYS_WRITE))]
ProvidersRead = Annotated[Actor, Depends(Needs(Permission.PROVIDERS_READ))]
PoliciesRead = Annotated[Actor, Depends(Needs(Permission.POLICIES_READ))]
PoliciesWrite = Annotated[Actor, Depends(Needs(Permission.POLICIES_WRITE))]
RecordsRead = Annotated[Actor, Depends(Needs(Permission.RECORDS_READ))]
RecordsMark = Annotated[Actor, Depends(Needs(Permission.RECORDS_MARK))]
AuditRead = Annotated[Actor, Depends(Needs(Permission.AUDIT_READ))]
MembersRead = Annotated[Actor, Depends(Needs(Permission.MEMBERS_READ))]
MembersWrite = Annotated[Actor, Depends(Needs(Permission.MEMBERS_WRITE))]
Account = Annotated[Actor, Depends(Needs(Permission.ACCOUNT))]


def check_base_url(actor: Actor, base_url: str | None) -> None:
    """Raises NotPermitted when the actor may not say where a provider is."""
    if base_url is not None:
        actor.needs(Permission.PROVIDERS_WRITE)
