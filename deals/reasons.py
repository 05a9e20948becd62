"""The reason for a judgement, in words that a person understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from news.reading import DealEventName, Kind

_AGREEMENTS: Mapping[Kind, str] = {
    "license": "licence agreement",
    "option": "option agreement",
    "collaboration": "research collaboration",
    "co-development": "co-development agreement",
    "co-commercialisation": "co-commercialisation agreement",
    "distribution": "distribution agreement",
    "manufacturing": "manufacturing agreement",
    "clinical-collaboration": "clinical collaboration",
    "joint-venture": "joint venture",
    "acquisition": "purchase of rights or assets",
}
_EVENTS: Mapping[DealEventName, str] = {
    "new": "",
    "expansion": "expansion of a ",
    "amendment": "amendment of a ",
    "option-exercise": "exercise of an option under a ",
    "milestone": "milestone under a ",
    "termination": "end of a ",
    "closing": "closing of a ",
}
_OTHERS: Mapping[Kind, str] = {
    "acquisition": "acquisition of a company or business",
    "financing": "financing",
    "trial": "results or progress of a trial",
    "regulatory": "regulatory news",
    "earnings": "earnings release or business update",
    "appointment": "appointment",
    "legal": "legal dispute",
    "event": "conference or other event",
    "other": "no agreement is announced",
}
# What the same kind of news is called when the article also mentions an agreement: it is recalled, not announced.
_RECALLING: tuple[tuple[Kind, str, str], ...] = (
    ("earnings", "b#agreement-1", "earnings release that recounts a deal"),
    (
        "regulatory",
        "t#application",
        "application for a licence to market (such as a Biologics License Application), not a licence agreement",
    ),
    (
        "regulatory",
        "l#application",
        "application for a licence to market (such as a Biologics License Application), not a licence agreement",
    ),
    ("regulatory", "b#agreement-1", "regulatory news about a partnered product"),
    ("trial", "b#agreement-1", "results of a trial of a partnered drug"),
    ("financing", "b#royalty-finance", "royalty financing"),
    ("legal", "b#agreement-1", "dispute over an agreement"),
    ("other", "t#awareness", "sponsorship, donation or awareness campaign"),
    ("other", "l#awareness", "sponsorship, donation or awareness campaign"),
    ("other", "t#promotion", "stock promotion or market commentary"),
    ("other", "l#promotion", "stock promotion or market commentary"),
    ("other", "l#purchase-order", "purchase or supply order"),
    ("other", "b#agreement-4", "mentions agreements, announces none"),
)


def reason_for(kind: Kind, event: DealEventName, names: Sequence[str]) -> str:
    """Return why an article is kept: what was agreed, and by whom."""
    between = f" between {' and '.join(names)}" if len(names) > 1 else f" of {names[0]}" if names else ""
    words = f"{_EVENTS[event]}{_AGREEMENTS.get(kind, 'agreement')}{between}"
    return words.replace(" of a option", " of an option").replace(" a option", " an option")


def reason_against(kind: Kind, features: frozenset[str]) -> str:
    """Return why an article is not kept."""
    for named, feature, words in _RECALLING:
        if named == kind and feature in features:
            return words
    return _OTHERS.get(kind, "no agreement is announced")
