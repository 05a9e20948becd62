"""Signs of what kind of news an article is: expressions that announcements of agreements share.

Each has a name, which is also the name of its weights in lexicon/data/learned. All gaps are bounded, so that matching
stays linear in the length of the text.
"""

from __future__ import annotations

from deals.othersigns import OTHER_NEWS
from deals.patterns import Lowered, lowered

_AGREEMENT = (
    r"(?:agreements?|collaborat\w+|partnerships?|alliances?|pacts?|deals?|licen[cs](?:e|es|ing)\b(?! application)|"
    r"joint ventures?|co-?develop\w*|co-?promot\w*|co-?commerciali\w*|options?|tie-?up|cooperation|co-operation)"
)
_SIGN = (
    r"(?:enter(?:s|ed|ing)?(?: into)?|sign(?:s|ed|ing)?|announc\w+|ink(?:s|ed)?|str(?:ikes?|"
    r"uck|iking)|form(?:s|ed|ing)|"
    r"forg(?:es?|ed|ing)|establish\w*|conclud\w+|execut(?:es?|ed)|reach(?:es|ed)|seal(?:s|ed)|"
    r"land(?:s|ed)|agreed? (?:on|to)|"
    r"has agreed|expand(?:s|ed|ing)?|extend(?:s|ed|ing)?|broaden\w*|launch\w*|pen(?:s|ned|"
    r"ning)|finali[sz]\w+|inks)"
)

