"""A digest as it is shown, in words ready to print: what the HTML and the plain text have in common."""

from __future__ import annotations

from dataclasses import dataclass

from digest.quotes import Excerpt


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence behind a value; `outlet` says whose words they are where a deal has several articles."""

    words: Excerpt
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the terms; `note` says how the figure came about where it does not stand in the text like that.

    `usd` is the sum in US dollars, "" where it is in dollars already or no rate is known.
    """

    label: str
    value: str
    quotes: tuple[Quote, ...] = ()
    stated: bool = True
    check: bool = False
    note: str = ""
    usd: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known of a deal beside its figures."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What an update tells: was → is, with the words behind both."""

    label: str
    was: str
    now: str
    quote_was: Quote | None = None
    quote_now: Quote | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier agreement, or an earlier event of this one; nothing in it belongs to the deal that is told."""

    label: str
    quote: Quote | None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a deal is shown: a search, and the words that made it true."""

    search: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports a deal; `url` is "" where it is no http or https address."""

    outlet: str
    title: str
    url: str
    day: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A deal. `label` is its id as people type it, `commands` show more of it on the command line.

    `rates` says once at which rates its sums stand in US dollars, "" where none does.
    """

    label: str
    kicker: str
    badges: tuple[str, ...]
    notice: str
    title: str
    url: str
    lead: str
    changes: tuple[Moved, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    rates: str
    earlier: tuple[Earlier, ...]
    why: tuple[Reason, ...]
    sources: tuple[Source, ...]
    seen: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A deal in one line at the top of a digest of several."""

    line: str
    figures: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line under "Perhaps" or "Already out there"."""

    label: str
    title: str
    url: str
    about: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BacklogView:
    """The block "Already out there"."""

    heading: str
    notes: tuple[str, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole message: `when` and `period` are in the reader's time zone, which they name."""

    subject: str
    preview: str
    heading: str
    when: str
    period: str
    summaries: tuple[Summary, ...]
    cards: tuple[CardView, ...]
    perhaps: tuple[LineView, ...]
    backlog: BacklogView | None
    health: tuple[str, ...]
