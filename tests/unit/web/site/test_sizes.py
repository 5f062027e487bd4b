"""How much a first visit loads, measured on the built files."""

import re
from pathlib import Path

from llm_gateway.web.site.site import STATIC

DASHBOARD, SITE = STATIC / "dashboard", STATIC / "site"
DASHBOARD_LIMIT, SITE_LIMIT = 200_000, 5_000


def compressed(path: Path) -> int:
    """What is sent to a browser that takes gzip, the larger of the two codings."""
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.is_file() else path).stat().st_size


def needed(script: str) -> set[str]:
    """A script and all that it imports before it runs."""
    found, open_ = set[str](), {script}
    while open_:
        name = open_.pop()
        found.add(name)
        text = (DASHBOARD / "assets" / name).read_text()
        open_ |= set(re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', text)) - found
    return found


def test_dashboard_scripts() -> None:
    """Whichever page comes first, what it loads stays within the limit."""
    entry = re.findall(r'src="\./assets/([\w.-]+\.js)"', (DASHBOARD / "index.html").read_text())[0]
    pages = set(re.findall(r'import\(`?"?\./([\w.-]+\.js)', (DASHBOARD / "assets" / entry).read_text()))
    loads = {page: needed(entry) | needed(page) for page in pages}

    assert len(pages) >= 9
    for scripts in loads.values():
        assert sum(compressed(DASHBOARD / "assets" / name) for name in scripts) <= DASHBOARD_LIMIT


def test_site_scripts() -> None:
    """A public page loads theme.js and nothing else."""
    pages = list(SITE.rglob("*.html"))

    assert pages
    for page in pages:
        assert set(re.findall(r'<script src="([^"]+)"', page.read_text())) == {"./theme.js"}
        assert "style=" not in page.read_text()
    assert compressed(SITE / "theme.js") <= SITE_LIMIT
