"""What a person says of a deal on the command line: FIELD=VALUE as terms, checked, with who said it as its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from deals.reader import ArticleText, as_deal
from jobs.correcting import By, Setting
from lexicon import Lexicon
from lexicon.ontology import Kind as ConceptKind
from news.article import Article
from news.reading import DEAL_KINDS, MONEY_FIELDS, Announced, Evidence, Money, Named, Party, Role, Royalties, Terms
from pactwatch.console import WrongInputError
from pactwatch.expectation import FIELDS, Json, corrected
from pactwatch.values import choice, meant
from stories.corrections import with_field

SETTABLE = tuple(name for name in (*FIELDS, "announced") if name != "prior")
"""What can be set of a deal."""
_ROLES: tuple[Role, ...] = get_args(Role)
_LISTS: dict[str, ConceptKind | None] = {
    "assets": None,
    "targets": "target",
    "modalities": "modality",
    "indications": "indication",
}


def settings_of(given: Iterable[str], was: Terms, by: By, lexicon: Lexicon) -> tuple[Setting, ...]:
    """Return what FIELD=VALUE words set; raises WrongInputError that names the field and what is allowed."""
    found: dict[str, Setting] = {}
    for each in given:
        field, equals, value = each.partition("=")
        name = field.strip().replace("-", "_")
        if not equals:
            raise WrongInputError(f"{each}: it is FIELD=VALUE, such as upfront=EUR 25m")
        if name not in SETTABLE:
            hint = meant(name, SETTABLE)
            raise WrongInputError(f"{field!r} is no field of a deal; the fields are {', '.join(SETTABLE)}{hint}")
        if name in found:
            raise WrongInputError(f"{name} is set twice; say it once")
        try:
            found[name] = Setting(name, " ".join(value.split()), _terms(name, value, was, by, lexicon))
        except ValueError as error:
            raise WrongInputError(str(error)) from error
    return tuple(found.values())


def terms_of(article: Article, given: Iterable[str], by: By, lexicon: Lexicon) -> Terms:
    """Return what an article says, read as a deal, with what FIELD=VALUE words set on top."""
    terms = as_deal(ArticleText.of(article), lexicon)
    for setting in settings_of(given, terms, by, lexicon):
        terms = with_field(terms, setting.field, setting.terms)
    return terms


def _terms(name: str, value: str, was: Terms, by: By, lexicon: Lexicon) -> Terms:
    """Return terms of which one field is as it is said to be; raises ValueError."""
    quote = f"corrected by {by.who}: {by.why}"
    evidence = Evidence(quote, 0, len(quote))
    if name == "announced":
        return Terms(was.kind, announced=Announced(_day(value, by), "text", evidence))
    said: Json = corrected({"kind": was.kind, "deal": {}}, name, value)
    deal = said["deal"]
    if name == "kind":
        return Terms(choice(DEAL_KINDS)(" ".join(value.split())))
    if name in {"event", "status"}:
        return Terms(was.kind, **{name: deal[name]})
    if name in _ROLES:
        parties = deal.get("parties", ())
        return Terms(was.kind, parties=tuple(Party(p["name"], p["role"], evidence) for p in parties))
    if name in _LISTS:
        named = (Named(_known(n, _LISTS[name], lexicon), evidence) for n in deal[name])
        return Terms(was.kind, **{name: tuple(named)})  # type: ignore[arg-type]  # lists under the names of lists
    return Terms(was.kind, **{name: _single(name, deal.get(name), value, evidence)})  # type: ignore[arg-type]  # likewise


def _single(name: str, said: Any, value: str, evidence: Evidence) -> object:  # noqa: ANN401  # whatever JSON holds
    if said is None:
        return None
    if name == "royalties":
        ends = [None if said[end] is None else Decimal(str(said[end])) for end in ("low", "high")]
        return Royalties(" ".join(value.split()), evidence, *ends)
    if name not in MONEY_FIELDS:
        return Named(said, evidence)
    if not said.get("disclosed", True):
        return Money(evidence)
    return Money(evidence, Decimal(str(said["amount"])), said["currency"], up_to=said["up_to"])


def _known(name: str, kind: ConceptKind | None, lexicon: Lexicon) -> str:
    """Return the ontology's name where it knows what a person wrote, else what was written."""
    return next((c.name for c in lexicon.ontology.named(name) if c.kind == kind), name)


def _day(value: str, by: By) -> date:
    try:
        day = date.fromisoformat(value.strip())
    except ValueError as error:
        raise ValueError(f"announced: {value.strip()!r} is no day; write 2026-11-24") from error
    if day > by.at.date():
        raise ValueError(f"announced: {value.strip()} has not come yet")
    return day
