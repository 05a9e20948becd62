"""The sums of one sentence, each as the payment that it is, or with why it is none: `figures(sentence, signs)`.

The words beside a sum name the payment (deals/labels.py); where none do, the verb does (deals/flow.py). What the event
of the agreement is changes what they mean: whoever exercises an option pays its price, and what a partner once paid is
no term of an agreement that ends. Sums that were received before, that are spent on something, or that buy a company or
papers are no payments of an agreement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deals.document import Document, Sentence
from deals.flow import MORE, by_verb, flows
from deals.labels import Bound, bind, field_of
from deals.money import Sum, sums
from deals.prior import recalled_clauses
from deals.refused import NO_WORD, Context, refused
from news.reading import DealEventName, MoneyField

A_PART = "a part of the sum before it"
BEFORE = "what it was before"
_MAYBE_MONEY = re.compile(r"\d|illion|thousand")
_FIRM = 0.5
_IN_TOTAL = re.compile(r"\bfor an? (?:\w+ )?total of\b|,\s(?:that is|i\.e\.,?|or|making)\s(?:[\w ]{0,20}\s)?$")
_IS_IN_ALL = re.compile(r"\s?(?:in (?:all|total)|altogether|overall|combined)\b")
_IN_SHARES = re.compile(r"\b(?:issu(?:e|es|ing)|earn(?:s|ing)?)\b[^,;.]{0,30}$", re.IGNORECASE)
_IF_EXERCISED = re.compile(
    r"\b(?:if|should|when|once|on|upon)\b[^.;]{0,40}\b(?:exercis\w+|opt(?:s|ed|ing)?[- ]in|tak\w+ up)\b"
    r"[^.;$€£¥]{0,90}$",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)|giv(?:e|es|ing) up|forgo\w*|waiv\w+)\b[^,;.]{0,40}$|"
    r"\b(?:instead of|rather than|(?:up|down) from)\s(?:an? |the )?$",
    re.IGNORECASE,
)
_TRIGGERS = re.compile(r"\btrigger(?:s|ed|ing)\s(?:an?\s|the\s)?$")
_AT_FIRST = re.compile(r"up[- ]?front|sign|initial|down|first", re.IGNORECASE)
_SOON = re.compile(r"\s?within (?:a|one|two|three|1|2|3) years?\b")
_FROM = re.compile(r"\bfrom (?:up to |about )?$")
_REST = re.compile(r"\b(?:rest|remainder|balance)\b[^,;.]{0,40}$", re.IGNORECASE)
_PART = re.compile(
    r"^[\s,(–—-]*(?:of (?:which|this|that|it)|including|inclusive of|compris(?:ing|ed of)|"
    r"compos(?:ing|ed of)|consisting of|made up of|:)|"
    r", with\s$|\b(?:of which|of that|whereof|including|compris(?:ing|ed of)|consisting of)\W+"
    r"(?:up to\s|about\s|some\s|an?\s|the\s)?$"
)
_AT_ONCE = re.compile(r"\s(?:at|on|upon) (?:closing|signing|signature)\b|\snow\b")
_OF_IT = re.compile(r"\s(?:\w+\s){0,2}?of (?:it|this|that|which|them)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum of a sentence: the payment that it is, or None; `why` says by which words, or why it is none.

    `start` and `end` hold the sum and the words that name the payment, `cost` says how firmly these are tied to it.
    """

    field: MoneyField | None
    why: str
    sum: Sum
    sentence: Sentence
    start: int
    end: int
    cost: float
    listed: bool
    around: tuple[int, int]
    """The stretch of the sentence in which no other sum stands."""
    part: bool = False
    """Whether it is a part of the sum before it ("of which", "including")."""
    later: bool = False
    """Whether it is a milestone because of what it waits for ("on approval")."""
    named: bool = True
    """Whether a label names it, not only a verb."""


