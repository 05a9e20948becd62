"""A digest as it is shown, in words ready to print: what the HTML and the plain text have in common."""

from __future__ import annotations

from dataclasses import dataclass

from digest.quotes import Excerpt


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence behind a value; `outlet` says whose words they are where a deal has several articles.

    `ours` marks what no article says, but a person here.
    """

    words: Excerpt
    outlet: str = ""
    url: str = ""
    ours: bool = False

    def __str__(self) -> str:
        """Return the words as they are quoted."""
        return str(self.words) if self.ours else f"“{self.words}”"


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
class Found:
    """Words that matched, with what stands around them; `part` is what was asked for, where that says more."""

    words: Excerpt
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a deal is shown: a search, and the words that made it true, marked in the sentence where that is known."""

    search: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure in a column; `unit` says what it is, and stands beside it where it is not what the column is headed."""

    value: str
    unit: str = ""
    usual: bool = True

    def __str__(self) -> str:
        """Return the figure in a sentence: "EUR 40m upfront", "upfront undisclosed"."""
        stated = any(map(str.isdigit, self.value))
        return " ".join(filter(None, (self.value, self.unit) if stated else (self.unit, self.value)))


@dataclass(frozen=True, slots=True)
class LineView:
    """One line: a deal in short, an article that reports it, a title to look at.

    `url` is "" where there is no http or https address. `about` is what is known of it, `label` the id of a deal,
    `reason` why it stands here, `sums` its figures in columns.
    """

    title: str
    url: str = ""
    about: str = ""
    label: str = ""
    reason: str = ""
    badge: str = ""
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading, with notes above them and `more` words on what they leave out.

    `columns` head the sums of the lines.
    """

    heading: str
    notes: tuple[str, ...]
    lines: tuple[LineView, ...]
    more: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardView:
    """A deal. `label` is its id as people type it, `commands` show more of it on the command line.

    `rates` says once at which rates its sums stand in US dollars, "" where none does; `silent` what is said where no
    sum is mentioned. `alike` holds comparable deals, `wrong` says how to say that something is wrong.
    """

    label: str
    kicker: str
    badges: tuple[str, ...]
    notices: tuple[str, ...]
    title: str
    url: str
    lead: str
    changes: tuple[Moved, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    silent: str
    rates: str
    earlier: tuple[Earlier, ...]
    why: tuple[Reason, ...]
    alike: Block | None
    sources: Block | None
    seen: str
    wrong: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What the deals of a week come to: in one modality, or in all (`whole`)."""

    label: str
    deals: str
    sums: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a week by modality, with what is to be known of them."""

    rows: tuple[Total, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole message: `when` and `period` are in the reader's time zone, which they name.

    `deals` is the table at the top, `blocks` stand below the cards, `foot` says how to change what comes.
    """

    subject: str
    preview: str
    heading: str
    when: str
    period: str
    deals: Block | None
    cards: tuple[CardView, ...]
    blocks: tuple[Block, ...]
    totals: Totals | None
    health: tuple[str, ...]
    foot: tuple[str, ...]
    stop: str = ""
