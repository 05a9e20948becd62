"""What happened to an agreement: signed, expanded, amended, exercised, paid for, ended, closed; and how firm it is.

The headline and the first sentences say it; what stands there about older agreements or about what may happen later
("an option to expand", "upon closing") does not count. Without a sign of anything else, an agreement is new.
"""

from __future__ import annotations

import re

from deals.document import Document, Sentence
from news.reading import DealEventName, Status

_NOUN = (
    r"(?:agreements?|collaborations?|partnerships?|alliances?|pacts?|deals?|licen[cs]e[sd]?|"
    r"licen[cs]ing|co-?operations?|contracts?|ventures?|relationships?|tie-?ups?|accords?|"
    r"options?|rights)"
)
_NOT_YET = re.compile(
    (
        r"\b(?:may|might|could|can|would|option to|right to|rights to|if|upon|until|unless|"
        r"subject to|expects? to|expected to|eligible|"
        r"prior to|before|in the event|potential|possible|ability to|should|whether|either party|"
        r"customary)\b[^.;]{0,60}$"
    ),
    re.IGNORECASE,
)

_WRITTEN: tuple[tuple[DealEventName, str], ...] = (
    (
        "option-exercise",
        (
            r"\b(?:exercis(?:es|ed|ing|e) (?:of )?(?:its |the |their |an |a |(?:\w+ "
            r"){0,3}?)options?\b(?! to purchase)(?! agreement)"
            r"|option (?:has been |was |is )?exercised|opts? in(?:to)?\b|opted in\b|(?:picks?|takes?|"
            r"took|picked) up (?:its |the |an )?option)"
        ),
    ),
    (
        "termination",
        (
            r"\b(?:terminat(?:es|ed|ing|ion of|e)|end(?:s|ed|ing)?|cancel(?:s|led|ling)?|scraps?|"
            r"scrapped|dissolv\w+|discontinu\w+|break(?:s|ing)? (?:off|up)|"
            r"broke (?:off|up)|pull(?:s|ed)? out of|walk(?:s|ed|ing)? away from|withdr\w+ from|"
            r"exit(?:s|ed|ing)?|quit(?:s)?|let(?:s)? lapse|would not take up|"
            r"will not (?:exercise|take up|renew|extend)|drops?|dropped|dropping|"
            rf"abandon\w*)\b[^.;]{{0,50}}?\b{_NOUN}"
            rf"|\b{_NOUN}\b[^.;]{{0,60}}?\b(?:terminat(?:ed|ion)|has ended|have ended|ended|ends|will "
            r"end|be ended|lapsed?|cancelled|expired|is over|called off)\b"
            r"|\b(?:regain(?:s|ed|ing)?|reacquir\w+|re-acquir\w+|reclaim\w*|recover(?:s|ed)?|gets? "
            r"back|(?:takes?|took|buys?|bought|hand(?:s|ed|ing)?|gives?|gave|giving|given) (?:\w+ "
            r"){0,3}?back|return(?:s|ed|ing)?|relinquish\w*)\b[^.;]{0,70}?\b(?:rights?|licen[cs]e|"
            r"drug|inhibitor|candidate|program\w*|asset|compound|to \w+)"
            r"|\brights?\b[^.;]{0,60}?\b(?:revert|return(?:s|ed)?|come back|go back|given back)\b|"
            r"\bpart(?:s|ed|ing)? ways\b|\bpull(?:s|ed)? (?:the )?plug\b"
            r"|\b(?:split(?:s|ting)? (?:up|with)|go (?:their )?separate ways|divorce|\w+ returns? "
            r"(?:the |all )?)\b"
        ),
    ),
    (
        "closing",
        (
            r"\b(?:clos(?:es|ed|ing|ure)|complet(?:es|ed|ion|ing)|consummat\w+)\b(?: of| its| their| "
            rf"the| on| previously announced| exclusive| global| worldwide| \w+){{0,7}} (?:{_NOUN}|"
            r"transaction)\b"
            r"|\b(?:antitrust|hart-scott-rodino|hsr|regulatory) (?:clearance|approval)s? (?:for|of) "
            r"(?:the |its )?(?:\w+ ){0,3}(?:agreement|collaboration|transaction|licen[cs]e)"
            rf"|\b{_NOUN} (?:is |are |has |have |was )?(?:now |been )?(?:closed|completed|in effect|"
            r"effective)\b"
        ),
    ),
    (
        "amendment",
        (
            r"\b(?:amend(?:s|ed|ing|ment)?|restat(?:es|ed|ing)|renegotiat\w+|modif(?:y|ies|ied|"
            r"ication)|revis(?:es|ed|ion|ing)|modernis\w+|moderniz\w+|restructur\w+|rework\w*|"
            rf"rewrit\w+)\b[^.;]{{0,60}}?\b{_NOUN}|\b{_NOUN}\b[^.;]{{0,30}}?\b(?:amended|amendment|"
            r"modified|revised|renegotiated|restructured)\b"
        ),
    ),
    (
        "milestone",
        (
            r"\b(?:receiv(?:es|ed|ing|e)|receipt of|earn(?:s|ed|ing)?|achiev\w+|trigger(?:s|ed|ing)?|"
            r"reach(?:es|ed|ing)?|record(?:s|ed)?|entitled to|meets?|met|hits?|pays?|paid|due|"
            r"collects?|gets?|secures?|bags?|pockets?)\b[^.;]{0,75}?\bmilestones?\b(?! payments? "
            r"(?:of )?up)"
            r"|\bmilestones?\b(?: \w+){0,4} (?:has been |have been |was |were |is )?(?:achieved|"
            r"reached|met|triggered|received|earned|from)\b|\b(?:first|second|third|another|"
            r"cumulative|additional|new) (?:\S+ ){0,4}(?:milestone|licen[cs]ing) payments?\b"
        ),
    ),
    (
        "expansion",
        (
            r"\b(?:expand(?:s|ed|ing)?|expansion of|extend(?:s|ed|ing)?|extension (?:of|to)|"
            r"broaden(?:s|ed|ing)?|widen(?:s|ed|ing)?|enlarg(?:es|ed|ing|e)|prolong(?:s|ed|ing)?|"
            r"deepen(?:s|ed|ing)?|strengthen(?:s|ed|ing)?|adds? to|builds? (?:up)?on|renew(?:s|ed|"
            r"al)?|grow(?:s|ing)?)\b(?![^.;]{0,45}\b(?:pipeline|portfolio|business|menu|reach|"
            r"presence|access|footprint|into)\b)"
            rf"[^.;]{{0,60}}?\b{_NOUN}"
            rf"|\b{_NOUN}\b[^.;]{{0,40}}?\b(?:expanded|extended|extension|expansion|broadened|widened|"
            r"enlarged|grows)\b"
            r"|\b(?:expanded|extended|wider|enlarged|broadened|additional|"
            rf"further|follow-on) (?:\w+ ){{0,4}}?{_NOUN}\b"
        ),
    ),
)
_EVENTS: tuple[tuple[DealEventName, re.Pattern[str]], ...] = tuple(
    (event, re.compile(expression, re.IGNORECASE)) for event, expression in _WRITTEN
)
_TITLE, _LEAD, _SECOND = 3.0, 2.0, 1.0
_ENOUGH = 2.0
_RUMOUR = re.compile(
    (
        r"\b(?:in (?:\w+ )?(?:talks|discussions|negotiations)|(?:negotiations|discussions) (?:to|on|about)|"
        # Not "she talks to us about": that is an interview.
        r"(?:talks|negotiations|discussions) (?:with|over|between|to (?:in-)?(?:license|acquire|buy|sell|form|"
        r"partner|merge|collaborate|sign|secure|take|expand|extend|join))|people familiar|"
        r"sources? (?:said|say|close|with)|"
        r"is considering|are considering|said to be|reported to be|rumou?r\w*|"
        r"exploring (?:a |the )?(?:sale|options|deal|partnership|alternatives)|may "
        r"(?:partner|license|buy|sell)|early stages? of discuss\w+|close to (?:a|an|signing)|"
        r"near(?:s|ing)? (?:a |an )?deal|weighing|tease[sd]?|verge of)\b"
    ),
    re.IGNORECASE,
)
_LETTER = re.compile(
    (
        r"\b(?:letters? of (?:intent|understanding)|memorand(?:um|a) of (?:understanding|"
        r"agreement|cooperation)|\bMO[UA]s?\b|\bLOIs?\b|non-?binding|term sheet|agreement in "
        r"principle|plans? to (?:form|enter|sign)|intends? to (?:enter|form|collaborate))"
    ),
    re.IGNORECASE,
)
_SIGNED = re.compile(
    (
        r"\b(?:entered into|(?:has|have) signed|signed (?:a|an|the)|definitive|announced (?:today "
        r")?(?:a|an|the|that)|today announced|binding|executed|(?:has|have) granted|agreed to|"
        r"concluded)\b"
    ),
    re.IGNORECASE,
)