def figures(
    sentence: Sentence, signs: Mapping[str, str], event: DealEventName = "new", *, follows: bool = False
) -> tuple[Figure, ...]:
    """Return every sum of a sentence as what it is.

    `signs` as `meaning_of_signs` returns them; `event` is what happens to the agreement; `follows` says that the
    sentence before states a payment.
    """
    items = all_sums(sentence, signs)
    if not items:
        return ()
    context = Context(None, event, follows, after=False, recalled=recalled_clauses(sentence.text))
    found: list[Figure] = []
    for bound in bind(sentence.text, items):
        figure = _figure(sentence, bound, context)
        if found:
            found[-1], figure = _side_by_side(sentence.text, found[-1], figure)
        context = replace(context, before=figure.field, after=True)
        found.append(figure)
    return tuple(found)


def _figure(sentence: Sentence, bound: Bound, context: Context) -> Figure:
    """Return a sum by itself as what it is."""
    firm, field, why = _field(sentence.text, bound, context)
    if _REPLACED.search(sentence.text, max(bound.behind, bound.sum.start - 60), bound.sum.start):
        field, why = None, BEFORE
    return Figure(
        field,
        why,
        firm.sum,
        sentence,
        firm.start,
        firm.end,
        firm.cost,
        firm.listed,
        (bound.behind, bound.ahead),
        later=bound.labels[:1] == ("later",),
        named=bool(bound.labels),
    )


def _side_by_side(text: str, last: Figure, figure: Figure) -> tuple[Figure, Figure]:
    """Return a sum and the one behind it as they are together: the old and the new, the whole and its part."""
    if _has_changed(text, last.sum, figure.sum):  # "from $400 million to $310 million"
        new = replace(figure, field=last.field, why=last.why, cost=last.cost)
        return replace(last, field=None, why=BEFORE), new
    if not _is_part(text, last.sum, figure.sum):
        return last, figure
    if figure.field in {"upfront", "equity"}:
        last = _holding(last, figure.field)
    if figure.field == "upfront" and _is_same_payment(text, last, figure.sum):
        return last, replace(figure, field=None, why=A_PART, part=True)
    return last, replace(figure, part=True)


def _has_changed(text: str, one: Sum, other: Sum) -> bool:
    """Whether a payment is said to go from one sum to another."""
    return text[one.end : other.start].strip() == "to" and _FROM.search(text, 0, one.start) is not None


def _is_part(text: str, whole: Sum, part: Sum) -> bool:
    """Whether a sum is said to be a part of the one before it."""
    if whole.currency != part.currency or part.amount >= whole.amount:
        return False
    between = text[whole.end : part.start]
    return _PART.search(between) is not None or _OF_IT.match(text, part.end) is not None


def _is_same_payment(text: str, whole: Figure, part: Sum) -> bool:
    """Whether a part that is paid at once is one of the upfront payment, or of the equity."""
    at_once = _AT_ONCE.match(text, part.end) is not None
    return whole.field == "upfront" or (whole.field == "equity" and at_once)


def _holding(figure: Figure, part: MoneyField) -> Figure:
    """Return the sum that contains the upfront payment or the equity: the total where it may be less, unless named."""
    if figure.field in {"total", "near_term"} or (
        figure.named and not (part == "upfront" and figure.field == "upfront")
    ):
        return figure
    if figure.sum.up_to and figure.field in {"upfront", "milestones", None}:
        return replace(figure, field="total", why="holds the sum behind it")
    return figure


def all_sums(sentence: Sentence, signs: Mapping[str, str]) -> tuple[Sum, ...]:
    """Return every sum in a sentence, whatever it is."""
    return sums(sentence.text, **signs) if _MAYBE_MONEY.search(sentence.text) else ()


def meaning_of_signs(document: Document) -> dict[str, str]:
    """Return what "$", "¥" and "crowns" mean in an article, as keywords of `sums`."""
    text = document.text
    canadian = re.search(r"(?:in|all amounts in|expressed in) (?:CAD|Canadian dollars|Canadian funds)\b", text)
    australian = re.search(r"(?:in|all amounts in|expressed in) (?:AUD|Australian dollars)\b", text)
    chinese = re.search(r"\b(?:RMB|CNY|yuan|renminbi)\b", text)
    japanese = re.search(r"\b(?:JPY|yen)\b", text)
    dollar = "CAD" if canadian else "AUD" if australian else "USD"
    crown = re.search(r"\b(Danish|Norwegian) (?:crowns?|kroner)\b", text)
    crowns = {None: "SEK", "Danish": "DKK", "Norwegian": "NOK"}[crown and crown[1]]
    return {"dollar": dollar, "yen": "CNY" if chinese and not japanese else "JPY", "crown": crowns}


