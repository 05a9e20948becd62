"""Who gives rights and who gets them: the slots of the grammar that point one way or the other, as named features.

`directions` counts, for each organisation, the slots in which it stands: "grants", "is paid", "owns what is licensed"
on the side of the giver; "obtains rights", "pays", "takes over development" on the side of the taker. The weights
beside them are learned and stand in lexicon/data/learned/roles.tsv; deals/roles.py adds them up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from deals.masked import Masked
from deals.patterns import lowered

_P = r"§(\d+)§"
_S = (
    r"(?<!with )(?<!from )(?<! to )(?<! by )(?<! of )(?<! for )§(\d+)§"
    r"(?:, [^.;,]{1,50},)?(?:[^§.;]{0,90}?[ ,](?:it|and|which|who|they))?"
)
_AUX = (
    r"(?:,? (?:and|which|who|that|then|also|has|have|had|will|would|shall|is|are|was|to|be|"
    r"could|may|might|can|stands|agreed|today|now|in turn|further|announced|said|it|solely|"
    r"fully|first|immediately|eligible|entitled|expects?|already|both)\b){0,6}"
)
_RIGHTS = r"(?:licen[cs]es?|rights?|options?|exclusiv\w+|sublicen[cs]e)"
_MONEY = (
    r"(?:(?:[$€£¥]|US\$|USD|EUR|CHF|SEK|up-?front|milestones?|payments?|royalt\w+|fees?|"
    r"million|billion|mln|mn|cash|(?:\w+ ){0,2}(?:million|billion))\b|[$€£¥])"
)
_THING = (
    r"(?:platform|technolog\w+|drug|candidate|program\w*|antibod\w+|vaccine|compound|"
    r"inhibitor\w*|products?|molecule\w*|portfolio|asset|therap\w+|treatment|medicine|device|"
    r"system|software|tests?|librar\w+|pipeline|know-how|patents?|assay|biosimilar|peptide|"
    r"protein|degrader\w*|cells?|capsule|gel|spray|formulation|proprietary|patented|lead|"
    r"experimental|investigational|novel)"
)

_SLOTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        (
            "grants",
            (
                rf"{_S}{_AUX} (?:grant|give[sn]?\b|gave|out-?licen|authori[sz]|transfer|assign|convey|"
                r"provid|contribut)\w*"
            ),
        ),
        ("licenses-to", rf"{_S}{_AUX} (?:sub|out-?)?licen[cs](?:e[sd]?|ing)\b[^.;§]{{0,80}} to §\d+§"),
        ("licenses-from", rf"{_S}{_AUX} (?:in-)?licen[cs](?:e[sd]?|ing)\b[^.;§]{{0,80}} (?:from )?§\d+§"),
        (
            "licensed-object",
            (
                rf"\b(?:in-)?licen[cs](?:e[sd]?|ing) {_P}[’']|\b(?:licen[cs](?:e[sd]?|ing)|acquir\w+|"
                rf"obtain\w*|gain\w*|secur\w*|get[s]?|takes?|buys?|access)\b[^.;§]{{0,60}}(?:rights?|"
                rf"licen[cs]e|option|access)[^.;§]{{0,40}} (?:to|for|on|over|of|under|in) {_P}[’']|"
                rf"agreement (?:for|on|to) {_P}[’']"
            ),
        ),
        (
            "obtains",
            (
                rf"{_S}{_AUX} (?:receiv\w*|obtain\w*|gain\w*|secur\w*|acquir\w*|gets?|getting|got|pick\w*|"
                r"takes?|took|taking|buy\w*|bought|hold\w*|have|has|enjoy\w*|retain\w*|snag\w*|wins?|"
                rf"land\w*)(?: \w+){{0,6}} {_RIGHTS}"
            ),
        ),
        (
            "obtains-far",
            (
                rf"{_S}{_AUX} (?:receiv\w*|obtain\w*|gain\w*|secur\w*|acquir\w*|gets?|"
                rf"picks?)[^.;§]{{0,110}}{_RIGHTS}"
            ),
        ),
        ("in-licenses", rf"{_S}{_AUX} (?:in-?licen[cs]\w*|opts? in\w*|exercis\w*)"),
        (
            "paid",
            (
                rf"{_S}{_AUX} (?:receiv\w*|gets?|earn\w*|collect\w*|pocket\w*|be paid|paid|being paid|"
                rf"eligible|entitled|handed|given|obtain\w*)(?: \w+){{0,5}} {_MONEY}"
            ),
        ),
        ("eligible", rf"{_S}{_AUX.replace('eligible|entitled|', '')} (?:eligible|entitled|in line|due)\b"),
        (
            "pays",
            (
                rf"{_S}{_AUX} (?:pay\w*|paid|mak\w+|invest\w*|fund\w*|ow(?:e|es|ing)|hand\w* over|spend\w*|"
                r"shell\w*|put\w*|commit\w*|offer\w*|bear\w*|shoulder\w*|reimburs\w*|cover\w*)\b"
            ),
        ),
        ("payment-from", rf"{_MONEY}[^.;§]{{0,60}} (?:from|by) {_P}"),
        (
            "payment-to",
            (
                rf"(?:{_MONEY}[^.;§]{{0,40}} to|pay(?:s|ing)?|paid|hands?|handing|owes?|gives?|brings?|"
                rf"earns?) {_P}"
            ),
        ),
        (
            "from",
            (
                r"\b(?:licen[cs]\w*|rights?|option|acquir\w*|obtain\w*|in-licen\w*|bought|buys?|pick\w* "
                rf"up|took|takes?)\b[^.;§]{{0,110}} (?:from|of|by|belonging to|owned by|developed by|"
                rf"invented by|discovered by) {_P}"
            ),
        ),
        (
            "developed-by",
            (
                r"\b(?:developed|discovered|invented|created|made|owned|patented|originated|manufactured|"
                rf"produced) (?:and \w+ )?(?:by|at) {_P}"
            ),
        ),
        (
            "to",
            (
                r"\b(?:grant\w*|giv\w*|licen[cs]\w*|transfer\w*|assign\w*|sold|sells?|out-?licen\w*|"
                rf"rights?|option|exclusiv\w+|authori[sz]\w*)\b[^.;§]{{0,60}} to {_P}"
            ),
        ),
        (
            "grant-object",
            (
                r"\b(?:grant(?:s|ed|ing)?|gives?|gave|giving|authori[sz]e[sd]?|appoint\w*|names?|named|"
                rf"licenses|award\w*) {_P}"
            ),
        ),
        ("owns", rf"{_P}[’']s? (?:[\w-]+[ ,-]+){{0,7}}?{_THING}"),
        ("own-drug", rf"{_P}[’']s? [A-Z][\w-]+"),
        (
            "duty",
            (
                rf"{_S}{_AUX} (?:responsib\w+|develop\w*|commerciali[sz]\w*|market\w*|distribut\w*|sell\w*|"
                r"promot\w*|conduct\w*|lead\w*|take\w*+(?! (?:[$€£¥]|\w{2,3}\$? ?\d))|"
                r"assum\w*|handl\w*|launch\w*|register\w*|carry|run|"
                r"finance)\b"
            ),
        ),
        (
            "sell",
            (
                rf"{_S}{_AUX} (?:be |become |becomes )?(?:market|distribut|sell|promot|commerciali|"
                r"exclusive(?:ly)? (?:distribut|market|sell|promot|commerciali)|the exclusive|sole)\w*"
            ),
        ),
        (
            "supplies",
            (
                rf"{_S}{_AUX} (?:be responsible for )?(?:manufactur\w*|suppl(?:y|ies|ied|ying)|produc\w+|"
                r"deliver\w*|ship\w*)\b"
            ),
        ),
        (
            "discovers",
            (
                rf"{_S}{_AUX} (?:use|apply|appl(?:y|ies)|discover\w*|design\w*|generat\w*|identif\w*|"
                r"screen\w*|deploy\w*|leverag\w*|utili[sz]\w*|build\w*|create)\b"
            ),
        ),
        (
            "uses-own",
            (
                r"(?:using|uses?|with|through|leverag\w*|apply\w*|combin\w*|employ\w*|utili[sz]\w*|based "
                rf"on|by) {_P}[’']s?"
            ),
        ),
        ("access", rf"{_S}{_AUX} (?:access|gain access|have access|select\w*|nominat\w*|choos\w*)\b"),
        (
            "distributor",
            (
                rf"{_P}(?:, | as | is | becomes | will be |[’']s role as )(?:an? |the |its |his "
                r")?(?:exclusive |sole |new |local |u\.?s\.? |\w+ )?(?:distribut|licensee|promoter|"
                rf"marketing partner|agent)\w*|(?:distributor|licensee|sub-?licensee),? {_P}|(?:appoint|"
                rf"name)\w* {_P}"
            ),
        ),
        (
            "licensor",
            (
                rf"(?:licensor|originator|inventor|maker|developer|manufacturer|supplier),? {_P}|{_P}(?:, "
                r"the| is the| as) (?:licensor|originator|inventor|developer|manufacturer)"
            ),
        ),
        (
            "returns",
            (
                rf"{_S}{_AUX} (?:return\w*|hand\w* back|gives? back|terminat\w*|end(?:s|ed|ing)\b|drop\w*|"
                r"pull\w*|walk\w*|let\w*|not (?:take|exercis)\w*|discontinu\w*|opt\w* out)"
            ),
        ),
        (
            "regains",
            (
                rf"{_S}{_AUX} (?:regain\w*|reacquir\w*|re-acquir\w*|reclaim\w*|recover\w*|gets? back|"
                rf"get\w* [^.;§]{{0,30}}back|retains?|keeps?|takes? back|buy\w* back)"
            ),
        ),
        (
            "returned-to",
            (
                rf"\b(?:return\w*|revert\w*|back|hand\w*|reverts?)\b[^.;§]{{0,60}} to {_P}|\bback (?:from|"
                rf"to) {_P}"
            ),
        ),
        (
            "stake",
            (
                rf"{_S}{_AUX} (?:buy\w*|acquir\w*|purchas\w*|subscrib\w*|invest\w*|"
                rf"tak\w*)[^.;§]{{0,40}}(?:shares?|stake|equity|stock)"
            ),
        ),
        ("shares-of", rf"(?:shares?|stock|equity|stake) (?:of|in) {_P}|{_P}[’']s? (?:shares?|stock|common)"),
        ("settles", rf"{_S}{_AUX} (?:su(?:e|ed)|infring\w*)"),
        ("first", r"\A[^§]{0,80}§(\d+)§"),
        ("with", rf"\b(?:agreement|licen[cs]e|collaboration|deal|pact|partnership|alliance)\w* with {_P}"),
    )
)
NAMES = tuple(name for name, _ in _SLOTS)


def directions(organisations: int, sentences: Sequence[Masked], old: frozenset[int]) -> list[Counter[str]]:
    """Return, for each organisation, how often it stands in each slot; at most three count."""
    found: list[Counter[str]] = [Counter() for _ in range(organisations)]
    for one in sentences:
        section = one.sentence.section
        if section in {"about", "legal", "contact"}:
            continue
        text = one.text.lower()
        weight = 1 if one.sentence.number not in old and section != "quote" else 0
        for name, pattern in _SLOTS:
            if name == "first" and section != "headline":
                continue
            for match in pattern.finditer(text):
                if weight:
                    found[int(match[match.lastindex or 1])][name] += weight
    return [Counter({name: min(count, 3) for name, count in one.items()}) for one in found]
