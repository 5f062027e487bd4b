"""Cookies, and where requests come from."""

import pytest

from llm_gateway.domain.errors import BadRequest, NotPermitted
from llm_gateway.domain.secret import Secret
from llm_gateway.web.auth.browser import Browser

TOKEN = Secret("t" * 43)


def headers(**given: str) -> list[tuple[bytes, bytes]]:
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]


PUBLIC = headers(host="llm.example.com", origin="https://llm.example.com")
LOCAL = headers(host="localhost:8000", origin="http://localhost:8000")


def test_the_cookie_is_bound_to_the_host() -> None:
    """Over https the cookie is Secure, HttpOnly, SameSite and of no other host or path."""
    cookie = Browser().cookie(PUBLIC, TOKEN, 60.0)

    assert cookie == (
        f"__Host-lgw_session={TOKEN.reveal()}; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax"
    )


def test_on_the_machine_itself_it_is_plain() -> None:
    """Where some browsers keep no Secure cookie, there is one without, under another name."""
    cookie = Browser().cookie(LOCAL, TOKEN, 60.0)

    assert cookie == f"lgw_session={TOKEN.reveal()}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    ("origin", "given"),
    [
        ("https://llm.example.com", headers(host="127.0.0.1:8000")),
        ("", headers(host="127.0.0.1:8000", origin="https://llm.example.com")),
        ("", headers(host="127.0.0.1:8000", x_forwarded_proto="https")),
        ("", headers(host="127.0.0.1.example.com")),
        ("", headers(host="localhost.example.com:8000")),
        ("", headers(host="localhost@example.com")),
        ("", headers(host="[")),
        ("", headers()),
        ("", [*headers(host="localhost"), *headers(host="llm.example.com")]),
    ],
)
def test_everything_else_is_secure(origin: str, given: list[tuple[bytes, bytes]]) -> None:
    """A gateway behind a proxy on the same machine is not taken for one without."""
    assert Browser(origin).cookie(given, TOKEN, 60.0).startswith("__Host-")


def test_plain_cookies_do_not_count_elsewhere() -> None:
    """A neighbouring site that plants a plain cookie signs nobody in."""
    planted = [*PUBLIC, *headers(cookie=f"lgw_session={TOKEN.reveal()}")]

    assert Browser().session_token(planted) is None
    assert Browser().session_token([*LOCAL, *headers(cookie=f"lgw_session={TOKEN.reveal()}")]) == TOKEN


@pytest.mark.parametrize(
    "cookie",
    ["", "a=b", "__Host-lgw_session=", "__Host-lgw_session=a; __Host-lgw_session=b", "x__Host-lgw_session=a"],
)
def test_no_or_several_cookies_are_none(cookie: str) -> None:
    """What is not one plain token is nobody's."""
    assert Browser().session_token([*PUBLIC, *headers(cookie=cookie)]) is None


def test_the_token_is_read_among_others() -> None:
    """Other cookies, and several headers, do not matter."""
    given = [*headers(cookie="a=b"), *headers(cookie=f"c=d; __Host-lgw_session={TOKEN.reveal()}; e=f")]

    assert Browser().session_token(given) == TOKEN


@pytest.mark.parametrize(
    "given",
    [
        headers(host="llm.example.com"),
        headers(host="llm.example.com", origin="https://evil.example"),
        headers(host="llm.example.com", origin="null"),
        headers(host="llm.example.com", origin="https://llm.example.com.evil.example"),
        headers(host="llm.example.com", origin="https://llm.example.com:444"),
        headers(host="llm.example.com", origin="https://llm.example.com", sec_fetch_site="same-site"),
        headers(host="llm.example.com", origin="https://llm.example.com", sec_fetch_site="cross-site"),
        headers(host="llm.example.com", sec_fetch_site="none"),
        [*PUBLIC, *headers(origin="https://evil.example")],
        headers(origin="https://"),
    ],
)
def test_other_sites_change_nothing(given: list[tuple[bytes, bytes]]) -> None:
    """A changing request that does not come from our own pages is refused."""
    with pytest.raises(NotPermitted) as refused:
        Browser().check_origin("POST", given)

    assert refused.value.code == "cross_site_request"


@pytest.mark.parametrize(
    ("origin", "given"),
    [
        ("", PUBLIC),
        ("", headers(host="LLM.example.com", origin="https://llm.example.com")),
        ("", headers(host="localhost:8000", origin="http://localhost:8000")),
        ("", headers(host="127.0.0.1:8000", origin="https://llm.example.com", sec_fetch_site="same-origin")),
        ("https://llm.example.com", headers(host="10.0.0.1:8000", origin="https://llm.example.com")),
    ],
)
def test_our_own_pages_may(origin: str, given: list[tuple[bytes, bytes]]) -> None:
    """Also behind a proxy that rewrites Host, when the browser vouches or the origin is configured."""
    Browser(origin).check_origin("POST", given)


def test_looking_is_free() -> None:
    """GET changes nothing and may be linked to from anywhere."""
    Browser().check_origin("GET", headers(sec_fetch_site="cross-site"))


def test_a_script_without_cookie_needs_no_origin() -> None:
    """Before there is a session, only what says that it comes from elsewhere is refused."""
    browser = Browser()
    browser.check_origin("POST", headers(host="llm.example.com"), required=False)
    with pytest.raises(NotPermitted):
        browser.check_origin("POST", headers(sec_fetch_site="cross-site"), required=False)


def test_no_session_over_plain_http() -> None:
    """Instead of a session that the browser drops, there is an error that says why."""
    with pytest.raises(BadRequest, match="https"):
        Browser().check_connection(headers(host="10.0.0.1:8000", origin="http://10.0.0.1:8000"))
    Browser().check_connection(LOCAL)
    Browser().check_connection(PUBLIC)
