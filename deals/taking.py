"""The slots of the grammar in which the taker of rights stands, as named expressions over masked sentences.

Each expression is about one party, its last group, as in deals/giving.py; the last two say little of either side.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered
from deals.slotwords import ABROAD, ANY, AUX, DEAL, GET, GRAB, MONEY, RIGHTS, SELL, SUM, THING, P, S

TAKING: tuple[tuple[str, Lowered], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        (
            "licenses-from",
            (
                rf"{S}{AUX} (?:in-licen[cs](?:e[sd]?|ing)|licen[cs](?:e[sd]?|ing)\b[^.;§]{{0,80}} from {ANY}|"
                rf"licen[cs](?:es|ed|ing)?(?: (?:the|for))? (?:{ANY}[’']|"
                rf"{ANY} (?:[\w-]+ ){{0,3}}{THING}\b(?! rights| licen)))"
            ),
        ),
        (
            "obtains",
            (
                rf"{S}{AUX} (?:{GET}|hold\w*|(?:have|has)(?! (?:\w+ )?\w+(?:ed|en|"
                rf"out)\b))(?: [\w-]+){{0,6}} {RIGHTS}"
            ),
        ),
        (
            "obtains-far",
            rf"{S}{AUX} (?:receiv\w*|obtain\w*|gain\w*|secur\w*|acquir\w*|gets?|picks?)[^.;§]{{0,110}}{RIGHTS}",
        ),
        (
            "in-licenses",
            (
                rf"{S}{AUX} (?:in-?licen[cs]\w*|opts? in\w*|exercis\w*|(?:take|took|takes|taking) up\b|introduc\w*|"
                r"reacquir\w*|re-acquir\w*|buy\w* back|bought back)"
            ),
        ),
        ("grabs", rf"{S}{AUX} {GRAB} (?:[^.;§]{{0,70}} )?(?:from {ANY}|{ANY}[’'])"),
        (
            "taps",
            (
                rf"{S}{AUX} (?:turns? to|turned to|taps?|tapped|hires?|hired|enlists?|enlisted|signs? up|"
                rf"signed up|recruits?|"
                rf"looks to|bets? (?:[\w$€£.]+ )?on|doubles? down on|buys? into|backs?|chooses|chose) {ANY}"
                r"(?![’']? (?:as|to (?:sell|market|distribut|commerciali|promote|launch)))"
            ),
        ),
        (
            "pays",
            (
                rf"{S}{AUX} (?:pay\w*|paid|mak(?:e|es|ing) [^.;§]{{0,40}}(?:payment|investment)|invest\w*|fund\w*|"
                rf"ow(?:e|es|ing)|"
                r"hand\w* (?:over|out)|spend\w*|splash\w*|shell\w*|put\w*|commit\w*|offer\w*|bear\w*|"
                r"shoulder\w*|reimburs\w*|"
                r"cover\w*|foot\w*|lay(?:s|ing)? out|laid out|fork\w*|bets?\b|wager\w*|pledg\w*|pon(?:y|ies)|"
                r"cough\w*|stump\w*|"
                rf"(?:drop|hand|wire|stake)\w* {SUM})\b(?! (?:no|nothing)\b)"
            ),
        ),
        ("payment-from", rf"{MONEY}[^.;§]{{0,60}} (?:from|by) {P}"),
        (
            "to",
            (
                r"\b(?:grant\w*|giv\w*|licen[cs]\w*|transfer\w*|assign\w*|sold|sells?|out-?licen\w*|"
                r"rights?|option|exclusiv\w+|authori[sz]\w*|convey\w*|confer\w*|sale|hand\w*|provid\w*)\b"
                rf"[^.;§]{{0,60}} (?:to|upon) {P}"
            ),
        ),
        (
            "grant-object",
            (
                r"\b(?:grant(?:s|ed|ing)?|hand(?:s|ed|ing)?|gives?|gave|giving|authori[sz]\w*|appoint\w*|names?|named|"
                rf"licenses|award\w*|allow\w*|let|lets|enabl\w*|permit\w*|entitl\w*) {P}(?! {SUM})(?![’'])(?! option\b)"
                rf"(?! (?:[\w-]+ ){{0,3}}{THING}\b(?! rights| licen))"
            ),
        ),
        (
            "duty",
            (
                rf"{S}{AUX} (?:responsib\w+|in charge|develop\w*|conduct\w*|lead\w*|tak\w*+(?! (?:[$€£¥]|"
                rf"\w{{2,3}}\$? ?\d))|"
                r"assum\w*|handl\w*|carry|carries|run|runs|financ\w*|bear\w*)\b"
            ),
        ),
        (
            "sell",
            (
                rf"{S}{AUX} (?:be |become |becomes |be responsible for )?(?:{SELL}|the exclusive|"
                rf"sole)\w*+(?! (?:and \w+ )?(?:agreement|deal|right|licen|partner|pact|alliance|authori))"
            ),
        ),
        (
            "sold-by",
            (
                rf"\bbe (?:\w+ ){{0,2}}(?:commerciali[sz]ed|marketed|distributed|sold|promoted|launched|"
                rf"developed|carried)"
                rf"(?: (?!by\b)\w+){{0,4}} by {P}"
            ),
        ),
        (
            "for-sale-by",
            (
                rf"\b(?:for|under which|whereby|by which|in which) {P} (?:to |will |would |shall |"
                rf"is to )(?:\w+ )?{SELL}\w*"
            ),
        ),
        (
            "access",
            (
                rf"{S}{AUX} (?:access|gain access|have access|select\w*|nominat\w*|choos\w*|decid\w*|elect\w*|opt\b|"
                rf"wish\w*)"
            ),
        ),
        (
            "own-portfolio",
            (
                rf"{S}[^.;§]{{0,60}}\b(?:add|expand|strengthen|broaden|complement|bolster|boost|enhance|grow|"
                rf"enlarge|extend|"
                r"complete|round|deepen|fill)\w* (?:to )?its (?:[\w-]+ ){0,4}(?:portfolio|pipeline|franchise|"
                r"offering|line|"
                r"presence|position|layout)"
            ),
        ),
        (
            "portfolio",
            (
                rf"\b(?:add|expand|strengthen|broaden|complement|bolster|boost|enhance|fit|join|into|part|"
                rf"extend|grow)\w*"
                rf"(?: to| into| in| of)?(?: [\w-]+){{0,4}} {P}[’']s? (?:[\w-]+ ){{0,5}}(?:portfolio|pipeline|"
                rf"franchise|offering|"
                r"product line|line-up|presence|range)"
            ),
        ),
        (
            "own-network",
            (
                rf"{S}{AUX} (?:us(?:e|es|ing)|deploy\w*|leverag\w*|rel(?:y|ies)|employ\w*|{SELL}\w*|through|"
                rf"with)[^.;§]{{0,50}} its "
                r"(?:[\w-]+,? ){0,4}(?:sales force|field force|sales team|(?:distribution|sales|commercial\w*|"
                r"marketing) "
                r"(?:network|team|infrastructure|organi\w+|channels?|reach|presence))"
            ),
        ),
        (
            "network",
            (
                rf"{P}[’']s? (?:[\w-]+,? ){{0,6}}(?:distribution|sales|commercial\w*|marketing) (?:network|force|team|"
                r"infrastructure|organi[sz]ation|presence|channels?|capabilit\w+|reach|footprint|expertise|experience|"
                r"platform|partner)"
            ),
        ),
        (
            "distributor",
            (
                rf"{P}(?:, | as | is | becomes | hereby becomes | will be | acts as |[’']s role as )(?:an? |"
                rf"the |its |his )?"
                r"(?:exclusive |sole |new |local |u\.?s\.? |global |\w+ )?(?:distribut|licensee|promoter|"
                rf"marketing partner|agent)\w*|(?:distributor|licensee|sub-?licensee),? {P}|(?:appoint|"
                rf"name)\w* {P}|\bits (?:[\w-]+ ){{0,3}}(?:licensee|distributor|marketing partner),? {P}"
            ),
        ),
        (
            "made-for",
            (
                rf"\b(?:manufactur|suppl|produc|mak)\w* [^.;§]{{0,70}} (?:for|to) {P}|"
                rf"\bunder {P}[’']s? (?:\w+ ){{0,2}}(?:label|brand|name)"
            ),
        ),
        ("order-from", rf"\borders? (?:\w+ ){{0,3}}(?:from|by) {P}"),
        (
            "returns",
            (
                rf"{S}{AUX} (?:return\w*|hand\w* back|hand\w* [^.;§]{{0,40}}back|gives? back|gave [^.;§]{{0,30}}back|"
                rf"terminat\w*|"
                r"end(?:s|ed|ing)\b|drop\w*|pull\w*|walk\w*|lets? [^.;]{0,60}(?:lapse|expire|go)\b|"
                r"g[ia]v\w* [^.;]{0,60}back|"
                r"not (?:take|exercis)\w*|"
                r"discontinu\w*|opt\w* out|scrap\w*|stop\w*|bow\w* out|cut\w* ties|relinquish\w*|abandon\w*|declin\w*)"
            ),
        ),
        (
            "stake",
            (
                rf"{S}{AUX} (?:buy\w*|acquir\w*|purchas\w*|subscrib\w*|invest\w*|"
                r"tak\w*)[^.;§]{0,40}(?:shares?|stake|equity|stock)"
            ),
        ),
        ("option-of", rf"{P}[’']s (?:exclusive )?option\b"),
        ("optioned", rf"{P} option\b|\boption (?:on|to|over|for) (?:[\w-]+ ){{0,4}}{P}(?:[’'])"),
        (
            "with-for-rights",
            (
                rf"\b{DEAL} (?:\w+ ){{0,3}}?with {P} (?:for (?:[\w-]+ ){{0,5}}(?:rights?|licen[cs]e|option|"
                rf"access|use)\b|"
                r"(?:to|for the right to|that allows it to|allowing it to|under which it (?:will|would|can|may)) "
                r"(?:exclusively )?(?:acquire|(?:in-)?license|obtain|access|evaluate|use|gain|buy)\b)"
            ),
        ),
        (
            "acquirer",
            (
                rf"{S}{AUX} [^.;§]{{0,60}}\b{DEAL} (?:\w+ ){{0,3}}?with {ANY} (?:for (?:[\w-]+ ){{0,5}}(?:rights?|"
                rf"licen[cs]e|option|"
                r"access|use)\b|(?:to|for the right to|that allows it to|allowing it to|under which it (?:will|"
                r"would|can|may)) "
                r"(?:exclusively )?(?:acquire|(?:in-)?license|obtain|access|evaluate|use|gain|buy)\b)"
            ),
        ),
        (
            "elided-pays",
            (
                rf"\A{P}(?![’'])[^.;]{{0,90}}(?:,| and) (?:pays?|paying|to pay|invests?|investing|hands? over|"
                rf"puts? up|commits?|"
                rf"adds? (?:\w+ )?(?:targets?|program\w*|rights|option)|gains? (?:\w+ )?(?:rights|option|access)|"
                rf"gets? (?:\w+ )?(?:rights|option|access|licen[cs]e))\b"
            ),
        ),
        (
            "sought-seller",
            (
                rf"{ANY}{AUX} (?:selects?|selected|chooses|chose|picks?|picked|taps?|tapped|hires?|hired|"
                rf"enlists?|engages?|engaged|"
                rf"(?:partner|team|work|sign|join|collaborat)\w*(?: up| forces)? with|turns? to|turned to) {P} "
                rf"(?:to|for the|in order to) (?:\w+ )?(?:{SELL}\w*|bring\w*|introduce|offer|sale|supply)"
                rf"|\b(?:commercial|marketing|distribution|sales|regional|launch) {P}"
            ),
        ),
        (
            "acquires",
            (
                rf"{S}{AUX} (?:acquir(?:es?|ed|ing)|licen[cs]e[sd]|picks? up|picked up|snap(?:s|ped)? up|buys?|bought|"
                rf"takes? on|"
                rf"opt(?:s|ed) in|grabs?|scoops? up|gets? grip on)\b(?![^.;]{{0,90}} (?:to|from) {ANY})(?! {ANY})"
            ),
        ),
        ("settles", rf"{S}{AUX} (?:su(?:e|ed)|infring\w*)"),
        (
            "abroad-with",
            (
                rf"\b{ABROAD} (?:[\w-]+ ){{0,3}}?{DEAL} (?:\w+ ){{0,2}}with {P}|"
                rf"\b{DEAL} (?:\w+ ){{0,3}}with {P}[^.;§]{{0,110}} (?:in|for|across|throughout) (?:the )?{ABROAD}\b"
            ),
        ),
        (
            "sales-deal-with",
            (
                r"\b(?:distribution|marketing|commerciali[sz]ation|sales|promotion|wholesale|"
                r"reseller) (?:and \w+ )?"
                rf"(?:agreement|deal|partnership|contract|licen[cs]e|pact|"
                rf"alliance)s? (?:\w+ ){{0,3}}?with {P}"
            ),
        ),
        ("with", rf"\b(?:agreement|licen[cs]e|collaboration|deal|pact|partnership|alliance)\w* with {P}"),
        ("first", r"\A[^§]{0,80}§(\d+)§"),
    )
)
