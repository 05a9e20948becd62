"""What shows that an organisation is a party of the agreement that an article announces, as named features.

Every feature is a fact about one organisation: where it is named, how often, in which slots of the grammar. The weights
beside them are learned and stand in lexicon/data/learned/parties.tsv; deals/parties.py adds them up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from deals.document import Document
from deals.masked import Masked
from deals.organisations import Organisation
from deals.patterns import lowered

_DEAL = (
    r"(?:agreements?|collaborat\w+|partnerships?|alliances?|pacts?|deals?|licen[cs]\w+|"
    r"ventures?|co-?develop\w*|co-?promot\w*|"
    r"options?|tie-?up|co-?operation|contract|transaction|settlement|team|rights|accord)"
)
_SIGN = (
    r"(?:enter\w*|sign\w*|announc\w*|ink\w*|str(?:ikes?|uck)|form\w*|forg\w+|establish\w*|"
    r"conclud\w+|execut\w+|reach\w*|seal\w*|land\w*|agree\w*|"
    r"expand\w*|extend\w*|broaden\w*|launch\w*|pen\w*|finali[sz]\w+|partner\w*|collaborat\w*|"
    r"team\w*|join\w*|licen[cs]\w+|grant\w*|exercis\w+|terminat\w+|amend\w*|clos\w+|"
    r"settl\w+|obtain\w*|acquir\w*|gain\w*|secur\w*|receiv\w*|bought|buys?|takes?|took|"
    r"commit\w*|develop\w*|creat\w*|to \w+)"
)
_P = r"§(\d+)§"
_GAP = r"[^.;§]{0,70}?"

_SLOTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        (
            "pair-sign",
            (
                rf"{_P}(?:,|,? and|,? &) {_P}(?:(?:,|,? and) {_P})? (?:today |jointly |both |have |has |"
                rf"will |are |were |also |companies |on \w+ ){{0,4}}{_SIGN}"
            ),
        ),
        ("pair-deal", rf"{_P}(?: and |/|-|, ){_P}(?: \w+){{0,4}} {_DEAL}"),
        ("deal-pair", rf"\b{_DEAL} (?:\w+ ){{0,3}}(?:between|of|by) {_P},? and {_P}"),
        (
            "sign-subject",
            (
                rf"{_P} (?:today |has |have |also |had |that it |it |said |announced |will |is |are |on "
                rf"\w+ |plans |agreed ){{0,5}}{_SIGN}\b{_GAP}\b{_DEAL}"
            ),
        ),
        ("deal-with", rf"\b{_DEAL}\b{_GAP} (?:with|between|from|by) {_P}"),
        ("deal-with-far", rf"\b{_DEAL}\b[^.;]{{0,160}}? (?:with|from) (?:\w+ ){{0,4}}{_P}"),
        ("with-and", rf"\b(?:with|between|from) §\d+§,? and {_P}"),
        (
            "partner-with",
            (
                rf"\b(?:partner|collaborat|team|join|work|co-?develop|ally|allied)\w*(?: \w+){{0,3}} with "
                rf"{_P}"
            ),
        ),
        (
            "licence-from",
            (
                rf"\b(?:licen[cs]\w*|rights|option|acquir\w*|obtain\w*|in-licen\w*)\b[^.;]{{0,120}}? from "
                rf"{_P}"
            ),
        ),
        (
            "grant-to",
            (
                r"\b(?:grant\w*|giv\w*|licen[cs]\w+|rights|return\w*|hand\w*|authori[sz]\w*|"
                rf"transfer\w*)(?: back)?(?: to)? {_P}"
            ),
        ),
        ("to-party", rf"\b(?:licen[cs]e|rights|option|back|payable|paid)\b[^.;§]{{0,40}} to {_P}"),
        (
            "grants",
            (
                rf"{_P} (?:has |have |is |will |also |shall |had ){{0,2}}(?:grant|giv|out-?licen|licens|"
                r"authori[sz]|transfer|assign|convey)\w*"
            ),
        ),
        (
            "receives",
            (
                rf"{_P} (?:will |is |has |may |could |to |shall |also |would |can |stands |be |then |"
                rf"eligible |entitled ){{0,4}}(?:receiv\w*|get|gets|earn\w*|eligible|entitled|be paid|paid|"
                r"pocket\w*|collect\w*)"
            ),
        ),
        (
            "pays",
            (
                rf"{_P} (?:will |has |to |shall |is |also |would |agreed |must |itself ){{0,4}}(?:pay|pays|"
                r"paid|paying|make|makes|invest\w*|fund\w*|owe\w*|hand\w*)"
            ),
        ),
        (
            "duties",
            (
                rf"{_P} (?:will|shall|is|to|would)(?: be)?(?: also| then| solely)? (?:responsib\w+|lead|"
                r"conduct|develop|manufactur|commerciali|distribut|market|supply|handle|bear|carry|take|"
                r"have|hold|use|provide|own|retain|sell|contribut|obtain|gain)\w*"
            ),
        ),
        ("from-party", rf"\b(?:payment|paid|receive|received|fee|upfront|milestone|million)\b{_GAP} (?:from|by) {_P}"),
        (
            "owned-thing",
            (
                rf"{_P}[’']s? (?:\w+[ -]){{0,6}}(?:platform|technology|drug|candidate|program\w*|"
                r"antibod\w+|vaccine|compound|inhibitor\w*|product\w*|molecule\w*|portfolio|asset|"
                r"therap\w+|treatment|medicine|device|system|software|test|rights|library|pipeline|"
                r"know-how|patents?|assay)"
            ),
        ),
        (
            "to-exercise",
            (
                rf"{_P} (?:has |have |will |is |can |may |could |would ){{0,2}}(?:exercis\w*|opt\w*|"
                r"elect\w*|decid\w*|terminat\w*|return\w*|regain\w*|drop\w*|end\w*|walk\w*|hand\w*)"
            ),
        ),
        ("announces", rf"{_P} (?:said|says|announc\w+|report\w+|today|disclosed|confirmed|is pleased)"),
        (
            "chief",
            (
                r"\b(?:chief|ceo|president|head|director|officer|chairman|founder|executive|vice "
                rf"president|manager|spokes\w+)\b[^.;§]{{0,60}}(?: of| at| for|,) {_P}"
            ),
        ),
        (
            "chief-possessive",
            (
                rf"{_P}[’']s? (?:\w+ ){{0,3}}(?:chief|ceo|president|head|chairman|founder|spokes\w+|"
                r"director)"
            ),
        ),
        (
            "against-unit",
            (
                r"\b(?:subsidiary|unit|division|affiliate|arm|part|owned by|parent|member|company) (?:of|"
                rf"by|company) {_P}|\b(?:owned|acquired|bought|led|backed|funded) by {_P}"
            ),
        ),
        ("against-owned", rf"§\d+§[’']s? (?:[\w-]+ ){{0,4}}?{_P}"),
        (
            "against-parent",
            (
                rf"{_P}[’']?s? (?:wholly[- ]owned |majority[- ]owned |\w+ ){{0,2}}(?:subsidiary|unit|"
                r"affiliate|division|company|arm),? §\d+§"
            ),
        ),
        (
            "child",
            (
                rf"§\d+§[’']?s? (?:wholly[- ]owned |majority[- ]owned |\w+ ){{0,2}}(?:subsidiary|unit|"
                rf"affiliate|division),? {_P}|{_P},? (?:an?|the) (?:[\w-]+ ){{0,3}}(?:subsidiary|unit|"
                r"division|affiliate|member) of"
            ),
        ),
        (
            "against-analyst",
            (
                r"\b(?:analysts?|according to|bank(?:ers?)?|advis\w+|counsel|broker\w*|told|journal|"
                rf"published)\b(?: \w+){{0,4}} (?:at |of |with |to |by |in |from )?{_P}|{_P} (?:analyst|"
                r"acted as|served as|is acting)"
            ),
        ),
        ("against-place", rf"\b(?:in|near|at|based in|listed on|Phase|trial) {_P}"),
        (
            "against-rival",
            (
                r"\b(?:rivals?|compet\w+|like|such as|including|similar to|versus|unlike|alongside|among|"
                rf"previously|former\w*|earlier) (?:\w+ ){{0,3}}{_P}"
            ),
        ),
        (
            "against-product",
            (
                r"\b(?:drug|product|brand|medicine|vaccine|treatment|called|named|dubbed|known as|as) "
                rf"{_P}|{_P} (?:tablets?|capsules?|injection|is an? (?:\w+[ -]){{0,4}}(?:drug|inhibitor|"
                r"antibody|vaccine|treatment|therapy|test|molecule|agonist))"
            ),
        ),
        (
            "against-old",
            (
                rf"\b(?:19|20)\d\d\b[^.;§]{{0,60}}{_P}|{_P}[^.;§]{{0,60}}\b(?:in|since) (?:\w+ )?(?:19|"
                r"20)\d\d\b"
            ),
        ),
        (
            "against-person",
            (
                rf"{_P}(?:, (?:Ph|M\.?D|MBA)|[’']s (?:mother|father|wife|husband))|\b(?:Dr|Mr|Ms|Mrs|"
                rf"Prof)\.? {_P}"
            ),
        ),
    )
)


def party_signs(
    document: Document, organisations: Sequence[Organisation], sentences: Sequence[Masked]
) -> list[set[str]]:
    """Return the features of each organisation, in their order."""
    found: list[set[str]] = [{"always"} for _ in organisations]
    _slots(found, sentences)
    _places(document, found, organisations)
    for features, one in zip(found, organisations, strict=True):
        features.update(f"is-{sign}" for sign in one.signs)
        if " " not in one.name:
            features.add("one-word")
        if any(letter.isdigit() for letter in one.name):
            features.add("digit")
        if one.name.isupper() and len(one.name) < 7:
            features.add("capitals")
        if not one.signs & {"known", "suffix", "head", "public", "ticker", "defined", "apposition", "before", "camel"}:
            features.add("weak")
    _ranks(found, organisations)
    return found


def _slots(found: list[set[str]], sentences: Sequence[Masked]) -> None:
    """Add the slots of the grammar in which each organisation stands, and whether in headline, lead or body."""
    for one in sentences:
        if one.sentence.section in {"about", "legal", "contact"}:
            continue
        text = one.text.lower()
        where = {"headline": "head", "lead": "lead"}.get(one.sentence.section, "body")
        for name, pattern in _SLOTS:
            for match in pattern.finditer(text):
                for group in match.groups():
                    if group is not None:
                        found[int(group)].add(f"{name}")
                        found[int(group)].add(f"{name}@{where}")


def _places(document: Document, found: list[set[str]], organisations: Sequence[Organisation]) -> None:
    """Add where each organisation is named: title, first sentences, how many sentences, profile headings."""
    sections = {sentence.number: sentence.section for sentence in document.sentences}
    main = [s.number for s in document.sentences if s.is_main and s.field == "text"]
    order = {number: place for place, number in enumerate(main)}
    for features, one in zip(found, organisations, strict=True):
        numbers = {mention.sentence for mention in one.mentions}
        inside = sorted(order[number] for number in numbers if number in order)
        if any(mention.field == "title" for mention in one.mentions):
            features.add("in-title")
        first = inside[0] if inside else 99
        features.add(f"first-in-{first if first < 5 else 'late' if first < 99 else 'none'}")
        if inside and first * 2 > len(main):
            features.add("second-half")
        for reached in range(1, min(len(inside), 8) + 1):
            features.add(f"sentences-{reached}")
        for reached in (20, 40, 60):
            if len(inside) * 100 >= reached * max(len(main), 1):
                features.add(f"share-{reached}")
        for section in ("about", "quote", "lead"):
            if any(sections.get(number) == section for number in numbers):
                features.add(f"in-{section}")
        if any(_opens_profile(document, mention.start) for mention in one.mentions if mention.field == "text"):
            features.add("profile")


def _opens_profile(document: Document, start: int) -> bool:
    before = document.text[max(0, start - 10) : start]
    return before.endswith(("About ", "About the ")) and document.text[max(0, start - 11) : start].lstrip().startswith(
        "About"
    )


def _ranks(found: list[set[str]], organisations: Sequence[Organisation]) -> None:
    """Add each organisation's rank by the number of its mentions, and by its place."""
    counts = Counter({number: len(one.mentions) for number, one in enumerate(organisations)})
    for rank, (number, _) in enumerate(counts.most_common(5)):
        found[number].add(f"rank-{rank}")
    for number in range(min(4, len(organisations))):
        found[number].add(f"order-{number}")
    total = min(len(organisations), 8)
    for features in found:
        features.add(f"of-{total}")
