"""The slots of the grammar in which the giver of rights stands, as named expressions over masked sentences.

Each expression is about one party, its last group. The weights beside the names are learned and stand in
lexicon/data/learned/roles.tsv; deals/directions.py counts.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered
from deals.slotwords import ANY, AUX, DEAL, GET, MONEY, RIGHTS, SELL, SUM, THING, P, S

GIVING: tuple[tuple[str, Lowered], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        (
            "grants",
            (
                rf"{S}{AUX} (?:grant|(?:give[sn]?\b|gave)(?! (?:{ANY} )?{SUM})|out-?licen|authori[sz]|transfer|"
                rf"assign|convey|confer|"
                rf"offload|cede|entrust|technology-export|part(?:s|ed) with|(?:allow|permit|let|enabl)\w* {ANY}|"
                rf"consent|pass(?:es)? on|"
                rf"(?:provid|contribut)\w* (?:{ANY}|[^.;§]{{0,40}}(?:{RIGHTS}|technolog|know-how|compound|"
                rf"platform|librar))|"
                rf"hand(?:s|ed|ing)?(?: over| off)?(?: [\w§-]+){{0,5}} {RIGHTS}|s(?:ell|"
                rf"old)\w*(?: \w+){{0,5}} {RIGHTS})\w*"
            ),
        ),
        ("licenses-to", rf"{S}{AUX} (?:sub|out-?)?licen[cs](?:e[sd]?|ing)\b[^.;§]{{0,80}} to {ANY}"),
        (
            "paid",
            (
                rf"{S}{AUX} (?:{GET}|earn\w*|pocket\w*|(?:be|is|was|been|being|are) (?:paid|handed|given)|eligible|"
                rf"entitled|see|sees|"
                r"nets?|reaps?|rakes? in|books?|stands? to \w+|gets? its hands on|forward to|reckons? on|counts? on)"
                rf"(?: \w+){{0,5}}? {MONEY}"
            ),
        ),
        ("eligible", rf"{S}{AUX.replace('eligible|entitled|', '')} (?:eligible|entitled|in line|due)\b"),
        (
            "payment-to",
            (
                rf"(?:{MONEY}[^.;§]{{0,40}} (?:to|for)|pay(?:s|ing)?|paid|owes?|owing|worth {SUM} to) {P}"
                rf"(?! (?:will|is|has) )"
            ),
        ),
        (
            "gives-money",
            rf"\b(?:bring|earn|net|hand|giv|gave|wire|send|land|hands|cost|reward)\w*(?: over)? {P} (?:with )?{SUM}",
        ),
        (
            "from",
            (
                r"\b(?:licen[cs]\w*|rights?|option|acquir\w*|obtain\w*|in-licen\w*|bought|buys?|pick\w* up|took|takes?|"
                r"introduc\w*|sourc\w*|purchas\w*|gain\w*|secur\w*)\b[^.;§]{0,110} (?:from|belonging to|"
                rf"owned by|developed by|invented by|discovered by|held by|created by|made by) {P}"
            ),
        ),
        ("of-giver", rf"\b(?:{THING}|{RIGHTS}|candidate|programme)\b(?:[^.;,§]{{0,30}})? of {P}"),
        (
            "developed-by",
            (
                r"(?<!be )\b(?:developed|discovered|invented|created|made|owned|patented|originated|manufactured|"
                rf"produced|designed|identified|supplied) (?:and \w+ )?(?:by|at) {P}"
            ),
        ),
        (
            "has-developed",
            (
                rf"{S}(?: (?:has|had|have|is|was|currently|already|itself|which|that|been|now|recently|"
                rf"originally)){{0,4}} "
                r"(?:developing|evaluating|testing|studying|advancing|working on|discovered|invented|created|"
                r"identified|designed|engineered|discovers|designs|engineers|pioneer\w+|owns?|invents?)\b"
            ),
        ),
        (
            "licensed-object",
            (
                rf"\b(?:in-)?licen[cs](?:e[sd]?|ing) {P}[’']|"
                rf"\b{DEAL} (?:\w+ ){{0,3}}?(?:to|for|on|over|of|under|in|covering|around|involving)"
                rf"(?: [\w-]+){{0,6}} {P}(?:[’']|-)|\bagreement (?:for|on|to) {P}[’']|\b(?:access|"
                rf"rights?) to {P} (?:[\w-]+ ){{0,3}}{THING}\b"
            ),
        ),
        ("owns", rf"{P}[’']s? (?:[\w-]+[ ,-]+){{0,7}}?{THING}\b"),
        ("own-drug", rf"{P}[’']s? [a-z]*[A-Z0-9][\w-]+"),
        (
            "names-thing",
            (
                rf"{P} (?:(?!(?:will|has|have|is|are|to|and|for|the|its|would|said|of|in|with|from|an?|"
                rf"on|by|may|can|who|which)\b)"
                rf"[\w-]+ ){{0,2}}{THING}\b"
            ),
        ),
        (
            "supplies",
            (
                rf"{S}{AUX} (?:be responsible for )?(?:manufactur\w*|suppl(?:y|ies|ied|ying)|produc\w+|"
                rf"deliver\w*|ship\w*|"
                r"makes?\b)"
            ),
        ),
        (
            "discovers",
            (
                rf"{S}{AUX} (?:use|apply|appl(?:y|ies)|discover\w*|design\w*|generat\w*|identif\w*|"
                r"screen\w*|deploy\w*|leverag\w*|utili[sz]\w*|build\w*|create)\b"
            ),
        ),
        (
            "uses-own",
            (
                r"(?:using|uses?|with|through|leverag\w*|apply\w*|combin\w*|employ\w*|utili[sz]\w*|based "
                rf"on|by|harness\w*|exploit\w*) {P}[’']s?"
            ),
        ),
        (
            "licensor",
            (
                rf"\b(?:licensor|originator|inventor|maker|developer|manufacturer|supplier),? {P}|{P}(?:, "
                r"the| is the| as) (?:licensor|originator|inventor|developer|manufacturer)"
            ),
        ),
        (
            "has-licensee",
            (
                rf"{P}[’']s (?:[\w-]+ ){{0,3}}(?:licensee|distributor|(?:marketing|commerciali[sz]ation|"
                rf"commercial) partner)"
            ),
        ),
        (
            "finds-taker",
            (
                rf"{S}{AUX} (?:found|finds?|lin\w+ up|names?|named|naming|appoint\w*|enlists?|hires?|chose|chooses|"
                r"selected|lands?|landed|secures?|secured|wins?|picks?|picked) (?:[\w§’'-]+ ){0,4}(?:as (?:its |"
                r"an? |the )?"
                r"(?:[\w-]+ ){0,3})?(?:taker|home|distributor|licensee|buyer|partner\b(?! with))"
            ),
        ),
        (
            "keeps",
            rf"{S}{AUX} (?:retain\w*|keep\w*|reserv\w*|remain\w* (?:the )?owner|hold(?:s|ing)? on to|stays? the)\b",
        ),
        (
            "stays-with",
            rf"\b(?:stay|remain|rest|revert)\w* (?:with|to) {P}|\bleav\w* [^.;§]{{0,60}} (?:to|with) {P}",
        ),
        (
            "regains",
            (
                rf"{S}{AUX} (?:regain\w*|reclaim\w*|recover\w*|gets? back(?! in)|"
                rf"get\w* [^.;§]{{0,30}}back|takes? back|took back|win\w* back|won back)"
            ),
        ),
        (
            "returned-to",
            rf"\b(?:return\w*|revert\w*|back|hand\w*|goes|go|come|comes)\b[^.;§]{{0,60}} to {P}|\bback (?:from|to) {P}",
        ),
        (
            "seeks-seller",
            (
                rf"{S}{AUX} (?:selects?|selected|chooses|chose|picks?|picked|taps?|tapped|hires?|hired|enlists?|"
                rf"engages?|engaged|"
                rf"(?:partner|team|work|sign|join|collaborat)\w*(?: up| forces)? with|turns? to|turned to) {ANY} "
                rf"(?:to|for the|in order to) (?:\w+ )?(?:{SELL}\w*|bring\w*|introduce|offer|sale|supply)"
            ),
        ),
        (
            "elided-paid",
            (
                rf"\A{P}(?![’'])[^.;]{{0,90}}(?:,| and) (?:gets?|to get|getting|receives?|receiving|nets?|"
                rf"pockets?|collects?|bags?|"
                rf"earns?|scores?|lands?) {SUM}"
            ),
        ),
        ("shares-of", rf"(?:shares?|stock|equity|stake) (?:of|in) {P}|{P}[’']?s? (?:shares?|stock|common)"),
        (
            "tapped",
            (
                rf"{ANY}{AUX} (?:turns? to|turned to|taps?|tapped|hires?|hired|enlists?|enlisted|signs? up|signed up|"
                rf"recruits?|"
                rf"looks to|bets? (?:[\w$€£.]+ )?on|doubles? down on|buys? into|joins?|backs?|chooses|chose) {P}"
                r"(?![’']? (?:as|to (?:sell|market|distribut|commerciali|promote|launch)))"
            ),
        ),
    )
)
