"""The detector of credentials."""

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.secrets import SecretsDetector

DETECTOR = SecretsDetector()


def _found(text: str) -> list[tuple[str, str]]:
    reading = Reading(Segment((), text, Provenance.USER))
    return [(finding.category, text[finding.start : finding.end]) for finding in DETECTOR.find(reading)]


def test_a_token_after_an_escaped_line_end() -> None:
    """Inside JSON within JSON the token is found behind the letter of the line end."""
    token = "sk-ant-api03-" + "aB3dE6gH9" * 6

    assert [("anthropic_key", token)] == _found('{"text": "key:\\n' + token + '\\n"}')


def test_a_token_inside_foreign_script() -> None:
    """Letters of other scripts do not hide a token."""
    token = "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8"

    assert [("github_token", token)] == _found(f"密钥{token}です")


def test_hashes_and_ids_are_no_secrets() -> None:
    """Digests, UUIDs, commits and version numbers in ordinary text stay."""
    text = (
        "commit 842f2f3d1c5a4b6e8f7a9b0c1d2e3f4a5b6c7d8e\n"
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n"
        'id 123e4567-e89b-12d3-a456-426614174000, etag W/"5d8c72a5edda8d6a", v1.24.0-rc.1'
    )

    assert _found(text) == []


def test_reasons_hold_no_value() -> None:
    """What is said about a finding never repeats it."""
    reading = Reading(Segment((), "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8", Provenance.USER))

    assert all("ghp_" not in finding.reason for finding in DETECTOR.find(reading))
