"""The two bodies of a message: HTML with its style inlined, and the plain text that says all of it as well.

Mail programs cut a page that is too long, wherever that falls. So a page is kept below LARGEST: cards that have no room
are named in lines at the end, each whole or not at all. The plain text has them all.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace

import css_inline
import jinja2

from digest.plain import text_of
from digest.view import Block, CardView, LineView, View
from digest.wording import join

LARGEST = 90_000
"""Bytes of a page; Gmail cuts at 102 kB."""
_NEAR = 2
_IN_TEXT = "more in the attached text"
_ATTACHED = "Their cards have no room here. The attached text has them all."


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a message says, twice. `whole` is False where the page leaves out cards that the text has."""

    text: str
    html: str
    whole: bool


def bodies(shown: View) -> Bodies:
    """Return both bodies of what is shown.

    The text is complete, its lines are of 76 characters where words allow and end with LF. The page is smaller than
    LARGEST bytes: everything from outside escaped, style inline, nothing remote, links to http(s) only.
    """
    page = _page(shown)
    whole = _fits(page)
    if not whole:
        likely = len(shown.cards) * LARGEST // len(page.encode())
        page = _most(lambda cards: _with_cards(shown, cards), len(shown.cards), likely) or _most(
            lambda lines: _with_lines(_with_cards(shown, 0), lines), _longest(shown), 0
        )
    return Bodies(text_of(shown), page, whole)


def _most(shorter: Callable[[int], View], limit: int, likely: int) -> str:
    """Return the page with the most that fits, of fewer than `limit`; "" where not even nothing does.

    What is `likely` is tried first, and what is next to it then: mostly that settles it.
    """
    found, low, high, tried = "", 0, limit, likely
    while low < high:
        page = _page(shorter(tried))
        found, low, high = (page, tried + 1, high) if _fits(page) else (found, low, tried)
        near = low if low > likely else high - 1
        tried = near if abs(near - likely) <= _NEAR else (low + high) // 2
    return found


def _fits(page: str) -> bool:
    return len(page.encode()) < LARGEST


def _with_cards(shown: View, cards: int) -> View:
    """Return what is shown with the first cards only; the others are named."""
    left = shown.cards[cards:]
    rest = (Block(f"And {len(left):,} more", (_ATTACHED,), tuple(map(_named, left))),) if left else ()
    return replace(shown, cards=shown.cards[:cards], blocks=(*rest, *shown.blocks))


def _with_lines(shown: View, lines: int) -> View:
    """Return what is shown with at most so many lines in each block."""
    deals = None if shown.deals is None else _shorter(shown.deals, lines)
    return replace(shown, deals=deals, blocks=tuple(_shorter(block, lines) for block in shown.blocks))


def _shorter(block: Block, lines: int) -> Block:
    left = len(block.lines) - lines
    return block if left <= 0 else replace(block, lines=block.lines[:lines], more=f"and {left:,} {_IN_TEXT}")


def _named(card: CardView) -> LineView:
    return LineView(card.title, card.url, join([card.kicker, card.label]))


def _longest(shown: View) -> int:
    """Return how many lines the longest block has, and one more: none of them may be too many."""
    blocks = (shown.deals, *shown.blocks)
    return max([len(shown.cards), *(len(block.lines) for block in blocks if block is not None)]) + 1


def _page(shown: View) -> str:
    page = _templates().get_template("digest.html").render(view=shown)
    return str(_inliner().inline(page))


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("digest"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@functools.cache
def _inliner() -> css_inline.CSSInliner:
    """Return what moves the style into the elements; rules for dark, narrow and paper stay in the head."""
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
