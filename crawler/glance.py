"""The text of a page at a glance: the paragraphs that stand together, at a fraction of what extracting it takes. Pure.

What stands in menus, forms and boxes is left aside, unless it is most of what the page says. Of the rest, the text is
what the innermost element holds that has nearly all of it. Exact extraction (crawler/pages.py) finds what stands
outside and leaves out what does not belong; this is enough to see what a page is about.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.etree

from crawler.text import plain

_BLOCKS = ("p", "h2", "h3", "h4", "pre", "li", "blockquote", "dd", "td")
_MAY_HOLD_OTHERS = frozenset({"li", "blockquote", "dd", "td"})
_OTHERS = frozenset({"p", "div", "ul", "ol", "table", "section"})
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
    """`text` are the paragraphs that stand together, `said` all sentences of the page but what menus and boxes say.

    `whole` says that nothing which could belong to the text stands in front of it or between its paragraphs.
    """

    text: str
    said: str
    whole: bool = False


def glance(tree: Any) -> Glance:  # noqa: ANN401  # lxml has no types
    """Return what a page says, as far as a glance shows it; nothing of its text where there is none."""
    blocks = _said_by(filter(_is_innermost, itertools.islice(tree.iter(*_BLOCKS), _MOST)), tree)
    if sum(len(text) for element, text in blocks if element.tag == "p") < _ENOUGH:
        blocks += _said_by(_LOOSE(tree)[:_MOST], tree)
    telling = [block for block in blocks if len(block[1]) >= _SAYS]
    held = _held(telling)
    half = _MOST_OF_IT * sum(len(text) for _, text in telling)
    outside: dict[Any, bool] = {element: False for element, (letters, _) in held.items() if letters > half}
    blocks = [block for block in blocks if not _is_outside(block[0], outside)]
    said = "\n".join(text for _, text in blocks)
    inside = [block for block in blocks if len(block[1]) >= _SAYS]
    if not inside:
        return Glance("", said)
    enough = _NEARLY_ALL * sum(len(text) for _, text in inside)
    holders = ((depth, element) for element, (letters, depth) in _held(inside).items() if letters >= enough)
    _, holder = max(holders, key=lambda found: found[0], default=(0, inside[0][0]))
    within = {holder: True}
    belongs = [_is_within(element, within) for element, _ in blocks]
    texts = itertools.compress((text for _, text in blocks), belongs)
    last = len(blocks) - belongs[::-1].index(True) if any(belongs) else 0
    whole = all(belongs[at] or len(blocks[at][1]) < _SAYS for at in range(last))
    return Glance("\n\n".join(dict.fromkeys(texts)), said, whole)


def _is_innermost(element: Any) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether an element holds text of its own, and not only others that do."""
    return element.tag not in _MAY_HOLD_OTHERS or not any(child.tag in _OTHERS for child in element)


def _held(blocks: Sequence[Block]) -> dict[Any, tuple[int, int]]:
    """Return how many characters each element holds, and how deep it lies."""
    own: dict[Any, int] = {}
    for element, text in blocks:
        above = element.getparent()
        own[above] = own.get(above, 0) + len(text)
    held: dict[Any, tuple[int, int]] = {}
    for holder, letters in own.items():
        line = [] if holder is None else [holder, *_above(holder)]
        for depth, element in zip(range(len(line), 0, -1), line, strict=True):
            held[element] = (held.get(element, (0, 0))[0] + letters, depth)
    return held


def _above(element: Any) -> Iterator[Any]:  # noqa: ANN401  # lxml has no types
    return element.iterancestors()  # type: ignore[no-any-return]


def _said_by(elements: Iterable[Any], tree: Any) -> list[Block]:  # noqa: ANN401  # lxml has no types
    """Return the elements that hold text of their own, with it."""
    broken = next(tree.iter("br"), None) is not None  # to look into each for what most pages have nowhere takes long
    found: list[Block] = []
    for element in elements:
        lines = broken and element.find(".//br") is not None
        text = plain(" ".join(element.itertext()) if lines else _WORDS(element))
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
            element.tag in _OUTSIDE or (len(said) > 1 and _is_unlikely(said)) or _is_outside(above, known)
        )
    return found


@functools.lru_cache(maxsize=2_000)
def _is_unlikely(named: str) -> bool:
    """Return whether nothing of an article stands in what is named so; a page says the same of many elements."""
    return _UNLIKELY.search(named) is not None


def _is_within(element: Any, known: dict[Any, bool]) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether an element stands in the one that `known` begins with."""
    found = known.get(element)
    if found is None:
        above = element.getparent()
        found = known[element] = above is not None and _is_within(above, known)
    return found
