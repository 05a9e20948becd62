"""The words of which the slots of who gives and who takes are made (deals/giving.py, deals/taking.py).

P is the party that a slot is about, ANY another one, S a party that does something, with what may stand between it and
its verb (AUX); §1§ stands for a party (deals/masked.py).
"""

from __future__ import annotations

P = r"§(\d+)§"
ANY = r"§\d+§"
S = (
    r"(?:(?<!with )(?<!from )(?<! to )(?<! by )(?<! of )(?<! for )§(\d+)§(?![’'])|(?<= for )§(\d+)§(?= to ))"
    r"(?:, [^.;,§]{1,50},)?(?:[^§.;]{0,90}?[ ,](?:it|and|which|who|they))?"
)
AUX = (
    r"(?:,? (?:and|which|who|that|then|also|has|have|had|will|would|shall|is|are|was|were|been|being|to|be|"
    r"could|may|might|can|stands|agreed|today|now|in turn|further|moreover|furthermore|announced|said|it|solely|"
    r"fully|first|immediately|eligible|entitled|expects?|already|both|plans|must|again|wants|hereby|exclusively|"
    r"thereafter|subsequently|additionally|initially|finally|would like|set|together|jointly|each|look(?:s|"
    r"ing)?|weigh(?:s|ing)?|consider(?:s|ing)?|whether|"
    r"decide[sd]?|elect(?:s|ed)?|poised|about|planning|intends?|likely|expected|due)\b){0,6}"
)
RIGHTS = r"(?:licen[cs]es?|rights?|options?|exclusivity|exclusive use|sublicen[cs]e|access)"
SUM = (
    r"(?:(?:up to |as much as |about |some |roughly |around |another |an? |the |only |at least |more than |over |"
    r"approximately |further |additional |initial |an initial |almost |nearly |just )*"
    r"(?:[$€£¥₩]|(?:us|a|c|hk|nt)\$|(?:usd|eur|chf|sek|dkk|nok|gbp|rmb|inr|rs|yen|won|jpy)\b|\d[\d.,]* ?(?:m|bn|"
    r"million|billion|mln)\b"
    r"|(?:\w+ ){0,2}(?:million|billion)\b))"
)
MONEY = rf"(?:(?:up-?front|milestones?|payments?|royalt\w+|fees?|cash|money|research funding|commission)\b|{SUM})"
THING = (
    r"(?:platform|technolog\w+|drugs?|candidate|program\w*|antibod\w+|vaccine\w*|compound\w*|"
    r"inhibitors?|products?|molecule\w*|asset\w*|therap\w+|treatments?|medicines?|devices?|"
    r"system|software|tests?|librar\w+|know-how|patents?|assay|biosimilars?|peptides?|"
    r"protein\w*|degraders?|cells?|capsule\w*|gel|spray|formulation|proprietary|patented|lead|editors?|injectors?|"
    r"experimental|investigational|novel|shots?|pills?|injection|agonists?|antagonists?|conjugates?|engine|"
    r"intellectual property|tablets?|generic|copy|copies|version)"
)
SELL = (
    r"(?:market|distribut|sell|promot|commerciali|launch|detail|co-promot|import|register|"
    r"exclusive(?:ly)? (?:distribut|market|sell|promot|commerciali))"
)
GET = (
    r"(?:receiv\w*|obtain\w*|gain\w*|secur\w*|acquir\w*|gets?|getting|got|pick\w*|(?:takes?|took|"
    r"taking)(?! over\b| on\b)|buy\w*|bought|"
    r"enjoy\w*|snag\w*|snap\w*|bag\w*|grab\w*|nab\w*|scoop\w*|wins?|won|land\w*|collect\w*|purchas\w*)"
)
GRAB = (
    r"(?:(?:in-)?licen[cs](?:es|ed|ing)|picks? up|picked up|snap(?:s|ped)? up|bag(?:s|ged)|snag(?:s|ged)?|nab(?:s|bed)|"
    r"grab(?:s|bed)|scoop(?:s|ed)(?: up)?|swoop(?:s|ed)(?: in)?(?: on| for)|pluck(?:s|ed)|takes? on|took on|"
    r"takes? over|"
    r"taking over|buys?(?: into)?|bought(?: into)?|acquires?|acquired|to acquire|adds?|added|lands?|secures?|"
    r"gains?|gets?|"
    r"reels? in|takes?|opts? in|to license|in-license)"
)
DEAL = (
    r"(?:deal|pact|agreement|bid|licen[cs]e|rights?|option|alliance|collaboration|partnership|bet|tie-up|accord|"
    r"contract|licen[cs]ing)s?"
)
ABROAD = (
    r"(?:(?:greater |mainland )?china|chinese|japan(?:ese)?|europe(?:an)?|asian?|asia[- ]pacific|canad(?:a|ian)|"
    r"u\.?s\.?|"
    r"united states|(?:south )?korean?|australian?|nordics?|latin americ\w+|israeli?|indian?|brazil(?:ian)?|"
    r"middle east\w*|"
    r"turk\w+|russian?|taiwan\w*|southeast asian?|german\w*|france|french|ital\w+|spain|spanish|united kingdom|"
    r"uk|mexic\w+|"
    r"africa\w*|gulf|saudi arabia|switzerland|territor\w+|regions?|ex-us|ex-china)"
)
