"""Addresses that a client would fetch or offer to click."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import re2

from llm_gateway.guard.detectors.folding import encodable

_URL = r"(?:[a-zA-Z][a-zA-Z0-9+.-]{0,20}:)?[/\\]{2}[^\s\"'<>)]+"
_INLINE = re2.compile(rf"\]\([\s<]{{0,8}}({_URL})")
_REFERENCE = re2.compile(rf"(?m)^[ \t>]{{0,8}}\[[^\]\n]{{1,100}}\]:[\s<]{{0,8}}({_URL})")
_FETCHED = r"src|srcset|poster|background|data|lowsrc|icon|manifest"
_OFFERED = r"href|action|formaction|ping|cite|xlink:href"
_ATTRIBUTE = re2.compile(rf"(?i)\b({_FETCHED}|{_OFFERED})\s{{0,8}}=[\s\"']{{0,8}}({_URL})")
_STYLE = re2.compile(rf"(?i)(?:url\(|@import)[\s\"']{{0,8}}({_URL})")
_REFRESH = re2.compile(rf"(?i);\s{{0,8}}url\s{{0,4}}=[\s\"']{{0,4}}({_URL})")
_BARE = re2.compile(r"(?i)\bhttps?://[^\s\"'<>)\]`]+")
_FETCHING_TAGS = ("<link", "<base", "<image", "<use", "<script")
_LABEL = 1000


class Kind(StrEnum):
    """IMAGE and RESOURCE are fetched as soon as the answer is shown; LINK waits for a click."""

    IMAGE = "markdown_image"
    RESOURCE = "html_resource"
    LINK = "link"


class Link(NamedTuple):
    """An address in a text: its span, and how it would be used."""

    kind: Kind
    start: int
    end: int


def links_in(text: str) -> Iterator[Link]:
    """All addresses, some perhaps twice under different kinds."""
    if "//" not in text and "\\\\" not in text and "/\\" not in text and "\\/" not in text:
        return
    text = encodable(text)
    yield from _markdown(text)
    if "=" in text and "<" in text:
        yield from _attributes(text)
        yield from (Link(Kind.RESOURCE, *match.span(1)) for match in _REFRESH.finditer(text))
    if "(" in text or "@" in text:
        yield from (Link(Kind.RESOURCE, *match.span(1)) for match in _STYLE.finditer(text))
    yield from (Link(Kind.LINK, *match.span()) for match in _BARE.finditer(text))


def _markdown(text: str) -> Iterator[Link]:
    last = 0
    for match in _INLINE.finditer(text):
        bracket = text.rfind("[", max(last, match.start() - _LABEL), match.start())
        image = bracket > 0 and text[bracket - 1] == "!"
        yield Link(Kind.IMAGE if image else Kind.LINK, *match.span(1))
        last = match.end()
    if "]:" in text:
        kind = Kind.IMAGE if "![" in text else Kind.LINK
        yield from (Link(kind, *match.span(1)) for match in _REFERENCE.finditer(text))


def _attributes(text: str) -> Iterator[Link]:
    fetched = frozenset(_FETCHED.split("|"))
    for match in _ATTRIBUTE.finditer(text):
        name = match.group(1).lower()
        tag = text[max(0, match.start() - 200) : match.start()].rpartition("<")[2].lower()
        kind = Kind.RESOURCE if name in fetched or f"<{tag}".startswith(_FETCHING_TAGS) else Kind.LINK
        yield Link(kind, *match.span(2))
