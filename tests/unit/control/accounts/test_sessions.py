"""Sessions from sign-in to their end, and who signs in."""

import pytest

from llm_gateway.control.accounts import SignIn, Throttle, Visitor
from llm_gateway.control.accounts.signin import network_of
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.errors import Conflict, NotAuthenticated, NotFound, NotPermitted, RateLimited
from llm_gateway.domain.secret import Secret
from llm_gateway.limits.attempts import Attempts
from tests.support.accounts import PASSWORD, VISITOR, Town, acting


def throttled(place: Town, accounts: int, sources: int) -> SignIn:
    limits = Throttle(Attempts(accounts, 30.0), Attempts(sources, 10.0))
    return SignIn(place.deps, place.accounts.sessions, limits)


async def test_a_session_leads_to_its_member(place: Town) -> None:
    """The token of a session finds who opened it; anything else finds nobody."""
    owner = await place.owner()
    found = await place.accounts.sessions.find(owner.token)

    assert found.user == owner.user
    for other in ("", "x" * 43, owner.token.reveal()[:-1] + "!", owner.session.verifier.hex(), "é" * 43):
        with pytest.raises(NotAuthenticated):
            await place.accounts.sessions.find(Secret(other))


async def test_a_prefix_of_a_token_is_no_key_to_it(place: Town) -> None:
    """Two tokens with the same beginning never share an identity."""
    owner = await place.owner()
    twin = owner.token.reveal()[:30] + "A" * 13
    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(Secret(twin))


async def test_silence_ends_a_session(place: Town) -> None:
    """Half an hour without a request ends it; requests keep it alive."""
    owner = await place.owner()
    for _ in range(3):
        place.clock.move(1700.0)
        await place.accounts.sessions.find(owner.token)
    place.clock.move(1800.0)

    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(owner.token)


async def test_no_session_lasts_for_ever(place: Town) -> None:
    """However busy, it ends after its lifetime, and the next sign-in sweeps it away."""
    owner = await place.owner()
    for _ in range(int(place.deps.absolute / 1500.0)):
        place.clock.move(1500.0)
        if place.clock.now() < owner.session.created_at + place.deps.absolute:
            await place.accounts.sessions.find(owner.token)
    place.clock.move(1500.0)

    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(owner.token)
    again = await place.accounts.sign_in("owner@example.com", Secret(PASSWORD), VISITOR)
    assert [one.id for one in place.deps.credentials.sessions(owner.user.id)] == [again.session.id]


async def test_own_sessions_are_listed_and_ended(place: Town) -> None:
    """Members see where they are signed in and end it there."""
    here = await place.owner()
    place.clock.move(1.0)
    there = await place.accounts.sign_in("owner@example.com", Secret(PASSWORD), Visitor("192.0.2.9", "\x1bX"))
    listed = await place.accounts.sessions.list(acting(here))
    assert [(one.source, one.agent) for one in listed] == [("192.0.2.9", "X"), ("192.0.2.7", "Firefox")]

    await place.accounts.sessions.end(acting(here), there.session.id)
    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(there.token)
    await place.accounts.sessions.find(here.token)


async def test_end_others_keeps_this_one(place: Town) -> None:
    """Signing out everywhere else leaves the session that asks, and those of others."""
    here, other = await place.owner(), await place.member(Role.ADMIN)
    there = await place.accounts.sign_in("owner@example.com", Secret(PASSWORD), VISITOR)
    await place.accounts.sessions.end_others(acting(here))

    await place.accounts.sessions.find(here.token)
    await place.accounts.sessions.find(other.token)
    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(there.token)


async def test_nobody_ends_anothers_session(place: Town) -> None:
    """The id of another member's session leads nowhere."""
    owner, other = await place.owner(), await place.member(Role.ADMIN)
    with pytest.raises(NotFound):
        await place.accounts.sessions.end(acting(other), owner.session.id)

    await place.accounts.sessions.find(owner.token)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("owner@example.com", "wrong horse battery"),
        ("owner@example.com", ""),
        ("owner@example.com", "x" * 1000),
        ("nobody@example.com", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("", ""),
    ],
)
async def test_all_refusals_are_alike(place: Town, email: str, password: str) -> None:
    """Whether an account exists does not show."""
    await place.owner()
    with pytest.raises(NotAuthenticated) as refused:
        await place.accounts.sign_in(email, Secret(password), VISITOR)

    assert refused.value.message == "The e-mail address or the password is wrong."


async def test_the_stored_hash_is_no_password(place: Town) -> None:
    """Who reads the database cannot sign in with what stands there."""
    owner = await place.owner()
    assert owner.user.password_hash
    with pytest.raises(NotAuthenticated):
        await place.accounts.sign_in("owner@example.com", owner.user.password_hash, VISITOR)


async def test_guesses_at_one_account_are_throttled(place: Town) -> None:
    """From wherever they come; the right password helps no more until the wait is over."""
    await place.owner()
    sign_in = throttled(place, accounts=3, sources=100)
    for n in range(3):
        with pytest.raises(NotAuthenticated):
            await sign_in("OWNER@example.com ", Secret("wrong"), Visitor(f"192.0.2.{n}"))
    with pytest.raises(RateLimited) as refused:
        await sign_in("owner@example.com", Secret(PASSWORD), Visitor("192.0.2.99"))

    place.clock.move(refused.value.retry_after)
    await sign_in("owner@example.com", Secret(PASSWORD), Visitor("192.0.2.99"))


async def test_guesses_from_one_network_are_throttled(place: Town) -> None:
    """Over however many accounts, and however many addresses of one version 6 network."""
    sign_in = throttled(place, accounts=100, sources=3)
    for n in range(3):
        with pytest.raises(NotAuthenticated):
            await sign_in(f"{n}@example.com", Secret("wrong"), Visitor(f"2001:db8::{n}"))
    with pytest.raises(RateLimited):
        await sign_in("x@example.com", Secret("wrong"), Visitor("2001:db8::ffff"))
    with pytest.raises(NotAuthenticated):
        await sign_in("x@example.com", Secret("wrong"), Visitor("2001:db8:0:1::1"))


def test_networks() -> None:
    """Version 4 addresses stand for themselves, also inside version 6."""
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("::ffff:192.0.2.1") == "::ffff:192.0.2.1"
    assert network_of("") == ""


async def test_a_new_password_ends_all_other_sessions(place: Town) -> None:
    """Only the browser that changed it stays, with a new token; the old password is worth nothing."""
    here = await place.owner()
    there = await place.accounts.sign_in("owner@example.com", Secret(PASSWORD), VISITOR)
    new = Secret("another horse battery")
    with pytest.raises(NotPermitted):
        await place.accounts.own.change_password(acting(here), Secret("wrong"), new, VISITOR)
    opened = await place.accounts.own.change_password(acting(here), Secret(PASSWORD), new, VISITOR)

    await place.accounts.sessions.find(opened.token)
    for old in (here, there):
        with pytest.raises(NotAuthenticated):
            await place.accounts.sessions.find(old.token)
    with pytest.raises(NotAuthenticated):
        await place.accounts.sign_in("owner@example.com", Secret(PASSWORD), VISITOR)
    await place.accounts.sign_in("owner@example.com", new, VISITOR)


async def test_a_sign_in_that_a_change_overtook_opens_nothing(place: Town) -> None:
    """The password was right when it was checked, and is not any more."""
    owner = await place.owner()
    new = Secret("another horse battery")
    await place.accounts.own.change_password(acting(owner), Secret(PASSWORD), new, VISITOR)

    with pytest.raises(Conflict):
        await place.accounts.sessions.open(owner.user, VISITOR, "password")