def event_of(document: Document, old: frozenset[int]) -> DealEventName:
    """Return what happened; `old` are the sentences that recall earlier agreements."""
    totals: dict[DealEventName, float] = {}
    for weight, sentence in _telling(document, old):
        for event, pattern in _EVENTS:
            if any(
                not _NOT_YET.search(sentence.text[max(0, m.start() - 90) : m.start()])
                for m in pattern.finditer(sentence.text)
            ):
                totals[event] = totals.get(event, 0.0) + weight
    enough = {event: total for event, total in totals.items() if total >= _ENOUGH}
    return max(enough, key=lambda event: enough[event]) if enough else "new"


def _telling(document: Document, old: frozenset[int]) -> list[tuple[float, Sentence]]:
    """Return the sentences that say what happened, with what each counts."""
    titles = [(_TITLE, s) for s in document.sentences if s.field == "title"]
    leads = [
        s for s in document.sentences if s.field == "text" and s.section in {"lead", "body"} and s.number not in old
    ][:3]
    return titles + list(zip((_LEAD, _SECOND, _SECOND), leads, strict=False))


def status_of(document: Document, event: DealEventName) -> Status:
    """Return how firm the agreement is."""
    if event == "closing":
        return "closed"
    first = [s for s in document.sentences if s.is_main and s.section != "quote"][:4]
    title, lead = document.title, " ".join(s.text for s in first if s.field == "text")
    if _LETTER.search(title) or (_LETTER.search(lead) and not _signed(lead)):
        return "non-binding"
    if _RUMOUR.search(title) or (_RUMOUR.search(lead) and not _SIGNED.search(lead)):
        return "rumoured"
    return "announced"


def _signed(lead: str) -> bool:
    """Whether a lead that mentions a letter of intent speaks of a signed agreement that followed it."""
    return (
        re.search(
            r"\b(?:definitive|following (?:the|a)|binding term sheet|after the signing of)\b", lead, re.IGNORECASE
        )
        is not None
    )
