"""Secrets: formats of known services, structures, and random values under telling names."""

from collections.abc import Iterable

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.findings import over_views
from llm_gateway.guard.detectors.rules import Rule, RuleBook, literal, whole
from llm_gateway.guard.detectors.secrets import assigned, structures
from llm_gateway.guard.detectors.secrets.encoded import encoded_in
from llm_gateway.guard.detectors.secrets.formats import FORMATS
from llm_gateway.guard.detectors.secrets.formats.format import Format
from llm_gateway.guard.detectors.secrets.plausible import marked, token_like
from llm_gateway.guard.detectors.secrets.shape import expression
from llm_gateway.guard.spans import strongest

_CREDENTIAL = Words("key, token, secret, api, auth, pass, bearer, credential, pat, sid", before=48, after=0)


def _rule(form: Format) -> Rule:
    reason = f"the form of a {form.service} credential"
    if form.words is not None:
        return Rule(
            category=form.category,
            pattern=expression(form.shape),
            check=whole(token_like),
            score=0,
            near=0.9,
            context=form.words,
            also=_CREDENTIAL,
            reason=f"{reason}, near its name",
        )
    return Rule(
        category=form.category,
        pattern=expression(form.shape),
        check=whole(token_like if form.weak else marked),
        score=0.9,
        near=0.99,
        proof=form.proof,
        gate=(form.gate[1:] if form.gate.startswith("~") else literal(form.gate),),
        reason=reason,
    )


RULES = (*(_rule(form) for form in FORMATS), *structures.RULES, *assigned.RULES)
CATEGORIES = frozenset(rule.category for rule in RULES)


class SecretsDetector:
    """Finds credentials. Built once, shared by all threads."""

    name = "secrets"
    version = "2"

    def __init__(self) -> None:
        self._book = RuleBook(RULES)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Findings that do not overlap: where two rules claim a piece, the surer one has it."""
        found = over_views(self.name, self._book, reading)
        inside = [
            Finding(self.name, hit.rule.category, hit.score, run.start, run.end, hit.rule.reason, "base64")
            for run in encoded_in(reading.text)
            for hit in self._book.find(run.text)
        ]
        return strongest([*found, *inside]) if inside else found
