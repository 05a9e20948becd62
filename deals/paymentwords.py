"""The words that name payments, and those that tie them to a sum or to each other.

`LABELS` has one group for each label. `later` words only say when a sum falls due ("on approval", "if it succeeds"):
they make it a milestone where money flows at all. What `other` holds takes a sum out of the agreement, and
`not_a_payment(words)` says why.
"""

from __future__ import annotations

import re
from typing import Literal

Label = Literal["upfront", "equity", "near_term", "option_fee", "milestones", "later", "total", "other"]

_DEAL = (
    r"(?:deal|pact|agreement|collaboration|partnership|alliance|tie-up|transaction|accord|contract|licen[cs]e|"
    r"licensing deal|arrangement|tie-in|buy-in)"
)
_BEHIND_A_SUM = r"(?:(?<=illion )|(?<=\dm )|(?<=bn )|(?<=\d[MB] )|(?<=mln ))"
_OPTION_FEE = (
    r"\boption(?:[- ]exercise)?\s(?:fees?|payments?|price)\b|\b(?:exercise|opt[- ]in)\s(?:fees?|payments?|price)\b|"
    r"\bexercis\w+\s(?:of\s)?(?:(?:its|the|an|each|this|that|any|their|such)\s)?(?:\w+\s)?(?:options?|rights?)\b|"
    r"\bfees? for exercis\w+\b|\bif it (?:exercises|opts|does so)\b|"
    r"\b(?:the )?exercise (?:would |will )?(?:bring|cost)s?\b|"
    r"\bexercis\w+ (?:it|this|that|the option)? ?(?:would |will |could )?costs?\b|"
    r"\bexercising\b(?! (?:\w+ ){0,3}(?:options?|rights?))|\bto exercise (?:it|them)\b|\b(?:the )?opt[- ]in\b|"
    r"\b(?:on|upon|at|in case of) (?:option )?exercise\b|\bopt(?:s|ed|ing)?[- ]in\b|"
    r"\b(?:tak(?:e|es|en|ing) up|call(?:s|ed|ing)|trigger(?:s|ed|ing)) (?:the|its|this|that) option\b|"
    r"\boption exercise\b|\b(?:may|can) (?:then )?(?:license|acquire|obtain)\b[^.;$€£¥]{0,50}\bby paying\b|"
    r"\bto (?:take|obtain|get|acquire) [^.;,$€£¥]{0,40}(?:would|will) cost\b|"
    r"\blicen[cs]e (?:itself |then )?(?:would|will) (?:then )?cost\b|"
    r"\boption is (?:taken up|exercised|called)\b|" + _BEHIND_A_SUM + r"option to (?:buy|acquire|purchase)\b"
)
_NEAR_TERM = (
    r"\bnear[- ]term\b(?: (?:(?!and|or)\w+ )?milestones?\b)?|"
    r"(?<!not )\bguaranteed\b|\bguarantees (?:\w+ )?payments?\b|\bcontinuation payments?\b|"
    r"\banniversary\b|\bmaintenance fees?\b|"
    r"\bwhatever happens\b|\bin any case\b|\bwithin (?:(?:twelve|eighteen|twenty-four|12|18|24) months|a year)\b|"
    r"\b(?:in|within|over|during) (?:the )?(?:first|next|following|coming) "
    r"(?:(?:two|three|twelve|eighteen|twenty-four|2|3|12|18|24|36|few) )?(?:months|years?)\b|"
    r"\bin the near (?:term|future)\b|\bshort[- ]term (?:payments?|milestones?)\b"
)
_SIGNED = r"(?:signing|signature|execution|closing|effectiveness|start|outset|inception|conclusion)"
_UPFRONT = (
    r"\bup[- ]?front\b|\bfront[- ]end\b|\b(?:initial|signing|signature|immediate|down|one[- ]time|one[- ]off|first|"
    r"entry|lump[- ]sum|extension|amendment|renewal|reservation|grant)\s(?:(?:cash|license|licence|signing|"
    r"lump[- ]sum|non-?refundable|net)\s)?(?:payments?|fees?|bonus|sums?|money|considerations?|outlay|cheque|check)\b|"
    r"\b(?:at|on|upon|after|from)\s(?:the\s)?(?:time\sof\s)?(?:the\s)?" + _SIGNED + r"\b"
    r"(?! of (?:the |an? |its )?(?:phase|trial|stud|clinical|human|sales|dosing|develop|work|merger|offering))|"
    r"\bcontract (?:money|fee|payment|advance)\b|\badvance(?: payment)?(?= of)\b|\blump sum\b|\bin a first step\b|"
    r"\bon the (?:spot|nail|table)\b|\bon the (?:effective )?date of (?:the|this)\b|"
    r"\bat once\b|\bimmediately\b|\bright away\b|\bstraight away\b|"
    + _BEHIND_A_SUM
    + r"(?:(?:in cash )?(?:now|today|down(?! the (?:line|road|track)))|che(?:ck|que))\b|\b(?:paid|payable|due) now\b|"
    r"\bin the first instance\b|\bto (?:start|begin) with\b|"
    r"\b(?:licen[sc]e|licensing|access|technology access|exclusivity)\s(?:issue\s)?fees?\b|"
    r"\bfees? for (?:the|its) (?:option|licen[cs]e|rights)\b|\ban initial (?=[$€£¥₩₹]|[A-Z]{2,3}[\s$]|\d)"
)
_MILESTONES = (
    r"\bmilestones?\b|\bbio-?bucks?\b(?! " + _DEAL + r")|\b(?:contingent|success(?:[- ](?:based|dependent))?|"
    r"performance[- ]based|earn-?out|downstream|event[- ]based|back[- ]end(?:ed)?|development|regulatory|sales|"
    r"commercial|commerciali[sz]ation|progress[- ](?:based|dependent))(?:-related)?\s(?:payments?|bonuses|fees|"
    r"money)\b|"
    r"\b(?:attainment|achievement) of (?:[a-z]+ ){0,6}(?:milestones?|net sales|sales)\b|\bcontingent (?:up)?on\b|"
    + _BEHIND_A_SUM
    + r"in (?:(?:pre-?clinical|clinical|research|development|regulatory|sales|commercial)(?: and )?){1,2}"
    r"(?=,? (?:and|plus) (?:up to |another )?(?:[$€£¥]|[A-Z]{2,3}[ $]?\d))|"
    r"\bearn-?outs?\b|\b(?:development|regulatory|clinical|commercial|sales) (?:and (?:\w+ )?)?(?:goals|events|"
    r"objectives|targets)\b"
)
_EQUITY = (
    r"\b(?:buys?|bought|buying|purchas\w+|acquir\w+)\s"
    r"(?:(?!all\b|outstanding\b)[\w’'-]+\s){0,4}?(?:stock|shares)\b|"
    r"(?<!private )(?<!holders’ )(?<!holders' )\bequity\b"
    r"(?! (?:firm|fund|investor|research|analyst|market|financing|offering|house|group|value|award|compensation))|"
    r"\b(?:takes?|took|taking|buys?|bought|acquires?) (?:an? )?\d{1,2}(?:\.\d+)?\s?(?:%|per ?cent) (?:of|in)\b|"
    r"\b(?:common|ordinary|preferred|newly[- ]issued|new|its|of|in|into|for|through)\s"
    r"(?:(?-i:[A-Z])[\w’'-]+\s){0,3}(?:\w+\s)?(?:stock|shares)\b|\bstakes?\b|"
    r"(?<!development )(?<!R&D )(?<!capital )\binvestments?(?= of)|"
    r"\bsubscri(?:be|bes|bed|bing|ption)\b|"
    r"\bconvertible notes?\b(?! (?:\w+ )?(?:financing|offering))|"
    r"\bprivate placement\b|\bcapital increase\b|\bshare (?:purchase|subscription)\b|\bstock (?:purchase|investment)\b|"
    r"(?<=[dnmkMB] )(?:(?-i:[A-Z])[\w’'-]+\s){1,3}(?:stock|shares)\b"
)
_TOTAL = (
    r"\b(?:in )?total(?:l?ing|s)?\b(?! (?:\w+ )?(?:sales|revenues?))|"
    r"\baggregate\b|\bworth\b|\bvalued?\b|\b(?:deal|contract) (?:value|sum|amount|volume)\b|"
    r"\bheadline (?:figure|sum|number|price)\b|"
    r"\boverall\b|\bpackage\b|"
    r"\bcombined\b|\baltogether\b|\bin all\b|\ball told\b|\btaken together\b|\bover its (?:life|term|lifetime)\b|"
    r"\b(?:amount|sum|figure|value|price) (?:may|could|can|might) (?:grow|rise|swell|climb|increase) to\b|"
    r"\b(?:may|could|might|can) (?:run to|add up to|amount to)\b|"
    r"\bover the (?:life|term|lifetime|course) of (?:the|this)\b|"
    r"\bcompensation under (?:the|this|its)\b|"
    r"\b(?:from|out of) (?:the|this|today[’']s|these) (?:deal|agreement|pact|alliance|collaboration)s?\b|"
    + _BEHIND_A_SUM
    + r"(?:(?!(?:for|to|in|on|the|of|from|and|or|at|with|under|an?|by)\b)[a-z-]+ ){0,2}"
    + _DEAL
    + r"\b|\b"
    + _DEAL
    + r" (?:may |might |could |can |would )?(?:run to|reach|come to|amount to|go up to|climb to|rise to|bring in|"
    r"(?:net|bring|earn|yield|give|hand)(?= (?:it|them|(?-i:[A-Z]))))\b"
)
_HAPPENS = (
    r"(?:approv\w+|launch\w*|authori[sz]\w+|clear(?:ance|ed)|filing|filed|acceptance|accepted|submission|"
    r"proof[- ]of[- ]concept|phase\s(?:[1-4]|I{1,3}|IV)|pivotal|first (?:patient|dosing|commercial sale|sale|subject)|"
    r"dos(?:ing|ed)|commerciali[sz]ation|registration|succe(?:ss\w*|eds?)|thresholds?|goals?|targets? (?:is|are) "
    r"(?:met|hit|reached)|sales (?:pass|exceed|reach|top|hit|climb)\w*|(?:reach|make|get)\w* (?:it )?(?:to )?(?:the )?"
    r"market|go(?:es)? (?:well|to plan)|advanc\w+|progress\w*|pan(?:s)? out|work(?:s)? out|deliver\w*|"
    r"insurance listing|stages? of|"
    r"market (?:entry|launch))"
)
_LATER = (
    r"\b(?:on|upon|after|following|before|once|when|according to|as|for (?:each|every))\s"
    r"(?:(?!milestone|upfront|payment|sign)[A-Za-z’'-]+\s){0,5}?" + _HAPPENS + r"\b|"
    r"\b(?:if|should|provided(?: that)?|assuming|in the event|once|when)\b"
    r"(?! (?:it|they) (?:sign|list|was|were|went|had)| again| more| the (?:two|compan|pair|deal))|"
    r"\b(?:conditional|depend(?:s|ing|ent)?|hing(?:e|es|ing)|hang(?:s|ing)?|rest(?:s|ing)|rid(?:e|es|ing)) (?:up)?on\b|"
    r"\b(?:tied|linked|pegged) to\b|\bsubject to (?:\w+ ){0,3}(?:success|achiev|reach|approv|progress|regulat)\w*|"
    r"\bin (?:stages|steps|instal?lments)\b|\bon top\b(?! of)|\bover the coming years\b|"
    r"\bdown the (?:line|road|track)\b|\bover time\b|\bin time\b|\blater\b|"
    r"\b(?:to|(?:will|may|could|would|might|can) (?:then )?) ?follow\b|\bto come\b|\bprospect of\b|"
    r"\bon the line\b|\bat stake\b|"
    r"\balong the way\b|"
    r"\bon the way to (?:the )?market\b|\bin (?:the )?future\b(?! [a-z])|\beventually\b"
)
_OTHER = (
    r"\bin (?:(?:future|potential|sales|tiered|additional|annual)\s){0,2}royalt(?:y|ies)\b|"
    r"\brevenues?\b|\bturnover\b|\b(?:annual|net|global|worldwide|product|peak|u\.?s\.?|estimated)\s(?:\w+\s)?sales\b|"
    r"(?<!to )(?<!reach the )(?<!to the )(?<!on the )(?<!hit the )\bmarkets?\b(?! (?:rights|entry|launch))|"
    r"\bgross proceeds\b|\bunderwrit\w+\b|\boffering\b|\brais(?:ed|ing|e)\b"
    r"(?! (?:from|to|the|its|their|potential|milestone))|\bseries [a-e]\b(?! shares)|\bfinancing\b|"
    r"\bgrants?\b(?! date)|\bmarket (?:cap|value)\w*\b|\bvaluation\b|\bper (?:\w+ )?share\b|\ba share\b|"
    r"\bapiece\b|\bloans?\b|\bdebt\b|\bcharges?\b|\bearnings\b|\blos(?:s|ses)\b|\bprofits?\b|"
    r"\bacqui(?:re|red|sition)\b(?! (?:[\w’'®™-]+ ){0,5}(?:rights|products?|brands?|licen[cs]e|assets?|programs?))|"
    r"\bbuyout\b|"
    r"\bcost(?:s|ing)?\b(?! (?:it|them|another|an additional|a further|(?-i:[A-Z])[\w’'&-]+|"
    r"the [\w-]+ (?:giant|company|group|drugmaker|firm))\s)|"
    r"\bexpenses?\b|(?<!own )\bfund(?:ed|s)?\b|\b(?<!first )patients?\b|\bdeaths?\b|"
    r"\bcash (?:position|runway|balance|and cash)\b|"
    r"\bcash equivalents\b|\bforecast\w*\b|\bguidance\b|\bexpected to (?:reach|grow|hit)\b|\bdamages\b|\bfine\b|"
    r"\bsettle\w*\b|\bipo\b|\bbudget\b|\bsold\b(?! (?:\w+ ){0,4}rights)|\bsales of\b|"
    r"\bwrit(?:e|es|ten|ing)[- ](?:off|down)\b|"
    r"\bimpairment\b|\bdeduct\w*|\bcapitali[sz]ation\b|\binvested\b(?! in (?-i:[A-Z]))|\bsynerg\w+|\bsavings\b|"
    r"\bsav(?:e|ing)\b|"
    r"\bbuybacks?\b|\brepurchase\b|\bsales (?:to be|will be|were|are|rose|fell|grew|increased|reached|totall?ed)\b|"
    r"\bdividends?\b|\bsalar\w+\b|\bspen(?:d|ds|t|ding) on\b"
)
LABELS = re.compile(
    rf"(?<!\w)(?=[A-Za-z])(?:(?P<option_fee>{_OPTION_FEE})|(?P<near_term>{_NEAR_TERM})|(?P<upfront>{_UPFRONT})|(?P<milestones>{_MILESTONES})|"
    rf"(?P<equity>{_EQUITY})|(?P<total>{_TOTAL})|(?P<other>{_OTHER})|(?P<later>{_LATER}))",
    re.IGNORECASE,
)
TIE_AHEAD = re.compile(
    r"(?:[’']?s)?\s?(?:(?:payments?|fees?|sums?|amounts?|investments?|considerations?|values?|money|funding|cash|"
    r"in cash|proceeds|stake|"
    r"potentially|by [A-Z][\w-]+|to [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}|from [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}|"
    r"at|for)\s?){0,4}"
    r"(?:,\s)?(?:\(|:|of|totall?ing|worth|valued at|amounting to|equal to|in the (?:amount|sum) of|is|are|was|will "
    r"be|that (?:may|could) total|to)\W{0,2}"
    r"(?:(?:up to|as much as|approximately|about|around|over|more than|in excess of|an?|the|additional|further|"
    r"another|total|aggregate|of|"
    r"at least|potentially|nearly|roughly|not|exceeding|some|combined)\W{1,2}){0,6}\W?$"
)
TIE_BEHIND = re.compile(
    r"(?![\s,]*(?:and|or|plus)\b)[\s-]?(?:\([^()]{0,60}\)\s?)?(?:,\s)?(?:in|as|of|for|from|on|upon|at|up|by way of|"
    r"consisting of|comprising|including|through|tied to|linked to|"
    r"depending on|via|subject to)?\s?(?:(?:an?|the|its|their|total|aggregate|potential|possible|additional|"
    r"further|future|other|cash|"
    r"non-?refundable|non-?contingent|annual|initial|various|certain|specified|pre-?specified|pre-?defined|development(?:al)?|"
    r"pre-?clinical|clinical|regulatory|"
    r"commercial(?:i[sz]ation)?|sales(?:-based)?|net|approval|launch|research|combined|success(?:ful)?|achieve\w*|"
    r"and|or|based|related|one-time|"
    r"one|per|each|every|target|program(?:me)?|candidate|indication|upfront|near-term|contingent|payments?|fees?|"
    r"\d{1,2}(?:\.\d+)?\s?(?:%|percent|per cent)|"
    r"R&D|discovery|tiered|launch|the achievement of|achievement|of|performance|product|"
    r"specific|manufacturing|mid-stage|late-stage|aggregated?|reaching|meeting|hitting|in)[,/\s-]{1,2}){0,14}$",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"[;:—]|,|\s[-–]{1,2}\s|\b(?:and|plus|while|but|with|as well as|in addition|which|who|whereas|if|when)\b",
    re.IGNORECASE,
)
JOIN = re.compile(
    r"[\s,/]*(?:(?:payments?|fees?|money|cash|sums?|amounts?|considerations?|investments?|proceeds|and|or|plus|as "
    r"well as|&|an?|the|its|potential|"
    r"further|future|additional|possible|development(?:al)?|pre-?clinical|clinical|regulatory|"
    r"commercial(?:i[sz]ation)?|sales(?:-based)?|approval|"
    r"research|launch|near-term|upfront|contingent|success-based|option|exercise|license|licence|in|based|related|"
    r"tiered|initial|"
    r"consisting of|any)[\s,/]*){0,12}",
    re.IGNORECASE,
)
_NOT_PAYMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("price per share or piece", re.compile(r"share|apiece", re.IGNORECASE)),
    ("worth of a company or of papers", re.compile(r"market (?:cap|value)|valuation|capitali", re.IGNORECASE)),
    ("size of a market", re.compile(r"market|forecast|expected to", re.IGNORECASE)),
    ("funding round", re.compile(r"proceeds|underwrit|offering|rais|series|financ|fund|ipo|invested", re.IGNORECASE)),
    ("grant or loan", re.compile(r"grant|loan|debt", re.IGNORECASE)),
    ("purchase of a company", re.compile(r"acqui|buyout", re.IGNORECASE)),
    ("cash in hand", re.compile(r"cash", re.IGNORECASE)),
    ("fine or settlement", re.compile(r"damages|fine|settle", re.IGNORECASE)),
    ("number of patients", re.compile(r"patient|death", re.IGNORECASE)),
    (
        "costs or results",
        re.compile(
            r"charge|loss|cost|expense|budget|guidance|earnings|profit|writ|impairment|synerg|sav|buyback|dividend|salar|"
            r"spen",
            re.IGNORECASE,
        ),
    ),
)


def not_a_payment(words: str) -> str:
    """Return why a sum beside these words is no payment of the agreement."""
    return next((reason for reason, pattern in _NOT_PAYMENTS if pattern.search(words)), "sales or revenue")
