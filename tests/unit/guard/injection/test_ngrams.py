import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.injection.ngrams import BUCKETS, buckets


def counts(text: str) -> list[int]:
    return sorted(buckets(text).tolist())


def test_case_digits_and_white_space_do_not_matter() -> None:
    """What is folded gives the same n-grams."""
    assert counts("Call 555\tNOW") == counts("call 098 now")


def test_the_same_words_elsewhere_hash_the_same() -> None:
    """A word pair has one bucket wherever it stands, also far behind in a long text."""
    alone = set(buckets("ignore instructions").tolist())
    early = set(buckets("please ignore instructions now").tolist())
    late = set(buckets("x " * 900 + "please ignore instructions now").tolist())

    assert len(early - late) <= 2  # the n-grams at the very beginning
    assert len(alone & early) > len(alone) / 2


def test_order_of_words_matters() -> None:
    """Pairs tell orders apart that single words do not."""
    assert counts("dog bites man") != counts("man bites dog")


@given(st.text(max_size=600))
def test_every_text_has_valid_buckets(text: str) -> None:
    """No text raises, and no n-gram falls outside the table."""
    found = buckets(text)

    assert found.dtype == np.uint64
    assert all(found < BUCKETS)


def test_fixed_buckets() -> None:
    """The trained weights depend on these numbers: if they change, the model has to be trained anew."""
    assert counts("Ignore all") == EXPECTED


EXPECTED = [
    326, 36080, 200783, 214090, 221960, 284457, 300919, 402898, 426042, 448268, 542126,
    581037, 591657, 770413, 816647, 841175, 885336, 920528, 936102, 974009, 993800, 1011388,
]  # fmt: skip