def _field(text: str, bound: Bound, context: Context) -> tuple[Bound, MoneyField | None, str]:
    """Return the payment that a sum is, None where it is none, and why."""
    item = bound.sum
    named = field_of(bound)
    if bound.labels[:1] == ("later",) and not (context.before or context.follows or flows(text, item)):
        named = None
    if named == "near_term" and not flows(text, item):
        named = None
    field = named or by_verb(text, bound, again=context.event in {"expansion", "amendment"})
    if field is None and context.event == "option-exercise" and _TRIGGERS.search(text, 0, item.start):
        field = "option_fee"
    if field == "total" and context.before and _is_in_total(text, item):
        return (
            replace(bound, cost=_FIRM),
            context.before,
            f"the total of the {context.before}",
        )  # "$540m each, … $1.6bn"
    field = _in_context(text, bound, field, context)
    if field == "total" and context.after and _is_in_total(text, item):
        return bound, None, NO_WORD  # the total of what is no payment
    why = refused(text, bound, field, context)
    if why:
        return bound, None, why
    return bound, field, " ".join(text[bound.start : bound.end].split()) if bound.labels else "the verb beside it"


def _is_in_total(text: str, item: Sum) -> bool:
    before = _IN_TOTAL.search(text, max(0, item.start - 60), item.start)
    return before is not None and (before.group().startswith("for") or _IS_IN_ALL.match(text, item.end) is not None)


def _in_context(text: str, bound: Bound, field: MoneyField | None, context: Context) -> MoneyField | None:
    """Return the payment as the event and the words round it make it."""
    item = bound.sum
    words = text[bound.start : bound.end]
    if field == "option_fee" and "upfront" in bound.labels:
        return "upfront"  # the option itself is bought
    if field == "option_fee" and item.up_to and "fee" not in words:
        return "milestones"  # what may follow an exercise, not its price
    if field == "equity" and _IN_SHARES.search(text, max(0, item.start - 60), item.start):
        return "milestones" if item.up_to or MORE.search(text, max(0, item.start - 30), item.start) else "upfront"
    if field == "upfront":
        return _at_first(text, bound, context.event)
    if field == "milestones" and _is_exercise_price(text, bound, context.event):
        return "option_fee"
    return _whole(text, bound, field) if field in {"total", "milestones"} else field


def _at_first(text: str, bound: Bound, event: DealEventName) -> MoneyField:
    """Return what a sum is that is paid now: the price of an option that is exercised, or that of the rights."""
    words = text[bound.start : bound.end]
    if bound.sum.up_to and words.endswith("on the table"):
        return "total"
    exercised = event == "option-exercise" and not _AT_FIRST.search(words)
    return "option_fee" if exercised or _is_exercise_price(text, bound, event) else "upfront"


def _is_exercise_price(text: str, bound: Bound, event: DealEventName) -> bool:
    """Whether a sum that only a verb names is the price of an option: "if it opts in, it will owe $60 million"."""
    item = bound.sum
    loose = not bound.labels or (bound.cost > 1 and set(bound.labels) <= {"later", "option_fee"})
    if not loose or item.up_to or MORE.search(text, max(0, item.start - 40), item.start):
        return False
    return event == "option-exercise" or _IF_EXERCISED.search(text, max(0, item.start - 180), item.start) is not None


def _whole(text: str, bound: Bound, field: MoneyField | None) -> MoneyField | None:
    """Return what a total or milestones are by the words round them: a part of the whole, or the whole itself."""
    start = bound.sum.start
    if field == "total" and _SOON.match(text, bound.end):
        return "near_term"
    if (rest := _REST.search(text, max(0, start - 60), start)) is not None:
        return "total" if rest.group().endswith(" of the ") else "milestones"
    return field
