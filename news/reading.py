"""What one article says: a `Reading`, its deals as `Terms`, and `Evidence` beside every value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Kind = Literal[
    "license",
    "option",
    "collaboration",
    "co-development",
    "co-commercialisation",
    "distribution",
    "manufacturing",
    "clinical-collaboration",
    "joint-venture",
    "acquisition",
    "financing",
    "trial",
    "regulatory",
    "earnings",
    "appointment",
    "legal",
    "event",
    "other",
]
DealKind = Literal[
    "license",
    "option",
    "collaboration",
    "co-development",
    "co-commercialisation",
    "distribution",
    "manufacturing",
    "clinical-collaboration",
    "joint-venture",
]
DealEventName = Literal["new", "expansion", "amendment", "option-exercise", "milestone", "termination", "closing"]
Status = Literal["rumoured", "non-binding", "announced", "closed"]
Role = Literal["licensor", "licensee", "partner"]
DateFrom = Literal["dateline", "text", "page", "feed", "first-seen"]
Field = Literal["title", "text"]
MoneyField = Literal["upfront", "equity", "near_term", "option_fee", "milestones", "total"]

KINDS: tuple[Kind, ...] = get_args(Kind)
DEAL_KINDS: tuple[DealKind, ...] = get_args(DealKind)
STATUSES: tuple[Status, ...] = get_args(Status)
"""In rising order: a step to the right is a step up."""
MONEY_FIELDS: tuple[MoneyField, ...] = get_args(MoneyField)
UNREAD = "could not be read: "
"""How the reason begins where the reader did not come back from an article."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words behind a value.

    `quote == article.title[start:end]` or `article.text[start:end]`, as `field` says, in Unicode code points.
    `more` holds further places of the same value. Once the value stands in a deal, `url` is the article's address, and
    `context` the sentence in which a figure's quote stands, where that says more.
    """

    quote: str
    start: int
    end: int
    field: Field = "text"
    more: tuple[Evidence, ...] = ()
    url: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """A payment that the text mentions: stated with its sum, or said to exist without one.

    `amount` is in units of `currency` (ISO 4217); both are None exactly when the sum is undisclosed. `low` is the
    lower end where the text gives a range, `per` what the sum is paid for where it is not the whole, `summed` says
    that several places (`evidence.more`) were added up, `check` that the reader is not sure of it.
    """

    evidence: Evidence
    amount: Decimal | None = None
    currency: str | None = None
    up_to: bool = False
    low: Decimal | None = None
    per: Literal["program", "product", "target"] | None = None
    summed: bool = False
    check: bool = False

    @property
    def disclosed(self) -> bool:
        """Whether the text says how much."""
        return self.amount is not None


@dataclass(frozen=True, slots=True)
class Royalties:
    """Royalties on sales: percent where the text gives numbers, its own wording always."""

    wording: str
    evidence: Evidence
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that signs the agreement; licensor gives rights, licensee gets them, partner neither or both."""

    name: str
    role: Role
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Named:
    """An asset, target, modality, indication, stage or territory: the ontology's name where known, else as written."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Announced:
    """The day on which the agreement was announced, and where that day was read."""

    on: date
    source: DateFrom
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """An earlier agreement that the text recalls; its money never stands among the new one's."""

    evidence: Evidence
    year: int | None = None
    money: tuple[tuple[MoneyField, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """One agreement (or one event of it) as told: None and () mean "not mentioned", never "none".

    `behind` names the wall behind which the article stands that was told from its teaser; there, None and () mean "not
    known" until an article that can be read whole completes it.
    """

    kind: Kind
    event: DealEventName = "new"
    status: Status = "announced"
    announced: Announced | None = None
    parties: tuple[Party, ...] = ()
    upfront: Money | None = None
    equity: Money | None = None
    near_term: Money | None = None
    option_fee: Money | None = None
    milestones: Money | None = None
    total: Money | None = None
    royalties: Royalties | None = None
    assets: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    modalities: tuple[Named, ...] = ()
    indications: tuple[Named, ...] = ()
    stage: Named | None = None
    territory: Named | None = None
    prior: tuple[Prior, ...] = ()
    behind: str = ""

    def money(self) -> tuple[tuple[MoneyField, Money], ...]:
        """Return the payments that are mentioned, in the order of the contract."""
        found = ((name, getattr(self, name)) for name in MONEY_FIELDS)
        return tuple((name, value) for name, value in found if value is not None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one article.

    `score` is the probability that `keep` is true. `terms` is present exactly when `keep` or `perhaps` is true;
    `also` holds the further deals of a round-up, in order. `not_read` names why an article could not be judged at all.
    """

    keep: bool
    perhaps: bool
    score: float
    language: str
    kind: Kind
    reason: str
    not_read: Literal["language", "wall", "too short"] | None = None
    terms: Terms | None = None
    also: tuple[Terms, ...] = ()

    def deals(self) -> tuple[Terms, ...]:
        """Return every deal of the article, the main one first."""
        return () if self.terms is None else (self.terms, *self.also)
