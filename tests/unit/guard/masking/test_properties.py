"""What must hold for any text, any spans and any cut of the stream."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.masking import Masker, MaskSpan, Restorer, StreamRestorer
from llm_gateway.guard.masking.masker import escaped

SECRET = b"k" * 32
CATEGORIES = ("credit_card", "email", "person", "ip_address")
# Texts from the characters that placeholders and their disguises are made of, and from all others.
TEXTS = st.one_of(
    st.text('[]\\_ CARDcardEMAIL09*`\n"', max_size=60),
    st.text(st.characters(exclude_categories=()), max_size=60),
)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> list[MaskSpan]:
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends, st.sampled_from(CATEGORIES)), max_size=5))
    return [MaskSpan(min(one, two), max(one, two), category) for one, two, category in pairs]


@st.composite
def masked_texts(draw: st.DrawFn) -> tuple[str, str, Masker, list[MaskSpan]]:
    text = draw(TEXTS)
    spans = draw(spans_of(text))
    masker = Masker(SECRET, [text])
    return text, masker.mask(text, spans), masker, spans


def chunks(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


CUTS = st.lists(st.integers(0, 400), max_size=12)


@given(masked_texts())
def test_whole_texts_come_back(case: tuple[str, str, Masker, list[MaskSpan]]) -> None:
    """Masking and restoring is the identity."""
    text, masked, masker, _ = case

    assert text == Restorer(masker.mapping).restore(masked)


@given(masked_texts(), CUTS)
def test_streams_come_back(case: tuple[str, str, Masker, list[MaskSpan]], cuts: list[int]) -> None:
    """However the stream is cut, its pieces together are the original."""
    text, masked, masker, _ = case
    restorer = StreamRestorer(masker.mapping)
    out = "".join(restorer.feed(chunk) for chunk in chunks(masked, cuts)) + restorer.flush()

    assert text == out


@given(masked_texts())
def test_single_characters_come_back(case: tuple[str, str, Masker, list[MaskSpan]]) -> None:
    """Also one character at a time."""
    text, masked, masker, _ = case
    restorer = StreamRestorer(masker.mapping)

    assert text == "".join(map(restorer.feed, masked)) + restorer.flush()


@given(masked_texts())
def test_what_lies_outside_is_unchanged(case: tuple[str, str, Masker, list[MaskSpan]]) -> None:
    """The masked text is the original with exactly the spans exchanged, and no value is left in them."""
    text, _, masker, spans = case
    edits = masker.edits(text, spans)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}

    assert touched == {at for span in spans for at in range(span.start, span.end)}
    assert all(one.end <= two.start for one, two in pairwise(edits))


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str, Masker]:
    """An answer of a model that copied placeholders its own way, and what the client must read."""
    values = draw(st.lists(st.text("ab1 @.", min_size=1, max_size=8), min_size=1, max_size=4))
    masker = Masker(SECRET)
    answer, wanted = "", ""
    for value in values:
        name = masker.mask(value, [MaskSpan(0, len(value), draw(st.sampled_from(CATEGORIES)))])
        way = draw(st.sampled_from(_WAYS))
        frame = draw(
            st.sampled_from([("", ""), ("**", "**"), ("`", "`"), ('"', '"'), ("(see ", ") "), ("\n", ".")])
        )
        answer += frame[0] + way(name) + frame[1] + " "
        wanted += frame[0] + value + frame[1] + " "
    return answer, wanted, masker


_WAYS = (
    str,
    str.lower,
    str.title,
    lambda name: name.replace("_", "\\_"),
    lambda name: name.replace("_", "\\_").replace("[", "\\[").replace("]", "\\]"),
    lambda name: name.strip("[]"),
    lambda name: name.strip("[]").lower(),
)


@given(disguised(), CUTS)
def test_no_placeholder_reaches_the_client(case: tuple[str, str, Masker], cuts: list[int]) -> None:
    """Other case, escapes and lost brackets are all understood, in whole texts and in streams."""
    answer, wanted, masker = case
    restorer = StreamRestorer(masker.mapping)

    assert wanted == Restorer(masker.mapping).restore(answer)
    assert wanted == "".join(map(restorer.feed, chunks(answer, cuts))) + restorer.flush()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), CUTS)
def test_tool_arguments_stay_json(value: str, cuts: list[int]) -> None:
    """Inside JSON a value comes back with the escapes its string demands."""
    masker = Masker(SECRET)
    name = masker.mask(value, [MaskSpan(0, len(value), "person")])
    restorer = StreamRestorer(masker.mapping, json_depth=1)
    out = "".join(map(restorer.feed, chunks(f'{{"to": "{name}"}}', cuts))) + restorer.flush()

    assert f'{{"to": "{escaped(value, 1)}"}}' == out


@given(masked_texts(), st.binary(min_size=16, max_size=16))
def test_another_key_reads_nothing(case: tuple[str, str, Masker, list[MaskSpan]], other: bytes) -> None:
    """What one key masked is not restored with the map of another, though it masked the same values."""
    text, masked, _, spans = case
    stranger = Masker(other, [text])
    stranger.mask(text, spans)

    assert masked == Restorer(stranger.mapping).restore(masked)
