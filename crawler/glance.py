"""The text of a page at a glance: the paragraphs that stand together, at a fraction of what extracting it takes. Pure.

What stands in menus, forms and boxes is left aside, unless it is most of what the page says. Of the rest, the text is
what the innermost element holds that has nearly all of it. Exact extraction (crawler/pages.py) finds what stands
outside and leaves out what does not belong; this is enough to see what a page is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.etree

from crawler.text import plain

_BLOCKS = lxml.etree.XPath(
    ".//*[self::p or self::h2 or self::h3 or self::h4 or self::pre"
    " or ((self::li or self::blockquote or self::dd or self::td) and not(p or div or ul or ol or table or section))]"
)
_LOOSE = lxml.etree.XPath(
    ".//text()[string-length(normalize-space()) > 60][not(ancestor::script or ancestor::style or ancestor::noscript"
    " or ancestor::p or ancestor::li)]/ancestor::*[not(self::a or self::b or self::i or self::em or self::strong"
    " or self::span or self::font or self::u)][1]"
)
_WORDS = lxml.etree.XPath("string()")
_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "figure", "button", "select", "noscript", "iframe", "header"})
_UNLIKELY = re.compile(
    r"(?:\b|_)(?:comments?|footer|sidebar|related|recommend\w*|promo|newsletter|share|social|cookies?|consent|popup|modal|"
    r"menu|nav|navigation|breadcrumbs?|disqus|sponsor\w*|advert\w*|most-read|trending|subscribe|widget|caption)(?:\b|_)",
    re.IGNORECASE,
)
_SAYS = 60
"""Characters. A paragraph that is shorter tells nothing of where the text is."""
_ENOUGH = 500
"""Characters in paragraphs; where there are fewer, text that stands in none counts too."""
_MOST_OF_IT = 0.5
_NEARLY_ALL = 0.8
_MOST = 5_000
"""Paragraphs; no page that holds an article has more."""

Block = tuple[Any, str]
"""An element that holds text of its own, and the text."""


@dataclass(frozen=True, slots=True)
class Glance:
    """`text` are the paragraphs that stand together, `said` all sentences of the page wherever they stand."""

    text: str
    said: str


def glance(tree: Any) -> Glance:  # noqa: ANN401  # lxml has no types
    """Return what a page says, as far as a glance shows it; nothing of its text where there is none."""
    blocks = _blocks(tree, _BLOCKS)
    if sum(len(text) for element, text in blocks if element.tag == "p") < _ENOUGH:
        blocks += _blocks(tree, _LOOSE)
    said = "\n".join(text for _, text in blocks)
    telling = [block for block in blocks if len(block[1]) >= _SAYS]
    held = _held(telling)
    outside: dict[Any, bool] = {
        element: False for element, letters in held.items() if letters > _MOST_OF_IT * held[None]
    }
    inside = [block for block in telling if not _is_outside(block[0], outside)]
    held = _held(inside)
    if not inside:
        return Glance("", said)
    holder = inside[0][0]
    for element, letters in held.items():
        if element is not None and letters >= _NEARLY_ALL * held[None]:
            holder = element
            break
    within = {holder: True}
    texts = (text for element, text in blocks if _is_within(element, within) and not _is_outside(element, outside))
    return Glance("\n\n".join(dict.fromkeys(texts)), said)


def _held(blocks: Sequence[Block]) -> dict[Any, int]:
    """Return how many characters each element holds, the innermost first; under None what all hold together."""
    held: dict[Any, int] = defaultdict(int)
    depth: dict[Any, int] = {}
    for element, text in blocks:
        above = list(_above(element))
        for level, holder in enumerate(above):
            held[holder] += len(text)
            depth[holder] = len(above) - level
    return {None: sum(len(text) for _, text in blocks)} | {e: held[e] for e in sorted(held, key=lambda e: -depth[e])}


def _above(element: Any) -> Iterator[Any]:  # noqa: ANN401  # lxml has no types
    return element.iterancestors()  # type: ignore[no-any-return]


def _blocks(tree: Any, path: lxml.etree.XPath) -> list[Block]:  # noqa: ANN401  # lxml has no types
    """Return the elements that hold text of their own, with it."""
    found: list[Block] = []
    for element in path(tree)[:_MOST]:
        text = plain(" ".join(element.itertext()) if element.find(".//br") is not None else _WORDS(element))
        if text:
            found.append((element, text))
    return found


def _is_outside(element: Any, known: dict[Any, bool]) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether an element stands in what is no text; `known` keeps what was found out of it and those above."""
    found = known.get(element)
    if found is None:
        above = element.getparent()
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        found = known[element] = above is not None and (
            element.tag in _OUTSIDE or (len(said) > 1 and bool(_UNLIKELY.search(said))) or _is_outside(above, known)
        )
    return found


def _is_within(element: Any, known: dict[Any, bool]) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether an element stands in the one that `known` begins with."""
    found = known.get(element)
    if found is None:
        above = element.getparent()
        found = known[element] = above is not None and _is_within(above, known)
    return found
