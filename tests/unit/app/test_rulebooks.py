"""Which rules hold for whom, and what happens when a policy cannot be used."""

from typing import Any

import pytest

from llm_gateway.app.detectors import CATEGORIES, MEDIA, all_detectors
from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.policies import EVERYWHERE, LivePolicies, LivePolicy, Named, PolicyVersion
from llm_gateway.policy import NO_POLICY, PolicyError, parse_policy
from llm_gateway.ports.directory import Snapshot
from tests.support.values import a_key

DEFAULT = parse_policy("name: default\nrules: [{id: d, when: {detector: pii}, then: block}]")
KEY = a_key()


def version(
    name: str, rules: str = "[{id: r, when: {keywords: x}, then: block}]", number: int = 1
) -> PolicyVersion:
    return PolicyVersion("default", name, number, f"v{number}", f"name: {name}\nrules: {rules}", "maria", 0.0)


def snapshot(attached: dict[str, Named] | None = None, **live: LivePolicy) -> Snapshot:
    policies = {("default", name): policy for name, policy in live.items()}
    return Snapshot(policies=LivePolicies(policies, attached or {}))


@pytest.fixture(scope="module")
def detectors() -> Any:
    return Rulebooks(DEFAULT)._detectors


@pytest.fixture
def books(detectors: Any) -> Rulebooks:
    return Rulebooks(DEFAULT, detectors)


def test_the_nearest_policy_holds(books: Rulebooks) -> None:
    """A key's own, else its project's, else that for all, else the installation's."""
    live = {name: LivePolicy(version(name)) for name in ("own", "team", "all")}

    assert books.of(KEY).policy is DEFAULT
    books.follow(snapshot({EVERYWHERE: ("default", "all")}, **live))
    assert books.of(KEY).policy.name == "all"
    books.follow(snapshot({EVERYWHERE: ("default", "all"), "default": ("default", "team")}, **live))
    assert books.of(KEY).policy.name == "team"
    assert books.of(a_key(policy="own")).policy.name == "own"
    assert books.of(None).policy is DEFAULT


def test_a_key_whose_policy_is_not_there_is_refused(books: Rulebooks) -> None:
    """An unknown policy is never the same as none."""
    with pytest.raises(Unavailable, match="'unknown' of this gateway key is not active"):
        books.of(a_key(policy="unknown"))

    assert books.of(a_key(policy="default")).policy is DEFAULT


def test_a_broken_policy_leaves_the_last_good_one_in_place(books: Rulebooks) -> None:
    """Others go on; what was never good refuses the keys that are led to it, and says why."""
    key = a_key(policy="own")
    broken = LivePolicy(version("own", "[{id: r, when: {detector: toxicity}, then: block}]", 2))
    books.follow(snapshot(own=LivePolicy(version("own")), other=LivePolicy(version("other"))))
    good = books.of(key)
    books.follow(snapshot(own=broken, other=LivePolicy(version("other")), new=broken))

    assert books.of(key) is good
    assert books.of(a_key(policy="other")).policy.name == "other"
    assert "toxicity" not in str(good.policy)
    assert set(books.errors) == {("default", "own"), ("default", "new")}
    with pytest.raises(Unavailable):
        books.of(a_key(policy="new"))


def test_unchanged_policies_are_not_built_again(books: Rulebooks) -> None:
    """Each version is compiled once, however often something else changes."""
    live = LivePolicy(version("own"))
    books.follow(snapshot(own=live))
    first = books.of(a_key(policy="own"))
    books.follow(snapshot(own=live, other=LivePolicy(version("other"))))

    assert books.of(a_key(policy="own")) is first


def test_a_watched_version_changes_nothing_but_the_record(books: Rulebooks) -> None:
    """It runs beside the active version, or beside the installation's policy when there is none."""
    books.follow(
        snapshot(
            own=LivePolicy(version("own"), version("own", number=2)), new=LivePolicy(None, version("new"))
        )
    )
    both, beside = books.of(a_key(policy="own")).policy, books.of(a_key(policy="new")).policy

    assert [rule.enforced for rule in both.rules] == [True, False]
    assert len({rule.id for rule in both.rules}) == 2
    assert both.rules[1].categories == {both.rules[1].id}
    assert beside.by_id["d"].enforced
    assert [rule.enforced for rule in beside.rules] == [True, False]


def test_inspection_that_is_off_stays_off(detectors: Any) -> None:
    """No stored policy turns on what was turned off for a measurement."""
    books = Rulebooks(NO_POLICY, {}, fixed=True)
    books.follow(snapshot({EVERYWHERE: ("default", "all")}, all=LivePolicy(version("all"))))

    assert books.of(KEY).policy is NO_POLICY


def test_what_this_build_lacks_is_refused(books: Rulebooks) -> None:
    """Detectors, categories and keywords that could never be found are mistakes of the document."""
    for when in ("detector: toxicity", "detector: pii, category: credit_cart"):
        with pytest.raises(PolicyError, match="line 2"):
            books.read(f"name: p\nrules: [{{id: r, when: {{{when}}}, then: block}}]")
    with pytest.raises(PolicyError, match="a keyword needs a letter"):
        books.make(parse_policy("name: p\nrules: [{id: r, when: {keywords: '&'}, then: block}]"))


def test_a_thousand_rules_add_little(books: Rulebooks) -> None:
    """Rules are found by detector and category, never one after the other."""
    from time import perf_counter

    from llm_gateway.domain.scan import ScanSurface
    from llm_gateway.domain.text import Direction
    from llm_gateway.pipeline.scan import segment_of
    from llm_gateway.policy import decide

    kinds = [
        "keywords: [alpha{n}, beta{n}]",
        "pattern: 'gamma{n}-[0-9]+'",
        "detector: pii, category: iban, model: m{n}",
    ]
    rules = [f"- {{id: r{n}, when: {{{kinds[n % 3].format(n=n)}}}, then: flag}}" for n in range(1_000)]
    book = books.make(parse_policy("name: p\nrules:\n" + "\n".join(rules)))
    plain = books.make(
        parse_policy("name: p\nrules: [{id: r, when: {detector: pii, category: iban}, then: flag}]")
    )
    segment = segment_of(
        "Please pay alpha9 from DE89 3704 0044 0532 0130 00, gamma1-77. " * 4, ScanSurface.USER
    )

    def median(rulebook: Any) -> float:
        times = []
        for _ in range(30):
            start = perf_counter()
            found = rulebook.inspectors[Direction.REQUEST].inspect(segment)
            decide(rulebook.policy, Direction.REQUEST, [(segment, found)])
            times.append(perf_counter() - start)
        return sorted(times)[len(times) // 2]

    assert (median(book) - median(plain)) * 1000 < 2.0


def test_every_detector_says_its_categories() -> None:
    """Otherwise a policy could not be checked against it."""
    assert {*all_detectors(), MEDIA} <= set(CATEGORIES)
