import pytest

from llm_gateway.control import Access, Right
from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.domain.secret import Secret

TOKEN, INTERNAL = "admin-token-0123456789", "internal-secret-0123456789"
BOTH = Access(admin_token=Secret(TOKEN), internal_secret=Secret(INTERNAL))


def name(access: Access, right: Right, bearer: str | None, internal: str | None) -> str:
    return access.check(right, bearer=bearer, internal=internal, source="127.0.0.1").name


@pytest.mark.parametrize(
    ("bearer", "internal", "actor"),
    [(TOKEN, None, "admin-token"), (None, INTERNAL, "internal-secret"), (TOKEN, INTERNAL, "admin-token")],
)
def test_either_credential_opens_the_administration(
    bearer: str | None, internal: str | None, actor: str
) -> None:
    """The admin token or the internal secret is enough, and the actor says which it was."""
    assert name(BOTH, Right.ADMIN, bearer, internal) == actor


@pytest.mark.parametrize(
    ("bearer", "internal"),
    [
        (None, None),
        ("", None),
        (None, ""),
        (TOKEN[:-1], None),
        (TOKEN + "x", None),
        (INTERNAL, None),
        (None, TOKEN),
        (TOKEN, "wrong"),
        ("wrong", INTERNAL),
        (TOKEN, ""),
        ("\x00", "\ud800"),
        ("x" * 1_000_000, None),
    ],
)
def test_anything_else_does_not(bearer: str | None, internal: str | None) -> None:
    """A missing, wrong, swapped or half-wrong credential is refused without repeating it."""
    with pytest.raises(NotAuthenticated) as caught:
        name(BOTH, Right.ADMIN, bearer, internal)

    assert TOKEN not in caught.value.message
    assert caught.value.code == "invalid_credential"


def test_resolving_needs_the_internal_secret() -> None:
    """The admin token does not give out provider keys."""
    assert name(BOTH, Right.RESOLVE, None, INTERNAL) == "internal-secret"
    with pytest.raises(NotAuthenticated):
        name(BOTH, Right.RESOLVE, TOKEN, None)


@pytest.mark.parametrize("empty", [None, Secret("")])
@pytest.mark.parametrize(("bearer", "internal"), [(None, None), ("", ""), ("x", None), ("\x00" * 32, None)])
def test_without_credentials_it_is_closed(
    empty: Secret | None, bearer: str | None, internal: str | None
) -> None:
    """Nothing configured means nobody gets in, with the setting that changes it."""
    access = Access(admin_token=empty, internal_secret=empty)

    with pytest.raises(NotAuthenticated, match="LLM_GATEWAY_ADMIN_TOKEN"):
        name(access, Right.ADMIN, bearer, internal)
    with pytest.raises(NotAuthenticated, match="INTERNAL_API_SECRET"):
        name(access, Right.RESOLVE, bearer, internal)


def test_one_configured_way_does_not_open_the_other() -> None:
    """With only an admin token, an empty internal secret is still wrong."""
    access = Access(admin_token=Secret(TOKEN), internal_secret=None)

    assert name(access, Right.ADMIN, TOKEN, None) == "admin-token"
    with pytest.raises(NotAuthenticated):
        name(access, Right.ADMIN, None, "")
