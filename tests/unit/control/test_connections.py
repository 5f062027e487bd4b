import pytest

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.keys import Connection
from tests.support.control import MARIA, Office, new_key


async def connected(desk: Office, provider: str, key: str | None, base_url: str | None) -> Connection:
    issued = await desk.keys.create(MARIA, new_key(provider, "m", key, base_url=base_url))
    created = desk.store.snapshot()
    route = created.keys[issued.key.kid].route
    assert route is not None
    return created.connections[route.connection_id]


@pytest.mark.parametrize(
    ("provider", "base_url", "expected"),
    [
        ("ollama", None, "http://127.0.0.1:11434/v1"),
        ("openai", "https://eu.api.openai.com/v1/", "https://eu.api.openai.com/v1"),
        ("openai_compatible", "http://10.0.0.5:8000/v1", "http://10.0.0.5:8000/v1"),
        ("openai_compatible", "https://[2001:db8::1]/v1", "https://[2001:db8::1]/v1"),
        ("openai_compatible", " https://host ", "https://host"),
    ],
)
async def test_base_urls(desk: Office, provider: str, base_url: str | None, expected: str) -> None:
    """The provider's usual address holds unless another is given; what is stored was vetted."""
    connection = await connected(desk, provider, "sk-x", base_url)

    assert connection.base_url == expected
    assert desk.vetter.seen == [expected]


async def test_known_addresses_need_no_network(desk: Office) -> None:
    """A provider's own https address is taken without a look-up, so that keys can be made offline."""
    assert (await connected(desk, "openai", "sk-x", None)).base_url == "https://api.openai.com/v1"
    assert desk.vetter.seen == []


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "host/v1",
        "//host/v1",
        "ftp://host/v1",
        "file:///etc/passwd",
        "demo://simulated/v1",
        "javascript:alert(1)",
        "https://user:pass@host/v1",
        "https://host/v1?x=1",
        "https://host/v1#x",
        "https://host\\@evil.example/v1",
        "https://host%2eevil.example/v1",
        "https://host /v1",
        "https://ho\tst/v1",
        "https://host/\r\nX: y",
        "https://hоst/v1",
        "https://host:0/v1",
        "https://host:99999/v1",
        "https://[::1",
        "https://" + "a" * 3000,
        "https://host/\x00",
    ],
)
async def test_odd_base_urls_are_refused(desk: Office, base_url: str) -> None:
    """What two readers could read differently is refused before anything is looked up."""
    with pytest.raises(BadRequest) as caught:
        await connected(desk, "openai_compatible", "sk-x", base_url)

    assert caught.value.param == "base_url"
    assert desk.vetter.seen == []
    assert not desk.store.connections()


async def test_the_vetter_decides(desk: Office) -> None:
    """An address that may not be called makes no connection."""
    with pytest.raises(BadRequest, match="private"):
        await connected(desk, "openai_compatible", "sk-x", "https://private.example/v1")

    assert not desk.store.connections()


async def test_a_custom_server_needs_an_address(desk: Office) -> None:
    """Where only the operator knows the address, it must be given."""
    with pytest.raises(BadRequest, match="needs a base_url"):
        await connected(desk, "openai_compatible", "sk-x", None)


async def test_the_demo_needs_nothing(desk: Office) -> None:
    """The simulation has neither key nor address, and no address is vetted for it."""
    connection = await connected(desk, "demo", None, None)

    assert (connection.base_url, connection.sealed_key) == ("demo://simulated/v1", "")
    assert desk.vetter.seen == []


async def test_the_demo_stays_inside(desk: Office) -> None:
    """The simulation cannot be pointed elsewhere."""
    with pytest.raises(BadRequest, match="takes no base_url"):
        await connected(desk, "demo", None, "https://host/v1")


async def test_an_optional_key_is_optional(desk: Office) -> None:
    """A server on the own machine needs no key, and takes one."""
    assert (await connected(desk, "ollama", None, None)).sealed_key == ""
    assert (await connected(desk, "ollama", "sk-x", "http://host/v1")).sealed_key


async def test_a_missing_key_names_where_to_get_one(desk: Office) -> None:
    """The message leads to the provider's page."""
    with pytest.raises(BadRequest, match=r"platform\.openai\.com"):
        await connected(desk, "openai", None, None)


async def test_connections_are_not_shared(desk: Office) -> None:
    """Two keys with the same provider key have connections of their own, sealed differently."""
    await connected(desk, "openai", "sk-x", None)
    await connected(desk, "openai", "sk-x", None)
    one, two = desk.store.connections()

    assert one.id != two.id
    assert one.sealed_key != two.sealed_key
