"""One line that says what a deal is: who does what with whom, and the figure to judge it by."""

from __future__ import annotations

from collections.abc import Sequence

from digest.view import Sum
from digest.wording import KIND_LABELS, label, listed, say_money, shorten
from news.reading import MoneyField, Named, Terms

_LONGEST_NAME = 48
_TOGETHER: dict[str, str] = {
    "option": "agree on an option",
    "collaboration": "collaborate",
    "co-development": "co-develop",
    "co-commercialisation": "co-commercialise",
    "clinical-collaboration": "run a clinical collaboration",
    "joint-venture": "form a joint venture",
    "distribution": "agree on distribution",
    "manufacturing": "agree on manufacturing",
    "license": "sign a licence",
}
_TAKES = {"license": "licenses", "option": "gets an option on", "distribution": "distributes"}
_GIVES = {"license": "out-licenses", "option": "gives an option on", "distribution": "has a distributor for"}
_EVENTS = {"expansion": "expanded", "amendment": "amended", "closing": "closed", "termination": "ended"}
_UNITS: dict[MoneyField, str] = {
    "upfront": "upfront",
    "option_fee": "option fee",
    "total": "in total",
    "milestones": "in milestones",
    "near_term": "near term",
    "equity": "in equity",
}
"""The payments, those that say most first, with the words behind a sum."""
_AT_ONCE: tuple[MoneyField, ...] = ("upfront", "option_fee", "near_term", "equity")
_IN_ALL: tuple[MoneyField, ...] = ("total", "milestones")


def sentence(terms: Terms) -> str:
    """Return who does what with whom: "Sanofi licenses ANKET from Innate Pharma (expanded)"; "" without parties."""
    licensor, licensee = _names(terms, "licensor"), _names(terms, "licensee")
    what = _what(terms)
    if not terms.parties:
        return ""
    if terms.event == "option-exercise" and licensee:
        said = f"{licensee} exercises its option on {what or 'a programme'}{_from(licensor)}"
    elif terms.event == "milestone":
        said = f"Milestone: {listed(shorten(p.name, _LONGEST_NAME) for p in terms.parties)}{_on(what)}"
    elif licensee and terms.kind in _TAKES and (what or terms.kind == "license"):
        said = f"{licensee} {_TAKES[terms.kind]} {what or 'a programme'}{_from(licensor)}"
    elif licensor and not licensee and terms.kind in _GIVES and what:
        said = f"{licensor} {_GIVES[terms.kind]} {what}"
    else:
        said = _together(terms, what)
    if ended := _EVENTS.get(terms.event):
        said = f"{said} ({ended})"
    return {"rumoured": f"Rumour: {said}", "non-binding": f"Non-binding: {said}"}.get(terms.status, said)


def figure(terms: Terms) -> str:
    """Return the figure that says most: the upfront, else the next that is stated, else that it is undisclosed."""
    stated = _first_stated(terms, tuple(_UNITS))
    return str(stated) or ("upfront undisclosed" if terms.upfront is not None else "")


def figures(terms: Terms) -> str:
    """Return the leading figure and, where it is another, what the whole may come to."""
    return ", ".join(str(each) for each in columns(terms) if each.value)


def columns(terms: Terms) -> tuple[Sum, Sum]:
    """Return what stands in the columns "Upfront" and "In total", each with the next best where it is not stated."""
    at_once, in_all = _first_stated(terms, _AT_ONCE), _first_stated(terms, _IN_ALL)
    if not at_once.value and terms.upfront is not None:
        at_once = Sum("undisclosed", "upfront")
    return at_once, in_all


def _first_stated(terms: Terms, wanted: Sequence[MoneyField]) -> Sum:
    for name in wanted:
        money = getattr(terms, name)
        if money is not None and money.disclosed:
            return Sum(say_money(money), _UNITS[name], usual=name == wanted[0])
    return Sum("")


def _together(terms: Terms, what: str) -> str:
    who = listed(shorten(p.name, _LONGEST_NAME) for p in terms.parties)
    if len(terms.parties) == 1:
        return f"{who}: {label(terms.kind, KIND_LABELS).lower()}{_on(what)}"
    verb = _TOGETHER.get(terms.kind)
    if verb is None:
        return f"{who}: {label(terms.kind).lower()}{_on(what)}"
    transitive = terms.kind in {"co-development", "co-commercialisation"}
    return f"{who} {verb}{f' {what}' if transitive and what else _on(what)}"


def _names(terms: Terms, role: str) -> str:
    return listed(shorten(p.name, _LONGEST_NAME) for p in terms.parties if p.role == role)


def _what(terms: Terms) -> str:
    """Return what it is about: its assets, else its targets with the modality, else either."""
    if terms.assets:
        return listed((shorten(a.name, 60) for a in terms.assets), most=2)
    targets, modality = listed((t.name for t in terms.targets), most=2), _first(terms.modalities)
    return " ".join(filter(None, [targets, modality]))


def _first(named: Sequence[Named]) -> str:
    return shorten(named[0].name, 60) if named else ""


def _from(name: str) -> str:
    return f" from {name}" if name else ""


def _on(what: str) -> str:
    return f" on {what}" if what else ""
