"""The slots of the grammar that show, or speak against, a party of an agreement, as named expressions.

Each expression's groups are the organisations that stand in the slot; §1§ stands for one (deals/masked.py). What else
shows a party, and who reads the slots, is deals/partysigns.py.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered

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

PARTY_SLOTS: tuple[tuple[str, Lowered], ...] = tuple(
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
        (
            "agrees",
            (
                rf"{_P}(?:,[^.;§]{{3,90}},)? (?:has |have |had )?(?:agree[sd]? to|(?:is|are) to (?:pay|get|"
                rf"receive|take|develop|"
                r"supply|make|sell|hand)|takes? over|took over|lays? out|shells? out|pass(?:es)? on|let go)\b"
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
        (
            "against-funder",
            (
                r"\b(?:grants?|fund(?:ing|ed)|awards?|donations?|invest(?:ors?|ment)|financing|placement|backed|"
                r"support(?:ed)?|"
                rf"led)\b[^.;§]{{0,50}} (?:from|by|including) {_P}"
            ),
        ),
        (
            "owned",
            (
                r"§\d+§[’']s (?:(?!(?:for|with|and|of|to|in|from|by|at|on|as)\b)[\w-]+ ){0,3}?"
                rf"{_P}(?![’'])"
            ),
        ),
        (
            "its-unit",
            rf"\b(?:its|their) (?:[\w-]+ ){{0,5}}(?:subsidiary|subsidiaries|unit|affiliate|arm|division),? {_P}",
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