# Each sign: its name, and the expression that shows it. All gaps are bounded, so that matching stays linear.
_AGREED: tuple[tuple[str, Lowered], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        ("agreement", rf"\b{_AGREEMENT}"),
        ("sign-agreement", rf"\b{_SIGN}\b(?:[ -][\w’'®™,/&.-]+){{0,9}}? {_AGREEMENT}"),
        ("agreement-with", rf"\b{_AGREEMENT}(?: \w+){{0,3}} (?:with|between|from)\b"),
        (
            "partner-with",
            (
                r"\b(?:partner(?:s|ed|ing)?|team(?:s|ed|ing)?(?: up)?|collaborat(?:es?|ed|ing)|join(?:s|"
                r"ed|ing)? forces) (?:with|on|in|to)\b"
            ),
        ),
        (
            "collaborate-to",
            (
                r"\b(?:to|will|and \w+) (?:collaborate|partner|co-?develop|jointly develop|co-?promote|"
                r"co-?commerciali[sz]e|join forces|team up)\b"
            ),
        ),
        (
            "licence-verb",
            (
                r"\b(?:in-|out-|sub-?)?licen[cs](?:es|ed|ing) (?!appl|fee|rev)|\bto (?:in-|"
                r"out-)?licen[cs]e\b|\bauthori[sz]es?\b"
            ),
        ),
        (
            "licence-noun",
            (
                r"\b(?:exclusive|non-?exclusive|worldwide|global|sole|fully paid|royalty-bearing)[ "
                r",\w-]{0,40} (?:licen[cs]e|rights?)\b"
            ),
        ),
        (
            "licence-agreement",
            (r"\blicen[cs](?:e|ing)(?: and [\w-]+| or [\w-]+)? (?:agreement|deal|pact|contract|accord)"),
        ),
        (
            "rights",
            (
                r"\brights? (?:to|for|in|on|of|over|from)\b|\b(?:commercial|marketing|development|"
                r"distribution|china|u\.s\.|global|worldwide) rights\b"
            ),
        ),
        ("grant", r"\bgrant(?:s|ed|ing)?\b[^.]{0,60}\b(?:licen[cs]e|rights?|option)\b"),
        (
            "obtain",
            (
                r"\b(?:obtain|acquir|gain|get|receiv|secur|pick|take|buy|snag|win|nab|land)\w*(?: "
                r"up)?\b[^.]{0,50}\b(?:licen[cs]e|rights|option)\b"
            ),
        ),
        (
            "option",
            (
                r"\boptions? (?:to|on|for|agreement|deal|right|fee|exercise|period)\b|\b(?:exclusive|"
                r"exercis\w+|the|its) option\b(?! to purchase)"
            ),
        ),
        (
            "distribution",
            (
                r"\b(?:distribut(?:ion|or|e|es|ed)|commerciali[sz]ation|marketing|supply|promotion) "
                r"(?:\w+ ){0,2}(?:agreement|deal|pact|partner|contract|rights)|\bexclusive(?:ly)? "
                r"(?:distribut|market|commerciali)"
            ),
        ),
        (
            "upfront",
            (
                r"\b(?:up-?front|initial|signing|down[- ]?|one-off|one-time|lump[- ]sum)[ -]?(?:cash |"
                r"license |licence |non-?refundable )*(?:payment|fee|sum|money|consideration)|"
                r"\bup-?front\b|\bat signing\b|\bon signature\b|\bsigning money\b"
            ),
        ),
        ("milestone", r"\bmilestones?\b"),
        (
            "milestone-paid",
            (
                r"\b(?:receiv|earn|achiev|trigger|reach|record|entitled|meets?\b|paid|pays?\b|"
                r"hits?\b)\w*[^.]{0,70}\bmilestones?\b|\bmilestone payment (?:of|from)\b"
            ),
        ),
        (
            "eligible",
            (
                r"\beligible (?:to receive|for)\b|\bcould (?:receive|be worth|bring)\b|\bworth (?:up to|"
                r"as much as)\b|\bas much as \$|\bup to \$"
            ),
        ),
        ("royalties", r"\broyalt(?:y|ies)\b"),
        (
            "terms",
            (
                r"\b(?:under|by) (?:the )?(?:terms of )?(?:the|this|an?) (?:\w+ ){0,3}(?:agreement|deal|"
                r"pact|collaboration|partnership|licen[cs]e|alliance)\b|\bterms of the\b|\bfinancial "
                r"(?:terms|details)\b|\bpursuant to the\b"
            ),
        ),
        (
            "responsible",
            (
                r"\b(?:will|shall|is to|be) (?:be )?(?:solely )?(?:responsib\w+|lead|fund|pay|develop|"
                r"conduct|handle|bear|carry)\b"
            ),
        ),
        ("both", r"\b(?:the|both|two) (?:companies|parties|partners|organi[sz]ations|sides|firms)\b|\bjointly\b"),
        (
            "terminate",
            (
                r"\b(?:terminat\w+|end(?:s|ed|ing)?|scrap\w*|cancel\w*|discontinu\w+|lapse[sd]?|"
                r"expire[sd]?|withdr\w+|wind\w* down|walk\w* away|pull\w* (?:out|the plug)|part\w* ways|"
                r"break\w* (?:off|up)|split\w*)\b[^.]{0,70}\b(?:agreement|collaborat\w+|partnership|"
                r"alliance|pact|deal|licen[cs]e|option)"
            ),
        ),
        (
            "returned",
            (
                r"\b(?:regain|re-?acquir|reclaim|return|hand(?:s|ed|ing)? back|revert|give[sn]? back|back "
                r"to|buy\w* back|reobtain)\w*[^.]{0,60}\b(?:rights|licen[cs]e|program\w*|drug)|"
                r"\brights?\b[^.]{0,40}\b(?:revert|return|come back)"
            ),
        ),
        (
            "amend",
            (
                r"\b(?:amend|restat|modif|revis|renegotiat|renew|prolong)\w*[^.]{0,50}\b(?:agreement|"
                r"collaborat\w+|partnership|alliance|pact|licen[cs]e|deal)"
            ),
        ),
        (
            "government",
            (
                r"\b(?:crada|cooperative research and development|national institutes?|department of|"
                r"ministry|barda|cepi|foundation|university|institute)\b"
            ),
        ),
        (
            "combination",
            (
                r"\b(?:combination|in combination|combined) with\b|\bclinical (?:trial )?(?:collaboration|"
                r"supply)"
            ),
        ),
        (
            "to-sell",
            (
                r"\b(?:to|will) (?:exclusively |jointly |co-?)?(?:promote|market|sell|distribute|"
                r"commerciali[sz]e|develop|license|launch|supply|make|manufacture)\b"
            ),
        ),
        (
            "study-together",
            (
                r"\b(?:collaborat\w*|partner\w*|work(?:s|ing)? (?:together|with)|"
                r"team\w*)\b[^.;]{0,60}\b(?:study|trial|research|program\w*|discover\w*|develop\w*|"
                r"evaluat\w*|test\w*)"
            ),
        ),
        (
            "takes-rights",
            (
                r"\b(?:in-licens\w+|licens(?:es|ed)|out-licens\w+|picks? up|takes? (?:on|rights)|gains?|"
                r"obtains?|secures?|grants?|hands?|signs? up|bags?|nabs?|snags?|lands?)\b"
            ),
        ),
        (
            "life",
            (
                r"\b(?:drugs?|therap\w+|clinical|patients?|diseases?|vaccin\w+|antibod\w+|pharma\w*|"
                r"biotech\w*|bio\w+|diagnostic\w*|medical|medicines?|treatments?|cancer|tumou?rs?|cells?|"
                r"genes?|genetic|proteins?|molecul\w+|inhibitors?|oncology|diabetes|health\w*|devices?|"
                r"peptides?|compounds?|insulin|generics?|assays?|bispecifics?|biosimilars?|nanobod\w+|phase \d\w*|"
                r"preclinical|neuro\w+|alzheimer\w*|parkinson\w*|lupus|asthma|hepatitis|obesity|leuk\w+|mrna|s[iI]rna|"
                r"crispr|car-?t|adcs?|radioligands?|injections?|tablets?|pills?)\b"
            ),
        ),
        ("lawsuit-end", r"\bsettl\w+[^.;]{0,120}\blicen[cs]e|\blicen[cs]e[^.;]{0,80}\bsettl"),
        ("purchase-rights", r"\b(?:acquir\w*|buy\w*|bought|purchas\w*)\b[^.;]{0,60}\b(?:rights|licen[cs]e)\b"),
        (
            "drops",
            (
                r"\b(?:drops?|dropped|pulls? the plug|pulled the plug|abandon\w*|hands? back|walks? away|"
                r"parts? ways|gives? up|returns?|returned|regains?|reacquires?|re-acquires?|lapse|ends?|"
                r"terminat\w+)\b"
            ),
        ),
        (
            ("licenses-own"),
            (
                r"\b(?:in-)?licens(?:e[sd]?|ing) [\w-]+(?: [\w-]+)?[’']s? |\bterms of the (?:new |"
                r"exclusive )?licen[cs]e agreement"
            ),
        ),
        ("settle", r"\bsettl\w+"),
        (
            "permit",
            (
                r"\b(?:operating|manufacturing|wholesale|import|export|production) licen[cs]es?\b|"
                r"\blicen[cs]e to (?:make|manufacture|operate|produce|import)\b|\blicen[cs]e (?:granted |"
                r"issued )?(?:by|from) the \w+ (?:medicines|agency|authority|regulator)"
            ),
        ),
        (
            "informatics",
            (
                r"\b(?:telehealth|telemedicine|video (?:consultation|visit)s?|resellers?|"
                r"blockchain|billing|electronic health records?|"
                r"staffing|health insur\w+|virtual (?:care|visits)|online (?:clinic|pharmacy)|scheduling|"
                r"patient portal)\b"
            ),
        ),
        ("partner", r"\bpartner(?:s|ed|ship|ships)?\b"),
    )
)
SIGNS = (*_AGREED, *OTHER_NEWS)
