"""Overlapping findings."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.spans import Cover, covers, strongest


def _finding(start: int, end: int, score: float = 0.5, category: str = "x") -> Finding:
    return Finding("d", category, score, start, end, "")


FINDINGS = st.lists(
    st.builds(
        lambda start, size, score, category: _finding(start, start + size, score, category),
        st.integers(0, 40),
        st.integers(0, 12),
        st.sampled_from([0.3, 0.5, 0.9]),
        st.sampled_from("abc"),
    ),
    max_size=20,
)


def test_the_surer_finding_has_the_piece() -> None:
    """Confidence decides first, length second."""
    sure, long = _finding(2, 4, 0.9), _finding(0, 10, 0.5)

    assert [sure] == strongest([long, sure])
    assert [long] == strongest([_finding(2, 4), long])


def test_a_cover_takes_the_name_of_the_strongest() -> None:
    """Overlapping findings are replaced as one piece."""
    assert [Cover(0, 10, "card")] == covers([_finding(0, 6, 0.5, "phone"), _finding(4, 10, 0.9, "card")])


def test_neighbours_stay_apart() -> None:
    """Findings that touch without overlapping are two values."""
    assert [Cover(0, 2, "x"), Cover(2, 4, "x")] == covers([_finding(2, 4), _finding(0, 2)])


@given(FINDINGS)
def test_the_strongest_never_overlap(findings: list[Finding]) -> None:
    """What stays is in order, apart, and part of what was given."""
    kept = strongest(findings)

    assert all(one.end <= two.start for one, two in pairwise(kept))
    assert all(finding in findings for finding in kept)


@given(FINDINGS)
def test_nothing_is_dropped_without_a_stronger_reason(findings: list[Finding]) -> None:
    """A finding that is left out overlaps one at least as sure that stays."""
    kept = strongest(findings)

    for finding in findings:
        if finding.end > finding.start and finding not in kept:
            assert any(
                other.start < finding.end and finding.start < other.end and other.score >= finding.score
                for other in kept
            )


@given(FINDINGS)
def test_covers_hold_exactly_the_characters_found(findings: list[Finding]) -> None:
    """No character of a finding is left out, none is added, and no two pieces overlap."""
    pieces = covers(findings)
    covered = [at for piece in pieces for at in range(piece.start, piece.end)]

    assert len(covered) == len(set(covered))
    assert set(covered) == {at for finding in findings for at in range(finding.start, finding.end)}
