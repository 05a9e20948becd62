"""Assets that have no name: "its chikungunya vaccine", "Example's liposome platform".

described(document, focus) -> (Named, …)       at most one, from what tells of the agreement
"""

from __future__ import annotations

import re
from itertools import chain

from deals.document import Document
from deals.focus import AGREEMENT, Focus
from news.reading import Named

_HEAD = (
    r"(?:vaccines?|platforms?|technolog(?:y|ies)|librar(?:y|ies)|tests?|assays?|devices?|injectors?|autoinjectors?|"
    r"rings?|"
    r"patch(?:es)?|inhalers?|capsids?|vectors?|toxin|contraceptives?|formulations?|biosimilars?|insulins?|patents?|"
    r"biomarkers?|nanoparticles?|antibod(?:y|ies)|gene therap(?:y|ies)|cell therap(?:y|ies)|drops?|sprays?|gels?|"
    r"creams?|"
    r"pumps?|implants?|stents?|catheters?|software|app|ADCs?|injections?|tablets?|capsules?|generics?|cartridges?|"
    r"kits?|lens(?:es)?|products|media|engagers?|degraders?|peptides?|inhibitors?)"
)
_RIGHTS = (
    r"(?:rights? (?:to|for|on)|registration of|licen[sc]e[ds]?(?: \w+)? (?:to|for|of|on)|licens(?:e|es|ed|ing)|"
    r"in-licens\w+|"
    r"out-licens\w+|"
    r"distribut(?:e|es|ing|ion of|or (?:of|for))|market(?:s|ing)?(?: of)?|sell(?:s|ing)?|commerciali[sz](?:e|es|ing|"
    r"ation of)|"
    r"agreement (?:for|on|covering)|option (?:on|to|for)|access to|suppl(?:y|ies)(?: of)?|acquir\w+|develop(?:s|ing|"
    r"ment of)?|"
    r"co-develop(?:ing)?|promot(?:e|es|ing|ion of)|use(?: of)?|manufactur(?:e|es|ing|e of)|deal (?:for|on))"
)
_OWNER = r"(?:its|their|the|[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2}[’']s?)"
_WHAT = rf"((?:(?!and\b|of\b|for\b|to\b|in\b|with\b)[\w/-]+ ){{1,5}}?{_HEAD})(?![\w-])"
_DESCRIBED = (
    re.compile(rf"\b{_RIGHTS} {_OWNER} {_WHAT}"),
    re.compile(
        rf"\b(?:[Dd]istribution|[Ll]icen[sc](?:e|ing)|[Cc]ommerciali[sz]ation|[Ss]upply)(?: [Aa]greement| [Dd]eal|"
        rf" [Pp]act)?"
        rf"(?: with(?: [A-Z][\w.&-]*){{1,4}})? (?:for|of|on) (?:an? |the |its |their )?{_WHAT}",
    ),
)
_NOTHING_SAID = re.compile(
    r"(?:(?:the|an?|its|their|new|novel|therapeutic|potential|monoclonal|first|exclusive|existing|companion|combined|"
    r"joint|product|"
    r"products|company|proprietary|"
    r"innovative|advanced|respective|own|these|two|global|commercial|approved|investigational|lead|underlying|"
    r"related|other|certain|same|licensed|[\w-]+ed) )+",
    re.IGNORECASE,
)


def described(document: Document, focus: Focus) -> tuple[Named, ...]:
    """Return what the agreement is about where it has no name but is somebody's: "its chikungunya vaccine"."""
    for sentence in sorted(focus.sentences, key=lambda s: (-focus.weight(s), s.number)):
        if focus.weight(sentence) < AGREEMENT:
            break
        for match in chain.from_iterable(pattern.finditer(sentence.text) for pattern in _DESCRIBED):
            start = match.start(1)
            skipped = _NOTHING_SAID.match(match[1])
            start += skipped.end() if skipped else 0
            name = sentence.text[start : match.end(1)]
            if " " in name:
                return (Named(name, document.evidence_of(sentence, start, match.end(1))),)
    return ()
