from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.startup import CannotStart
from llm_gateway.stores.spool import Spool

PAYLOADS = [b'{"id": "one"}', b"x" * 1000, b"{}"]


def reopened(path: Path) -> list[bytes]:
    spool = Spool(path)
    found = list(spool)
    spool.close()
    return found


def test_frames_come_back_in_order(tmp_path: Path) -> None:
    """What was appended is read in order, also by the next process."""
    spool = Spool(tmp_path / "spool" / "records.spool")
    spool.append(PAYLOADS[:2])
    spool.append(PAYLOADS[2:])
    assert list(spool) == PAYLOADS
    spool.close()

    assert reopened(tmp_path / "spool" / "records.spool") == PAYLOADS
    assert (tmp_path / "spool" / "records.spool").stat().st_mode & 0o777 == 0o600


def test_a_torn_end_is_cut(tmp_path: Path) -> None:
    """Cut anywhere, the file gives exactly the frames that are whole, and takes new ones after them."""
    path = tmp_path / "records.spool"
    spool = Spool(path)
    spool.append(PAYLOADS)
    spool.close()
    whole = path.read_bytes()
    ends = [8 + len(PAYLOADS[0]), 16 + len(PAYLOADS[0]) + len(PAYLOADS[1]), len(whole)]

    for length in range(0, len(whole), 61):
        path.write_bytes(whole[:length])
        spool = Spool(path)
        spool.append([b"after"])
        spool.close()
        assert reopened(path) == [*PAYLOADS[: sum(end <= length for end in ends)], b"after"]


def test_a_flipped_bit_ends_the_reading(tmp_path: Path) -> None:
    """Wherever one bit is wrong, no changed payload is ever given out."""
    path = tmp_path / "records.spool"
    spool = Spool(path)
    spool.append(PAYLOADS)
    spool.close()
    whole = path.read_bytes()

    for at in range(0, len(whole), 67):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        found = reopened(path)
        assert found == PAYLOADS[: len(found)]
        assert len(found) < len(PAYLOADS)


@given(st.binary(max_size=60))
def test_junk_is_no_frame(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    """A file of arbitrary bytes is read without error."""
    path = tmp_path_factory.mktemp("spool") / "records.spool"
    path.write_bytes(junk)

    for payload in reopened(path):
        assert payload in junk


def test_a_full_spool_takes_nothing(tmp_path: Path) -> None:
    """Past the limit a batch is refused whole, and what was there stays."""
    spool = Spool(tmp_path / "records.spool", limit=100)
    spool.append([b"small"])

    with pytest.raises(Unavailable, match="full"):
        spool.append([b"tiny", b"x" * 200])
    assert list(spool) == [b"small"]
    spool.close()


def test_clearing_empties_the_file(tmp_path: Path) -> None:
    """After its frames were kept elsewhere the spool is empty and usable."""
    spool = Spool(tmp_path / "records.spool")
    spool.append(PAYLOADS)
    spool.clear()
    assert spool.empty
    spool.append([b"new"])
    assert list(spool) == [b"new"]
    spool.close()


def test_two_gateways_do_not_share_it(tmp_path: Path) -> None:
    """A second opening is refused with the reason, until the first is closed."""
    spool = Spool(tmp_path / "records.spool")
    with pytest.raises(CannotStart, match="another gateway"):
        Spool(tmp_path / "records.spool")
    spool.close()

    assert reopened(tmp_path / "records.spool") == []


def test_links_are_refused(tmp_path: Path) -> None:
    """A link could lead the records anywhere."""
    (tmp_path / "records.spool").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CannotStart):
        Spool(tmp_path / "records.spool")
