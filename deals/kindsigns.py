"""What the words say about the kind of an agreement: signs of each kind, counted more in the headline than below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deals.patterns import lowered
from news.reading import Kind

_WRITTEN: tuple[tuple[Kind, float, str], ...] = (
    (
        "option",
        2.2,
        (
            r"\boptions? (?:and licen[cs]e |and collaboration |and \w+ )?(?:agreement|deal|pact)|"
            r"\b(?:an?|exclusive|secures?|grants?|obtain\w*|lines up|buys?|takes?|lets?) (?:an? "
            r")?(?:exclusive |worldwide )?options?\b(?! to add)(?! to expand)|\boption (?:to "
            r"(?:exclusively )?(?:license|in-license|acquire|develop|negotiate|the)|on|for|period)\b|"
            r"\bwith an option\b"
        ),
    ),
    ("option", -2.5, r"\b(?:exercis\w+|opt\w* in|picks? up)\b[^.;]{0,40}\boption\b"),
    (
        "clinical-collaboration",
        2.5,
        (
            r"\bclinical (?:trial |study |research |development )?(?:collaborat\w+|supply|partnership|"
            r"cooperation)|\b(?:combination|pragmatic|joint|phase \w+|prevention|clinical) (?:trial|"
            r"study)\b[^.;]{0,40}\b(?:with|together)\b|\b(?:evaluat\w+|test\w*|stud\w+|"
            r"assess\w*)\b[^.;]{0,90}\b(?:in combination with|together with|combined with|"
            r"combination)\b|\b(?:collaborat\w*|partner\w*|team\w*)\b[^.;]{0,50}\b(?:trial|study)\b|"
            r"\bto (?:test|evaluate|study|trial)\b[^.;]{0,80}\bwith\b"
        ),
    ),
    (
        "co-commercialisation",
        2.6,
        (
            r"\bco-?promot\w*|\bco-?commerciali\w*|\bco-?market\w*|\bpromot(?:e|es|ion|ing) "
            r"(?:agreement|right\w*|service\w*|deal)|\b(?:to|will) (?:exclusively )?promote\b|"
            r"\bpromoter\b"
        ),
    ),
    (
        "co-commercialisation",
        3.0,
        (
            r"\b(?:sell|market|promote|commerciali[sz]e)\b[^.;]{0,60}\b(?:together|side by side|"
            r"jointly)\b"
        ),
    ),
    (
        "distribution",
        2.2,
        (
            r"\bdistribut(?:ion|or|ors|e|es|ed|ing)\b|\bcommerciali[sz]ation (?:agreement|deal|"
            r"partner\w*|pact)|\bmarketing (?:agreement|deal|rights|pact)|\b(?:to|will) (?:sell|"
            r"market)\b|\bexclusive(?:ly)? (?:sell|market|right to sell)|\bsales and marketing\b|\bto "
            r"commerciali[sz]e\b|\bsupply agreement|\bbring\b[^.;]{0,40}\bto (?:patients in )?(?:the "
            r")?[A-Z]"
        ),
    ),
    (
        "co-development",
        2.2,
        (
            r"\bco-?develop\w*|\bjoint(?:ly)? develop\w*|\bdevelop\w* (?:\w+ ){0,3}(?:jointly|"
            r"together)|\bjoint development|\bdevelopment and (?:co-?)?commerciali[sz]ation "
            r"(?:collaboration|alliance)|\bshare (?:the )?(?:costs|profits|development)|\bprofit[- "
            r"]shar\w+|\bcost[- ]shar\w+|\bframework (?:agreement|pact)|\bcompanion (?:test|"
            r"diagnostic)"
        ),
    ),
    ("joint-venture", 3.0, r"\bjoint[- ]ventures?\b|\bJV\b|\b50[/:-]50\b"),
    (
        "manufacturing",
        2.4,
        (
            r"\b(?:manufactur\w+|production|supply) (?:services |and supply |and \w+ )?(?:agreement|"
            r"deal|partner\w*|contract|alliance|collaboration)|\bcdmo\b|\bcontract (?:development|"
            r"manufactur)\w*|\b(?:to|will) (?:manufacture|produce)\b|\bmanufacturing of\b|\bto make\b|"
            r"\bdecentrali[sz]ed\b"
        ),
    ),
    (
        "collaboration",
        1.6,
        (
            r"\b(?:research|discovery|strategic|scientific|multi-\w+) (?:and \w+ )?(?:collaborat\w+|"
            r"partnership|alliance|agreement|team)|\bcollaborat\w+|\bteam\w* up|\bjoin forces|\bjoins "
            r"forces|\bpartner(?:s|ed|ship)? (?:with|to|on)\b|\bdiscover\w*\b|\balliance\b|\bresearch "
            r"programme?\b"
        ),
    ),
    (
        "license",
        1.8,
        (
            r"\b(?:in-|out-|sub)?licen[cs](?:e|es|ed|ing|ee|or)\b(?! application)|\brights? (?:to|for|"
            r"in|on|of|over|from)\b|\b(?:worldwide|global|china|asian|exclusive|commercial) rights\b|"
            r"\btechnology transfer\b|\bauthori[sz]e[sd]?\b"
        ),
    ),
    ("license", 0.8, r"\bpatents?\b|\broyalt(?:y|ies)\b|\bsettl\w+\b|\brights\b|\bmilestones?\b"),
    (
        "acquisition",
        1.6,
        (
            r"\b(?:asset purchase|sale of (?:the )?(?:\w+ ){0,3}assets|acquir\w+ (?:the )?(?:\w+ "
            r"){0,4}(?:assets?|product|brand|drug)|divest\w+|sells? (?:the )?(?:assets?|product))\b"
        ),
    ),
)
_SIGNS: tuple[tuple[Kind, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, lowered(expression)) for kind, weight, expression in _WRITTEN
)
_WHERE = ("t", 3.0), ("f", 2.0), ("l", 1.0), ("b", 0.6)


def kind_signs(title: str, first: str, lead: str, body: str) -> Iterator[str]:
    """Yield the signs of each kind that the parts of an article show, and the kind for which they speak loudest."""
    totals: dict[Kind, float] = {}
    for (where, factor), text in zip(_WHERE, (title, first, lead, body), strict=True):
        for number, (kind, weight, pattern) in enumerate(_SIGNS):
            if pattern.search(text):
                totals[kind] = totals.get(kind, 0.0) + weight * factor
                yield f"k#{where}-{kind}-{number}"
    yield from _loudest(totals)


def _loudest(totals: dict[Kind, float]) -> Iterator[str]:
    ranked: Sequence[Kind] = sorted(totals, key=lambda kind: (-totals[kind], kind))
    for rank, kind in enumerate(ranked[:3]):
        yield f"k!{kind}-{rank}"
    if len(ranked) > 1 and totals[ranked[0]] > 1.5 * totals[ranked[1]]:
        yield f"k!{ranked[0]}-clear"
