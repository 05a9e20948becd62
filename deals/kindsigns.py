"""What the words say about the kind of an agreement: signs of each kind, counted more in the headline than below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deals.patterns import Lowered, lowered
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
            r"\bwith an option\b|\boption to (?:buy|take over)\b|"
            r"\bgrants? (?:[^\s.;]+ ){0,3}option\b"
        ),
    ),
    ("option", -2.5, r"\b(?:exercis\w+|opt\w* in|(?:picks?|takes?|took|taking|picked) up)\b[^.;]{0,40}\boption\b"),
    (
        "clinical-collaboration",
        2.5,
        (
            r"\bclinical (?:trial |study |research |development )?(?:collaborat\w+|supply|partnership|"
            r"cooperation)|\b(?:combination|pragmatic|joint|prevention) (?:trial|"
            r"study)\b[^.;]{0,40}\b(?:with|together)\b|\b(?:evaluat\w+|test\w*|stud\w+|"
            r"assess\w*)\b[^.;]{0,90}\b(?:in combination with|together with|combined with|"
            r"combination)\b|\b(?:collaborat\w*|partner(?:s|ed|ing)?|team(?:s|ed|ing)? up)\b[^.;]{0,50}\b(?:trial|"
            r"clinical study|study of)\b|"
            r"\bto (?:test|evaluate|study|trial|be t(?:ri|est)ed)\b[^.;]{0,80}\bwith\b|"
            r"\bwill supply\b[^.;]{0,90}\b(?:trial|study)\b|"
            r"\bcollaborat\w*\b[^.;]{0,80}\b(?:clinical|pragmatic|phase \S+|mid-stage|late-stage) (?:trial|study)\b"
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
            r"commerciali[sz]e\b|\bsupply agreement|\bsales (?:agreement|contract|deal)|\bsells? it in\b|"
            r"\b(?:sole|exclusive) (?:agent|importer|reseller)|\bexclusive (?:[a-z]+ian|[a-z]+ese|[a-z]+ish|[a-z]+ean) "
            r"(?:agreement|rights)"
        ),
    ),
    (
        "co-development",
        2.2,
        (
            r"\bco-?develop\w*|\bjoint(?:ly)? develop\w*|\b(?:develop|build)\w*\b[^.;]{0,80}\b(?:jointly|side by side|"
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
            r"manufactur)\w*|\b(?:to|will) (?:manufacture|produce)\b|\bmanufacturing of\b"
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
        "option",
        2.2,
        (
            r"\boptions? to (?:an? |the )?(?:[^\s.;]+ ){0,4}(?:licen[cs]e|rights)\b|\b(?:acquire[sd]?|bought|buys?|has|"
            r"holds?|gets?|got|secure[sd]?|receive[sd]?) (?:the |an? )?(?:[^\s.;]+ ){0,2}(?:option|first (?:call|"
            r"refusal|"
            r"look)|right of first)\b"
        ),
    ),
    (
        "clinical-collaboration",
        3.0,
        (
            r"\bsupply\b[^.;]{0,60}\b(?:study|trial|clinical)\b|\b(?:suppl(?:y|ies|ied)|provid(?:e|es|"
            r"ed))\b[^.;]{0,80}\b"
            r"(?:free of charge|at no (?:cost|charge)|for free|for nothing)\b|\b(?:partner\w*|agreement|team\w*|"
            r"pact)\b[^.;]{0,60}\b"
            r"(?:for|on|to (?:run|conduct|execute|carry out)) (?:an? |the )?(?:[^\s.;]+ ){0,3}(?:trials?|study)\b|"
            r"\bcrada\b[^.;]{0,90}\b(?:trials?|study)\b|\b(?:dosed|tested|studied) (?:together|side by "
            r"side|in combination)\b|\b(?:is|as) (?:the )?(?:trial |study )?sponsor\b"
        ),
    ),
    (
        "co-development",
        2.2,
        (
            r"\b(?:halve|split|share|bear|carry)(?:s|ing)? (?:half (?:of )?|equally )?(?:the |all |its |"
            r"their )?(?:[^\s.;]+ "
            r"){0,2}(?:costs?|expenses?|profits?|burden|bill)\b|\beach (?:bear|pay|carry|keep)\w* half\b|\b(?:takes?|"
            r"taking|bring|move|advance)\b[^.;]{0,60}\bjointly\b"
        ),
    ),
    (
        "distribution",
        2.6,
        (
            r"\brights? to (?:exclusively )?(?:distribute|sell|market|import)\b|\btransfer price\b|"
            r"\bminimum (?:orders?|"
            r"purchases?|order)\b|\bexclusive (?:distribution|sales|selling) rights?\b|\b(?:regist(?:er|ration)) and "
            r"(?:sell|sales|distribut\w+|market\w*)\b|\bsales (?:network|partner|agent)\b"
        ),
    ),
    (
        "joint-venture",
        3.0,
        (
            r"\bjoint(?:ly[- ]owned)? compan(?:y|ies)\b|\bcompany in which (?:each|both|the (?:two|partners))\b|"
            r"\bjointly[- ]owned\b|\b(?:equally|half) "
            r"owned\b|\beach (?:holds?|owns?|own|hold|with|will hold|will own) (?:half|50|fifty)\b|\b(?:common|"
            r"new) company "
            r"(?:owned|held|to be)\b"
        ),
    ),
    (
        "acquisition",
        1.6,
        (
            r"\b(?:asset purchase|sale of (?:the )?(?:\w+ ){0,3}assets|acquir\w+ (?:the )?(?:\w+ "
            r"){0,4}(?:assets?|product|brand|drug)|divest\w+|sells? (?:the )?(?:assets?|product))\b"
        ),
    ),
)
_SIGNS: tuple[tuple[Kind, float, Lowered], ...] = tuple(
    (kind, weight, lowered(expression)) for kind, weight, expression in _WRITTEN
)
_WHERE = ("t", 3.0), ("f", 2.0), ("l", 1.0), ("b", 0.6)
# A headline says "collaboration" or "rights" of most agreements, "option" or "distributor" only where that is meant.
_COMMON: frozenset[Kind] = frozenset({"collaboration", "license", "acquisition"})
_NAMED_IN_HEADLINE = 1.65


def kind_signs(title: str, first: str, lead: str, body: str) -> Iterator[str]:
    """Yield the signs of each kind that the parts of an article show, and the kind for which they speak loudest."""
    totals: dict[Kind, float] = {}
    for (where, factor), text in zip(_WHERE, (title, first, lead, body), strict=True):
        for number, (kind, weight, pattern) in enumerate(_SIGNS):
            if pattern.search(text):
                meant = _NAMED_IN_HEADLINE if where == "t" and kind not in _COMMON else 1.0
                totals[kind] = totals.get(kind, 0.0) + weight * factor * meant
                yield f"k#{where}-{kind}-{number}"
    yield from _loudest(totals)


def _loudest(totals: dict[Kind, float]) -> Iterator[str]:
    ranked: Sequence[Kind] = sorted(totals, key=lambda kind: (-totals[kind], kind))
    for rank, kind in enumerate(ranked[:3]):
        yield f"k!{kind}-{rank}"
    if len(ranked) > 1 and totals[ranked[0]] > 1.5 * totals[ranked[1]]:
        yield f"k!{ranked[0]}-clear"
