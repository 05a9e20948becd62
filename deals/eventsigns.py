"""How news word what happened to an agreement: an expression for each turn of phrase, and how much it proves.

`EVENT_SIGNS` holds (event, weight, expression). A weight of 1 leaves no doubt ("has terminated its licence agreement"),
one half is said of other things too ("walks away"). All gaps are bounded, so that matching stays linear.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered
from news.reading import DealEventName

NOUN = (
    r"(?:agreements?|collaborations?|partnerships?|alliances?|pacts?|deals?|licen[cs]e[sd]?|"
    r"licen[cs]ing|co-?operations?|contracts?|ventures?|relationships?|tie-?ups?|accords?|"
    r"options?|rights)"
)
_THING = (
    r"(?:rights?|licen[cs]es?|control|drugs?|inhibitors?|candidates?|program(?:me)?s?|projects?|assets?|compounds?|"
    r"antibod(?:y|ies)|vaccines?|therap(?:y|ies)|ADCs?|degraders?|radioligands?|molecules?|agonists?|pills?|"
    r"treatments?|medicines?|products?|bispecifics?|peptides?|siRNAs?|technolog(?:y|ies))"
)
# What stands between an ending and what is ended: no lawsuit, no quarter and no other clause.
_ENDED_GAP = (
    r"(?:(?!\b(?:suits?|lawsuits?|disputes?|litigation|fights?|feud|row|quarrel|war|case|by|with|via|when|after|"
    r"quarter|year|months?|day|session|shares|trading|stage|points?|user|date)\b)[^.;]){0,60}?"
)
_END = (
    r"(?:terminat(?:es|ed|ing|e)|end(?:s|ed|ing)?(?! of\b)(?!-)(?! (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec)\w* )?\d)|cancel(?:s|led|ling|ed)?|scrap(?:s|ped|ping)?|"
    r"dissolv\w+|w(?:i|ou)nd(?:s|ing)? (?:up|down)|call(?:s|ed|ing)? off|br(?:ea|o)k(?:e|s|ing)? (?:off|up)|"
    r"discontinu\w+|ax(?:e|es|ed|ing)|ditch\w*|quits?|exit(?:s|ed|ing)?|withdr(?:aws?|ew|awing|awn) from|"
    r"pull(?:s|ed|ing)? out of|walk(?:s|ed|ing)? (?:away|out) (?:from|of|on)|back(?:s|ed|ing)? (?:out of|away from)|"
    r"bow(?:s|ed|ing)? out of|(?<!eye )(?<!eye-)(?:drops|dropp(?:ed|ing))|(?<=to )drop|(?<=will )drop|dump(?:s|ed|"
    r"ing)?|abandon\w*|sever(?:s|ed|ing)?|"
    r"let(?:s|ting)? lapse|unwind(?:s|ing)?|call(?:s|ed|ing)? time on)"
)
_BACK = (
    r"(?:regain(?:s|ed|ing)?|re-?acquir\w+|reclaim\w*|recover(?:s|ed) (?:\S+ ){0,4}rights|w[io]ns? back|"
    r"g[eo]ts? back(?! (?:in)?to)|"
    r"(?:takes?|took|taking|buys?|bought|buying) (?:\w+ ){0,3}?back|retakes?|retook)"
)
_GIVE_BACK = (
    r"(?:hand(?:s|ed|ing)?(?: \S+){0,3}? back|giv(?:es?|ing|en)(?: \S+){0,3}? back|gave(?: \S+){0,3}? back|"
    r"return(?:s|ed|ing)?|relinquish\w*|send(?:s|ing)?(?: \S+){0,3}? back)"
)
_WRITTEN: tuple[tuple[DealEventName, float, str], ...] = (
    (
        "option-exercise",
        1.0,
        (
            r"\bexercis(?:es|ed|ing|e) (?:of )?(?:(?:its|the|their|an?|"
            r"his) )?(?:\S+ ){0,4}?(?:options?\b(?! to purchase)"
            r"(?! agreement)(?! to expand)|rights? to (?:co-|licen|develop|commerciali|acquire|negotiat))"
            r"|\boption (?:has been |have been |was |is |been )?(?:now )?(?:exercised|taken up|picked up|called)\b"
            r"|\bopt(?:s|ed|ing)?[ -]in(?:to)?\b(?! for)|\b(?:picks?|takes?|took|taken|taking|picked|picking) up "
            r"(?:\S+ ){0,3}?options?\b|\belect(?:s|ed|ing)? to (?:exclusively )?(?:in-)?licen[cs]e\b"
            r"|\bconvert(?:s|ed|ing)? (?:\S+ ){0,3}?options?\b|\bcall(?:s|ed) (?:in )?(?:its|the) option\b"
            r"|\b(?:triggers?|triggered|activates?|activated|uses|used) (?:its|the|an) (?:\S+ ){0,2}?option\b"
            r"|\bpull(?:s|ed|ing)? the trigger on (?:an|its|the) (?:\S+ ){0,2}option\b"
            r"|\boptions? (?:\S+ ){0,4}into (?:an? )?(?:\S+ ){0,2}licen[cs]e\b"
        ),
    ),
    (
        "option-exercise",
        0.5,
        (
            r"\bpull(?:s|ed|ing)? the trigger\b|\b(?:the )?exercise (?:fee|price|payment)\b|\bthe exercise\b[,.]"
            r"|\boption (?:fee|exercise)\b|\bsays? yes to\b|\bnod(?:s|ded) to\b|\bselect(?:s|ed) (?:\S+ ){1,3}as "
            r"(?:its|the|a) (?:\S+ ){0,2}(?:licensed|optioned)"
        ),
    ),
    (
        "termination",
        1.0,
        (
            rf"\b{_END}\b{_ENDED_GAP}\b{NOUN}\b(?! (?:application|talks|negotiations|price))"
            rf"|\b(?:termination|cancellation|dissolution|expiry) of (?:\S+ ){{0,5}}?{NOUN}\b"
            rf"|\b{NOUN}\b[^.;]{{0,60}}?\b(?:(?:was|were|is|are|been|be|being) (?:mutually )?(?:terminated|ended|"
            r"cancelled|dissolved|wound (?:up|down)|called off|scrapped|discontinued)|termination|ha(?:s|ve) ended|"
            r"will end|came to an end|comes? to an end|is over|ha(?:s|ve) lapsed|lapsed|lapses|to lapse|called off)\b"
            rf"|\b{_BACK}\b[^.;]{{0,80}}?\b{_THING}\b"
            rf"|\b{_GIVE_BACK}\b[^.;]{{0,60}}?\brights?\b"
            r"|\brights?\b[^.;]{0,100}?\b(?:revert(?:s|ed|ing)?|returns?|returned|comes? back|came back|go(?:es)? back|"
            r"went back|"
            r"given back|handed back)\b"
            r"|\bpart(?:s|ed|ing)? (?:ways|company)\b|\b(?:go|gone|going|went) (?:their )?separate ways\b"
            r"|\bcall(?:s|ed|ing)? it (?:a day|quits)\b|\bnotice (?:of|to) terminat\w+"
            r"|\blet(?:s|ting)?\b[^.;]{0,60}\b(?:option|licen[cs]e|rights)\b[^.;]{0,40}\b(?:lapse|run out|expire)\b"
            r"|\bg(?:ave|ives|iven|iving) notice\b[^.;]{0,40}\b(?:end|terminat\w+|return|quit|withdraw)\b"
            r"|\b(?:elect(?:ed|ion)|decid(?:ed|es)|decision|chose|chosen|opted|notice) to (?:terminate|discontinue|"
            r"return|"
            r"end|exit)\b"
            r"|\b(?:will|would|won[’']?t?|did|does|do|decid\w+|declin\w+|opt\w*|ch[oö]se\w*|elect\w*)(?: not|"
            r"[’']t)? ?(?:to )?"
            r"(?:exercise|take up|renew|pick up) (?:its|the|their|an) (?:\S+ ){0,2}?(?:option|licen[cs]e|agreement)\b"
        ),
    ),
    (
        "termination",
        0.6,
        (
            rf"\b{_END}\b[^.;]{{0,40}}?\b{_THING}\b"
            r"|\bwalk(?:s|ed|ing)? away\b|\bpull(?:s|ed|ing)? (?:the )?plug\b|\bpass(?:es|ed) on (?:its|the|"
            r"an) option\b"
            r"|\bjilt\w*|\bdivorce\b|\bbites? the dust\b|\bcuts? ties\b|\bsplit(?:s|ting)? (?:up|with)\b|"
            r"\bgo(?:es)? it alone\b"
            r""
            r"|\boption\b[^.;]{0,40}\blapses?\b|\btermination (?:will be|is|becomes?|takes) eff\w+|\blets? go of\b"
            r"|\bhand(?:s|ed|ing)? back\b|\bback in (?:its|their) (?:own )?hands\b|\bexpir(?:es|ed) unexercised\b"
        ),
    ),
    (
        "termination",
        0.7,
        r"\bstop(?:s|ped|ping)? (?:distributing|selling|marketing|promoting|working (?:with|together))\b",
    ),
    ("termination", 0.7, rf"\b{_GIVE_BACK}\b[^.;]{{0,50}}?\b{_THING}\b"),
    (
        "closing",
        1.0,
        (
            r"\b(?:clos(?:es|ed|ing|ure)|complet(?:es|ed|ion|ing)|consummat\w+|finali[sz]\w+)\b(?: of| its| their| "
            rf"the| on| previously announced| exclusive| global| worldwide| \S+){{0,7}}? (?:{NOUN}|transaction)\b"
            rf"|\b(?:{NOUN}|transaction) (?:\S+ ){{0,13}}?(?:has |have |had |is |are |was )(?:now |been |become )?"
            r"(?:closed|completed|finali[sz]ed|in effect|effective|in force)\b"
            rf"|\beffectiveness of (?:\S+ ){{0,4}}?{NOUN}|\b(?:takes?|took|come|comes|came|enters?|"
            rf"entered) (?:in)?to (?:effect|"
            r"force)\b|\b(?:takes?|took) effect\b"
            r"|\b(?:antitrust|hart-scott-rodino|hsr|regulatory|merger) (?:clearance|approval)s? (?:for|of) "
            rf"(?:the |its )?(?:\S+ ){{0,4}}(?:{NOUN}|transaction)"
            r"|\b(?:waves? through|waved through|clears|cleared|nods? through|blesse[sd])\b[^.;]{0,50}\b(?:pact|"
            r"deal|agreement|"
            r"licen[cs]e|alliance|venture|transaction)\b"
            r"|\bcomplet(?:ed|es|ion of) the formation\b|\bventures?\b[^.;]{0,50}\b(?:has|have) been formed\b|"
            r"\bwaiting period\b[^.;]{0,90}\b(?:expire\w*|expir(?:y|"
            r"ation)|ended|"
            r"run out|lapse\w*)|\b(?:expiry|expiration|end) of the (?:\S+ ){0,2}waiting period"
        ),
    ),
    ("closing", 0.5, r"\bopens? for business\b|\b(?:deal|transaction|pact) (?:is )?done\b|\bsealed\b"),
    (
        "amendment",
        1.0,
        (
            r"\b(?:amend(?:s|ed|ing|ments?)?|restat(?:es|ed|ing)|renegotiat(?:es?|ed|ing|ion)|modif(?:y|ies|ied|"
            r"ication)|revis(?:es|ed|ion|ing)|moderni[sz]\w+|restructur\w+|rework\w*|rejig\w*|revamp\w*|recast\w*|"
            r"overhaul\w*|rewr[io]t\w+|reshap\w+|redraw\w*|redrew|redrawn|reset\w*|narrow(?:s|ed|ing)?|loosen\w*|"
            rf"simplif(?:y|ies|ied)|streamlin\w+)\b[^.;]{{0,60}}?\b(?:{NOUN}|terms|scope|tie)\b|"
            rf"\b{NOUN}\b[^.;]{{0,30}}?"
            r"\b(?:amended|amendment|modified|revised|renegotiated|restructured|reworked|rewritten)\b"
            r"|\bunder (?:an|the|this) amendment\b|\b(?:first|second|third|fourth) amendment\b"
            rf"|\bchang(?:e|es|ed|ing) (?:the |its |their )?(?:financial )?terms of\b[^.;]{{0,50}}\b{NOUN}\b"
        ),
    ),
    (
        "amendment",
        0.6,
        (
            r"\b(?:stretch|length|short|prolong|extend|push)\w*\b[^.;]{0,50}\b(?:research |option |"
            r"evaluation )?(?:terms?|periods?|"
            r"deadlines?|time)\b(?! sheet)|\b(?:lower|cut|trim|reduc|rais|lift|halv|chang|swap|waiv|brings? forward|"
            r"defer)\w*\b"
            r"[^.;]{0,40}\b(?:royalt(?:y|ies)|milestones?|fees?)\b|\bnew[- ]look\b|\bnew terms\b|\bbrings? forward\b"
            r"|\bin exchange\b[^.;]{0,60}\blower royalt|\bmore time\b|\breleased from\b|\bsupplement to the\b"
        ),
    ),
    (
        "milestone",
        1.0,
        (
            r"\b(?:receiv(?:es|ed)|receipt of|earn(?:s|ed)|achiev(?:es|ed|ement of)|trigger(?:s|ed|ing)|"
            r"reach(?:es|ed)|record(?:s|ed)|meets?|met|hits?|collects?|collected|gets?|secures?|secured|bags?|bagged|"
            r"pockets?|pocketed|nets?|banks?|pays|paid|clears?|passes|passed|wins?|"
            r"won)\b[^.;]{0,75}?\b(?:milestones?|success fee|"
            r"technology fee)\b(?! payments? (?:of )?up)(?! payments? totall?ing up)"
            r"|\b(?:due to|entitled to|set to|is to|now|to) (?:receive|collect|be paid) (?:an? |the |"
            r"its )?(?:\S+ ){0,4}?"
            r"milestone payment\b(?!s)"
            r"|\bmilestones?\b(?: \S+){0,4} (?:has been |have been |was |were |is )?(?:achieved|reached|met|triggered|"
            r"received|earned|from)\b|\b(?:first|second|third|fourth|another|cumulative) (?:\S+ ){0,4}?(?:milestone|"
            r"licen[cs]ing) payments?\b|\bmilestone payment\b[^.;]{0,90}\b(?:triggered|upon|follow\w+|after|for)\b"
            r"|\breceived? (?:an? )?(?:\S+ ){0,4}licen[cs]ing payment"
            r"|\b(?:gets?|receives?|collects?|books?|bills?|pockets?|earns?|be paid|"
            r"is paid)\b[^.;]{0,50}\b(?:million|billion|"
            r"mln|bn|\d+m)\b[^.;]{0,80}\b(?:licensee|partner)\b[^.;]{0,70}\b(?:because|after|for reaching|"
            r"now that|following)\b"
            r"|\b(?:validat|accept|nominat|select)(?:es|ed|s)\b[^.;]{0,60}\b(?:target|candidate|antibody|compound|"
            r"molecule)\b"
            r"[^.;]{0,110}\b(?:collects?|fee|earns?|milestone|cheque)\b"
        ),
    ),
    (
        "milestone",
        0.6,
        (
            r"\b(?:success|technology|milestone) (?:fee|cheque|check|income)\b|\b(?:bill|nets?|pockets?|collects?|"
            r"banks?|bags?|"
            r"earns?|be paid|is owed|lands?|rings? up|wins?)\b[^.;]{0,50}?(?:[$€£¥]|\b(?:USD|EUR|CHF|SEK|DKK|NOK|"
            r"RMB|million|billion|"
            r"mln|bn|cheque|check)\b)[^.;]{0,60}\b(?:licensee|partner|collaborat\w+|alliance|pact|under|for reaching)\b"
            r"|\b(?:reach\w*|hit\w*|cross\w*|pass\w*) (?:an?|the|another|its) (?:\S+ ){0,3}(?:threshold|target|"
            r"milestone|goal|"
            r"test)\b|\bmilestone\b[^.;]{0,40}\b(?:collaboration|partnership|alliance|agreement)\b"
            r"|\b(?:target|candidate|compound|antibody|molecule)s? (?:\S+ ){0,3}(?:selected|accepted|nominated|"
            r"validated) (?:by|from|"
            r"under)\b|\bhas (?:accepted|validated|selected|nominated) (?:the |an? )?(?:\S+ ){0,3}(?:target|"
            r"candidate|antibody|"
            r"compound|molecule)\b"
        ),
    ),
    (
        "expansion",
        1.0,
        (
            r"\b(?:expand(?:s|ed|ing)?|expansion of|extend(?:s|ed|ing)?|extension (?:of|to)|"
            r"broaden(?:s|ed|ing)?|widen(?:s|ed|ing)?|enlarg(?:es|ed|ing|e)|prolong(?:s|ed|ing)?|"
            r"deepen(?:s|ed|ing)?|strengthen(?:s|ed|ing)?|adds? to|builds? (?:up)?on|renew(?:s|ed|"
            r"al)?|grow(?:s|ing)?|doubl(?:es|ed|ing)|tripl(?:es|ed|ing)|upsiz\w+|scal(?:es?|ed|"
            r"ing) up)\b(?![^.;]{0,45}\b"
            r"(?:pipeline|portfolio|business|menu|reach|presence|access|footprint|into|terms?|period)\b)"
            rf"[^.;]{{0,60}}?\b{NOUN}"
            rf"|\b{NOUN}\b[^.;]{{0,40}}?\b(?:expanded|extended|extension|expansion|broadened|widened|"
            r"enlarged|grows|doubled|gets bigger)\b"
            r"|\b(?:expanded|extended|wider|enlarged|broadened|broader|bigger|additional|"
            rf"further|follow-on) (?:\S+ ){{0,3}}?{NOUN}\b"
            rf"|\badd(?:s|ed|ing)?\b[^.;]{{0,70}}?\bto (?:its|the|their|an?|an existing) (?:\S+ ){{0,4}}?(?:{NOUN}|"
            rf"territory)\b"
        ),
    ),
    (
        "expansion",
        0.5,
        (
            r"\b(?:\w+ )?more years\b|\b(?:renew|enlarg|widen|broaden|expand|"
            r"extend)\w*\b(?![^.;]{0,45}\b(?:pipeline|portfolio|business|"
            r"menu|reach|"
            r"presence|access|footprint|into|terms?|period)\b)|\bdoubl(?:es|ed|ing)(?: down| the number)?\b|"
            r"\bc[oa]mes? back for "
            r"more\b|\bsecond helping\b|\bgets? bigger\b|\bgrows\b|\b(?:third|fourth|fifth|further|more|new|"
            r"additional) "
            r"(?:targets?|products?|program(?:me)?s?|indications?|countr(?:y|ies)|territor(?:y|ies))\b"
        ),
    ),
)
EVENT_SIGNS: tuple[tuple[DealEventName, float, Lowered], ...] = tuple(
    (event, weight, lowered(expression)) for event, weight, expression in _WRITTEN
)
