"""What an address carries, and to whom."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SLOT = re.compile(r"\{\{?[^{}]*\}\}?|\[[A-Z_ ]{3,}\]|<[A-Za-z_ ]{3,}>|\$[A-Z_]{3,}|%[A-Z_]{3,}%")
_ORDINARY_VALUE = 12
_LONG_SEGMENT = 40
_LONG_LABEL = 24


class Hosts:
    """Hosts that answers may point to: exact names, or `*.example.com` for all names below one."""

    def __init__(self, allowed: Iterable[str]) -> None:
        names = [name.lower().rstrip(".") for name in allowed]
        self._exact = frozenset(name for name in names if not name.startswith("*."))
        self._below = tuple(name[1:] for name in names if name.startswith("*."))

    def __contains__(self, host: object) -> bool:
        return isinstance(host, str) and (host in self._exact or host.endswith(self._below))


def host_of(url: str) -> str:
    """The host as a browser would read it: backslashes as slashes, user and port left out, lower case."""
    rest = _SCHEME.sub("", url.replace("\\", "/"), count=1).lstrip("/")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    name = authority if authority.endswith("]") else authority.partition(":")[0]
    return unquote(name).lower().rstrip(".")


def carried(url: str) -> int:
    """A measure of the data in an address: characters beyond what ordinary addresses hold.

    Counts query and fragment values longer than a word or number, path segments and host labels
    that are too long to be names, and slots left to be filled in (`{data}`).
    """
    path, _, tail = url.partition("?")
    values = [part.partition("=")[2] or part for part in re.split(r"[&;#]", tail)] if tail else []
    path, _, fragment = path.partition("#")
    segments = path.replace("\\", "/").split("/")[3:]
    amount = sum(len(value) for value in (*values, fragment) if len(value) > _ORDINARY_VALUE)
    amount += sum(len(part) for part in segments if len(part) > _LONG_SEGMENT)
    amount += sum(len(label) for label in host_of(url).split(".") if len(label) > _LONG_LABEL)
    return amount + 100 * bool(_SLOT.search(url))


def has_query(url: str) -> bool:
    """Whether anything at all is handed over."""
    return "?" in url and not url.endswith("?")
