"""What goes in and out around accounts. Times are Unix seconds."""

from pydantic import BaseModel, Field, SecretStr

from llm_gateway.control.accounts import Found
from llm_gateway.control.permissions import PERMISSIONS
from llm_gateway.domain.accounts import Invite, PersonalToken, Session, User
from llm_gateway.web.admin.errors import ErrorBody
from llm_gateway.web.admin.schemas import Input

_PASSWORD = 1024
_EMAIL = 320


class SignInIn(Input):
    email: str = Field(max_length=_EMAIL)
    password: SecretStr = Field(max_length=_PASSWORD)


class SetUpIn(SignInIn):
    token: SecretStr = Field(max_length=200, description="From the link printed at the first start.")
    name: str = Field("", max_length=1000)


class SignUpIn(SignInIn):
    invite: SecretStr = Field(max_length=200, description="From the invitation's link.")
    name: str = Field("", max_length=1000)


class PasswordIn(Input):
    old: SecretStr = Field(max_length=_PASSWORD)
    new: SecretStr = Field(max_length=_PASSWORD)


class TokenIn(Input):
    name: str = Field(max_length=1000)
    role: str = Field(description="The token's rights; not above your own.")
    days: int = Field(90, description="How long it is good.")


class InviteIn(Input):
    role: str
    email: str = Field("", max_length=_EMAIL, description="Only for this address; empty for any.")


class RoleIn(Input):
    role: str


class UserOut(BaseModel):
    id: str
    email: str
    name: str
    role: str

    @classmethod
    def of(cls, user: User) -> "UserOut":
        return cls(id=user.id, email=user.email, name=user.name, role=user.role)


class MemberOut(UserOut):
    created_at: float
    signs_in_with: list[str] = Field(description="password, oidc.")

    @classmethod
    def of(cls, user: User) -> "MemberOut":
        ways = {"password": user.password_hash, "oidc": user.identity}
        return cls(
            **UserOut.of(user).model_dump(),
            created_at=user.created_at,
            signs_in_with=[way for way, there in ways.items() if there is not None],
        )


class MemberList(BaseModel):
    data: list[MemberOut]


class OidcOut(BaseModel):
    id: str
    title: str


class SessionOut(BaseModel):
    """Who is signed in, and what he may do."""

    user: UserOut
    permissions: list[str]
    session_id: str
    expires_at: float

    @classmethod
    def of(cls, found: Found) -> "SessionOut":
        return cls(
            user=UserOut.of(found.user),
            permissions=sorted(PERMISSIONS[found.user.role]),
            session_id=found.session.id,
            expires_at=found.expires_at,
        )


class NoSessionOut(ErrorBody):
    """Nobody is signed in; how somebody could be."""

    setup_needed: bool = Field(description="There is no owner yet.")
    signup_open: bool = Field(description="Whether one can sign up without an invitation.")
    oidc: list[OidcOut]


class BrowserOut(BaseModel):
    """A session of a browser."""

    id: str
    created_at: float
    seen_at: float
    source: str
    agent: str
    current: bool

    @classmethod
    def of(cls, session: Session, current: str) -> "BrowserOut":
        return cls(
            id=session.id,
            created_at=session.created_at,
            seen_at=session.seen_at,
            source=session.source,
            agent=session.agent,
            current=session.id == current,
        )


class BrowserList(BaseModel):
    data: list[BrowserOut]


class TokenOut(BaseModel):
    """A personal token without its secret."""

    id: str
    name: str
    role: str
    created_at: float
    expires_at: float

    @classmethod
    def of(cls, token: PersonalToken) -> "TokenOut":
        return cls.model_validate(token, from_attributes=True)


class IssuedTokenOut(TokenOut):
    token: str = Field(description="The token itself. Shown this once and stored nowhere.")


class TokenList(BaseModel):
    data: list[TokenOut]


class InviteOut(BaseModel):
    """An open invitation without its secret."""

    id: str
    role: str
    email: str
    invited_by: str
    created_at: float
    expires_at: float

    @classmethod
    def of(cls, invite: Invite) -> "InviteOut":
        return cls.model_validate(invite, from_attributes=True)


class IssuedInviteOut(InviteOut):
    invite: str = Field(description="For the link /dashboard/sign-up#invite=…; shown this once.")


class InviteList(BaseModel):
    data: list[InviteOut]
