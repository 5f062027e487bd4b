"""The built files, read once."""

import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from llm_gateway.web.site.headers import IMMUTABLE, REVALIDATE

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent. `encoded` are smaller forms by content coding."""

    content: bytes
    media_type: str
    cache: bytes
    encoded: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def etag(self) -> bytes:
        return b'"' + hashlib.sha256(self.content).hexdigest()[:32].encode() + b'"'


def read_files(directory: Path, prefix: str) -> dict[str, File]:
    """All files by their path below `directory`, such as `dashboard/index.html`.

    Pages name the address they are mounted under in `<base href="/…">`; `prefix` is put before it.
    Empty when the directory is not there: then nothing has been built.
    """
    return dict(_each(directory, prefix)) if directory.is_dir() else {}


def _each(directory: Path, prefix: str) -> Iterator[tuple[str, File]]:
    packed = {suffix for _, suffix in ENCODINGS}
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.suffix not in packed and not path.name.startswith("."):
            yield path.relative_to(directory).as_posix(), _read(path, prefix)


def _read(path: Path, prefix: str) -> File:
    content = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".html":
        based = content.replace(b'<base href="/', b'<base href="' + prefix.encode() + b"/", 1)
        return File(based, kind, REVALIDATE)
    cache = IMMUTABLE if path.parent.name == "assets" else REVALIDATE
    return File(content, kind, cache, _encoded(path))


def _encoded(path: Path) -> dict[str, bytes]:
    forms = ((coding, path.with_name(path.name + suffix)) for coding, suffix in ENCODINGS)
    return {coding: form.read_bytes() for coding, form in forms if form.is_file()}
