"""The results of single steps of the pipeline, as rules return them and the store keeps them: each one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from news.alert import BacklogCause, Match, Telling
from news.article import Article, Decision, Entry, Fault, LedgerEntry
from news.reading import Reading, Terms
from news.story import Deal, DealEvent, Report


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A deal of a stored reading that stands in no story yet."""

    article: Article
    reading: Reading
    nth: int
    entry: LedgerEntry


@dataclass(frozen=True, slots=True)
class StoryStep:
    """Where a report goes, and what is to be told because of it.

    `deal` and `story` are None when they are to be made. `terms` and `announced` are the story's with this report
    taken in; `revision`, `kept`, `news` and `late` are the deal's afterwards. `keys` are those of the parties.
    `matches` and `tellings` of a new deal carry deal id 0. `superseded` are pending tellings that the new ones replace.
    The natural key is (article, nth) of `report`.

    `marks` are those by which other reports find the deal. `joined` are deals that become this one, with what was told
    of them, and `same` stories that become this story; `keys` and `matches` are then those of all. `waiting` are the
    tellings of any of them that are to be told otherwise because of it. `released` are reports (article, nth) that are
    to be placed again; `left` are the other stories whose terms change by any of it.
    """

    report: Report
    deal: int | None
    story: int | None
    terms: Terms
    announced: date
    revision: int
    kept: bool
    news: bool
    late: bool
    keys: tuple[str, ...]
    matches: tuple[Match, ...] = ()
    tellings: tuple[Telling, ...] = ()
    superseded: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    released: tuple[tuple[int, int], ...] = ()
    left: tuple[DealEvent, ...] = ()
    waiting: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A stored article whose text is still there, and what a reader made of it."""

    article: Article
    reading: Reading


@dataclass(frozen=True, slots=True)
class RereadDeal:
    """A deal after one of its articles was read again; one without events is to be forgotten.

    `deal` is all of it as it is now, `keys` those of its parties, `matches` those of the active searches. `untold` says
    why what was still to be told of it is told no more, "" where it is. `marks` are those by which reports find it.
    """

    deal: Deal
    keys: tuple[str, ...]
    matches: tuple[Match, ...]
    untold: str = ""
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reread:
    """An article that was read again: its reading takes the place of the old one, and its deals follow it.

    `moved` are its reports that belong to another story now.
    """

    article: int
    reading: Reading
    deals: tuple[RereadDeal, ...] = ()
    moved: tuple[StoryStep, ...] = ()


@dataclass(frozen=True, slots=True)
class BacklogOpen:
    """A source, search or recipient was added, and this recipient was not yet told what was already out there."""

    recipient: str
    cause: BacklogCause
    key: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FirstPoll:
    """How the first poll of a source went: entries looked into, entries left in the ledger, entries still waiting."""

    source: str
    read: int
    unread: int
    waiting: int
    done: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of one address; `decision` is None when it was never seen."""

    url: str
    entries: tuple[LedgerEntry, ...] = ()
    article: Article | None = None
    reading: Reading | None = None
    deals: tuple[Deal, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one run did, as counts, and every fault under the name of its source, host or address."""

    started_at: datetime
    ended_at: datetime | None = None
    polled: int = 0
    unchanged: int = 0
    requests: int = 0
    entries: int = 0
    articles: int = 0
    duplicates: int = 0
    kept: int = 0
    perhaps: int = 0
    dropped: int = 0
    deals: int = 0
    sent: int = 0
    unsent: int = 0
    left: int = 0
    faults: tuple[tuple[str, Fault], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Merged:
    """How a deal stood before it became another: its stories, and those reports and corrections that changed theirs."""

    stories: tuple[int, ...]
    reports: tuple[tuple[int, int, int], ...] = ()
    corrections: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a deal is: a layer of its own that wins over every reading. `undone_at` takes it back.

    `value` is what the person wrote. `story` is the event of which it is said, None where it is said of the deal, and
    `terms` hold what is set in the field. `undo` is what is brought back when a merge is undone.
    """

    id: int
    deal: int
    verb: str
    field: str
    value: str
    who: str
    when: datetime
    why: str
    undone_at: datetime | None = None
    story: int | None = None
    terms: Terms | None = None
    undo: Merged | None = None


@dataclass(frozen=True, slots=True)
class CorrectionStep:
    """What a person says at one time, and what follows from it.

    `deals` are those of which it is said, as they are afterwards; one without events became another. `undone` is the
    correction that it takes back, `moved` are those that are of another event now, each with its story.
    """

    corrections: tuple[Correction, ...]
    deals: tuple[RereadDeal, ...]
    tellings: tuple[Telling, ...] = ()
    superseded: tuple[int, ...] = ()
    undone: int | None = None
    moved: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that the ledger does not hold yet, with the decision that its poll made for it.

    `decision` is "waiting" for pages to fetch and "not fetched" for the back-catalogue. `title_key` is the folded
    title, by which a later poll knows the item again when its guid and address have changed.
    """

    entry: Entry
    address: str
    title_key: str
    seen_at: datetime
    since: datetime | None
    decision: Decision = "waiting"
    reason: str = ""
