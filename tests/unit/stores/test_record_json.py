import orjson
import pytest

from llm_gateway.stores.record_json import record_document, record_from
from tests.support.values import a_record


def test_the_document_is_the_record() -> None:
    """A record survives the way into JSON and back."""
    assert record_from(record_document(a_record())) == a_record()


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b"null", b'{"id": "x"}', b"\xff"])
def test_what_is_no_record(document: bytes) -> None:
    """Anything else raises ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011 - orjson's text or ours
        record_from(document)


def test_half_characters_are_replaced() -> None:
    """Text that UTF-8 cannot hold is kept as far as it can be."""
    document = record_document(a_record(requested_model="gpt\ud800"))

    assert orjson.loads(document)["requested_model"] == "gpt?"
