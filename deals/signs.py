"""Signs of what kind of news an article is: expressions that announcements of agreements, or other news, share.

Each has a name, which is also the name of its weights in deals/data. All gaps are bounded, so that matching stays linear
in the length of the text.
"""

from __future__ import annotations

import re

_AGREEMENT = (
    r"(?:agreements?|collaborat\w+|partnerships?|alliances?|pacts?|deals?|licen[cs](?:e|es|ing)\b(?! application)|"
    r"joint ventures?|co-?develop\w*|co-?promot\w*|co-?commerciali\w*|options?|tie-?up|cooperation|co-operation)"
)
_SIGN = (
    r"(?:enter(?:s|ed|ing)?(?: into)?|sign(?:s|ed|ing)?|announc\w+|ink(?:s|ed)?|str(?:ikes?|uck|iking)|form(?:s|ed|ing)|"
    r"forg(?:es?|ed|ing)|establish\w*|conclud\w+|execut(?:es?|ed)|reach(?:es|ed)|seal(?:s|ed)|land(?:s|ed)|agreed? (?:on|to)|"
    r"has agreed|expand(?:s|ed|ing)?|extend(?:s|ed|ing)?|broaden\w*|launch\w*|pen(?:s|ned|ning)|finali[sz]\w+|inks)"
)

# Each sign: its name, and the expression that shows it. All gaps are bounded, so that matching stays linear.
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(expression, re.IGNORECASE))
    for name, expression in (
        ("agreement", rf"\b{_AGREEMENT}"),
        ("sign-agreement", rf"\b{_SIGN}\b(?:[ -][\w’'®™,/&.-]+){{0,9}}? {_AGREEMENT}"),
        ("agreement-with", rf"\b{_AGREEMENT}(?: \w+){{0,3}} (?:with|between|from)\b"),
        ("partner-with", r"\b(?:partner(?:s|ed|ing)?|team(?:s|ed|ing)?(?: up)?|collaborat(?:es?|ed|ing)|join(?:s|ed|ing)? forces) (?:with|on|in|to)\b"),
        ("collaborate-to", r"\b(?:to|will|and \w+) (?:collaborate|partner|co-?develop|jointly develop|co-?promote|co-?commerciali[sz]e|join forces|team up)\b"),
        ("licence-verb", r"\b(?:in-|out-|sub-?)?licen[cs](?:es|ed|ing) (?!appl|fee|rev)|\bto (?:in-|out-)?licen[cs]e\b|\bauthori[sz]es?\b"),
        ("licence-noun", r"\b(?:exclusive|non-?exclusive|worldwide|global|sole|fully paid|royalty-bearing)[ ,\w-]{0,40} (?:licen[cs]e|rights?)\b"),
        ("licence-agreement", r"\blicen[cs](?:e|ing)(?: and [\w-]+| or [\w-]+)? (?:agreement|deal|pact|contract|accord)"),
        ("rights", r"\brights? (?:to|for|in|on|of|over|from)\b|\b(?:commercial|marketing|development|distribution|china|u\.s\.|global|worldwide) rights\b"),
        ("grant", r"\bgrant(?:s|ed|ing)?\b[^.]{0,60}\b(?:licen[cs]e|rights?|option)\b"),
        ("obtain", r"\b(?:obtain|acquir|gain|get|receiv|secur|pick|take|buy|snag|win|nab|land)\w*(?: up)?\b[^.]{0,50}\b(?:licen[cs]e|rights|option)\b"),
        ("option", r"\boptions? (?:to|on|for|agreement|deal|right|fee|exercise|period)\b|\b(?:exclusive|exercis\w+|the|its) option\b(?! to purchase)"),
        ("distribution", r"\b(?:distribut(?:ion|or|e|es|ed)|commerciali[sz]ation|marketing|supply|promotion) (?:\w+ ){0,2}(?:agreement|deal|pact|partner|contract|rights)|\bexclusive(?:ly)? (?:distribut|market|commerciali)"),
        ("upfront", r"\b(?:up-?front|initial|signing|down[- ]?|one-off|one-time|lump[- ]sum)[ -]?(?:cash |license |licence |non-?refundable )*(?:payment|fee|sum|money|consideration)|\bup-?front\b|\bat signing\b|\bon signature\b|\bsigning money\b"),
        ("milestone", r"\bmilestones?\b"),
        ("milestone-paid", r"\b(?:receiv|earn|achiev|trigger|reach|record|entitled|meets?\b|paid|pays?\b|hits?\b)\w*[^.]{0,70}\bmilestones?\b|\bmilestone payment (?:of|from)\b"),
        ("eligible", r"\beligible (?:to receive|for)\b|\bcould (?:receive|be worth|bring)\b|\bworth (?:up to|as much as)\b|\bas much as \$|\bup to \$"),
        ("royalties", r"\broyalt(?:y|ies)\b"),
        ("terms", r"\b(?:under|by) (?:the )?(?:terms of )?(?:the|this|an?) (?:\w+ ){0,3}(?:agreement|deal|pact|collaboration|partnership|licen[cs]e|alliance)\b|\bterms of the\b|\bfinancial (?:terms|details)\b|\bpursuant to the\b"),
        ("responsible", r"\b(?:will|shall|is to|be) (?:be )?(?:solely )?(?:responsib\w+|lead|fund|pay|develop|conduct|handle|bear|carry)\b"),
        ("both", r"\b(?:the|both|two) (?:companies|parties|partners|organi[sz]ations|sides|firms)\b|\bjointly\b"),
        ("terminate", r"\b(?:terminat\w+|end(?:s|ed|ing)?|scrap\w*|cancel\w*|discontinu\w+|lapse[sd]?|expire[sd]?|withdr\w+|wind\w* down|walk\w* away|pull\w* (?:out|the plug)|part\w* ways|break\w* (?:off|up)|split\w*)\b[^.]{0,70}\b(?:agreement|collaborat\w+|partnership|alliance|pact|deal|licen[cs]e|option)"),
        ("returned", r"\b(?:regain|re-?acquir|reclaim|return|hand(?:s|ed|ing)? back|revert|give[sn]? back|back to|buy\w* back|reobtain)\w*[^.]{0,60}\b(?:rights|licen[cs]e|program\w*|drug)|\brights?\b[^.]{0,40}\b(?:revert|return|come back)"),
        ("amend", r"\b(?:amend|restat|modif|revis|renegotiat|renew|prolong)\w*[^.]{0,50}\b(?:agreement|collaborat\w+|partnership|alliance|pact|licen[cs]e|deal)"),
        ("government", r"\b(?:crada|cooperative research and development|national institutes?|department of|ministry|barda|cepi|foundation|university|institute)\b"),
        ("combination", r"\b(?:combination|in combination|combined) with\b|\bclinical (?:trial )?(?:collaboration|supply)"),
        ("take-over", r"\b(?:to (?:acquire|buy)|acquir(?:es?|ed|ing)|buys?|buying|bought|purchas(?:e[sd]?|ing)|takes? over)\b(?![^.;]{0,60}\b(?:rights|licen[cs]\w+|option|access)\b)|\b(?:acquisitions?|acquirer|takeover|mergers?|merg(?:e|es|ing)|combine|buy-?out|tender offer|bid for|hostile|divest\w*|spin-?off|majority stake|remaining \w+ percent)\b"),
        ("merger-agreement", r"\b(?:merger|purchase|acquisition|underwriting|loan|credit|facility|securities|subscription|plan of merger|asset purchase|share purchase|financing|confidentiality|voting|purchase and sale) agreements?\b|\bagreement (?:and plan of merger|to (?:acquire|buy|purchase|sell|divest|be acquired|merge|combine))\b|\bagree[sd]? to (?:acquire|buy|be acquired|purchase|merge|sell)\b"),
        ("per-share", r"\bper share\b|\bshareholders?\b|\bstockholders?\b|\boutstanding shares\b|\bstake\b"),
        ("results-period", r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th)[- ](?:quarter|half)|\bq[1-4]\b|\bfull[- ]year\b|\bfiscal (?:year|20)|\byear[- ]end\b|\bfinancial results\b|\bguidance\b|\bearnings\b|\bnet (?:loss|income)\b|\bprofit"),
        ("update", r"\b(?:business|corporate|company|portfolio|pipeline) (?:update|highlights)|\b(?:recent|upcoming|anticipated) (?:highlights|milestones|developments)|\bpriorities\b|\boutlook\b"),
        ("offering", r"\b(?:public|direct|registered) offering|\bprivate placement|\bunderwrit\w+|\bseries [a-f]\b|\bfinancing\b|\b(?:raise[sd]?|raising)\b|\bnotes?\b (?:due|offering)|\bwarrants?\b|\bipo\b|\bloan\b|\bcredit facility|\binvestors?\b"),
        ("royalty-finance", r"\b(?:royalty|royalties) (?:purchase|financ|monetiz|interest|pharma|deal|fund|stream|sale)\w*|\bmonetiz\w+|\b(?:buy|bought|sell|sold|sale|purchas|hand|fund)\w*[^.;]{0,50}\broyalt(?:y|ies)\b"),
        ("application", r"\b(?:new drug|biologics?|marketing|product) (?:licen[cs]e )?(?:authori[sz]ation )?applications?\b|\b(?:s?bla|s?nda|maa|510\(k\)|pdufa)\b|\bfor licensure\b"),
        ("approval", r"\b(?:approv(?:al|es|ed)|clear(?:ance|s|ed)|priority review|fast track|orphan drug|breakthrough|designation|chmp|positive opinion|emergency use|authori[sz]ation)\b"),
        ("trial", r"\b(?:phase [123i]+\w*|top-?line|endpoint|placebo|efficacy|patients? (?:dosed|enrolled)|study (?:results|shows|finds)|data from|first patient|overall survival|randomi[sz]ed|publication|published|publishes|preclinical data|results (?:from|of)|enrol\w+|dosing)\b"),
        ("present", r"\b(?:to present|presents?|presentations?|conference|webcast|fireside|symposium|congress|annual meeting|to participate|podcast|webinar|to attend|to host)\b"),
        ("appoint", r"\b(?:appoint(?:s|ed|ment|ments)|names|named|promot(?:es|ed|ions?) \w+ \w+ to|joins (?:the )?board|chief \w+ officer of|steps down|resign\w*)\b"),
        ("court", r"\b(?:lawsuits?|sue[sd]?|suing|courts?|judge|jury|infring\w+|arbitrat\w+|litigation|plaintiff|settle[sd]?|settlement|probe|prosecut\w+|breach\w*|must pay|tribunal|damages|lawyers?|motion to|insider trading|guilty|patent (?:row|fight|war|quarrel|case))\b"),
        ("awareness", r"\b(?:awareness|campaign|sponsor\w*|donat\w+|award(?:s|ed)?|grant (?:from|to)|scholarship|charity|non-?profit|initiative|memberships?|consortium)\b"),
        ("promotion", r"\b(?:newsbreaks|benzinga|stonegate|analysts?|price target|stock(?:s)? to|undervalued|market size|cagr|market research|market report|valuation|shares (?:rose|fell|jump\w*|drop\w*|climb\w*|surg\w*|slump\w*))\b"),
        ("talks", r"\b(?:in talks|talks (?:with|on|to|over)|negotiat\w+|explor\w+ (?:a |the )?(?:sale|options|deal)|sources?\b|people familiar|rumou?r\w*|may (?:partner|buy|sell)|considering|letter of intent|memorandum of understanding|mou\b|loi\b|non-?binding|term sheet)\b"),
        ("services", r"\b(?:cdmo|cmo|cro|contract (?:development|manufactur|research)\w*|manufacturing (?:services|agreement|partner)|reseller|software|telehealth|insurance|platform provider|pharmacy|hospitals?|health system)\b"),
        ("purchase-order", r"\b(?:purchase orders?|procurement|supply (?:agreement|contract)|doses)\b"),
        ("study-news", r"\b(?:researchers|scientists|study|doctors|cancer patients|people with|new research|journal)\b"),
        ("roundup", r"; \w+|\b(?:roundup|round-up|we[’']?re reading|deals, deals|and more$|week in)\b"),
        ("old", r"\b(?:19|20)\d\d (?:agreement|deal|collaboration|licen[cs]e|pact)|\b(?:signed|entered into|announced|struck) in (?:\w+ )?(?:19|20)\d\d|\bexisting (?:agreement|partnership|collaboration)|\bongoing (?:collaboration|partnership)"),
        ("form-8k", r"\b(?:form 8-k|item \d\.0\d|material definitive agreement)\b"),
        ("to-sell", r"\b(?:to|will) (?:exclusively |jointly |co-?)?(?:promote|market|sell|distribute|commerciali[sz]e|develop|license|launch|supply|make|manufacture)\b"),
        ("study-together", r"\b(?:collaborat\w*|partner\w*|work(?:s|ing)? (?:together|with)|team\w*)\b[^.;]{0,60}\b(?:study|trial|research|program\w*|discover\w*|develop\w*|evaluat\w*|test\w*)"),
        ("takes-rights", r"\b(?:in-licens\w+|licens(?:es|ed)|out-licens\w+|picks? up|takes? (?:on|rights)|gains?|obtains?|secures?|grants?|hands?|signs? up|bags?|nabs?|snags?|lands?)\b"),
        ("life", r"\b(?:drugs?|therap\w+|clinical|patients?|diseases?|vaccin\w+|antibod\w+|pharma\w*|biotech\w*|bio\w+|diagnostic\w*|medical|medicines?|treatments?|cancer|tumou?rs?|cells?|genes?|genetic|proteins?|molecul\w+|inhibitors?|oncology|diabetes|health\w*|devices?|peptides?|compounds?|insulin|generics?|assays?)\b"),
        ("lawsuit-end", r"\bsettl\w+[^.;]{0,120}\blicen[cs]e|\blicen[cs]e[^.;]{0,80}\bsettl"),
        ("purchase-rights", r"\b(?:acquir\w*|buy\w*|bought|purchas\w*)\b[^.;]{0,60}\b(?:rights|licen[cs]e)\b"),
        ("drops", r"\b(?:drops?|dropped|pulls? the plug|pulled the plug|abandon\w*|hands? back|walks? away|parts? ways|gives? up|returns?|returned|regains?|reacquires?|re-acquires?|lapse|ends?|terminat\w+)\b"),
        ("partner", r"\bpartner(?:s|ed|ship|ships)?\b"),
    )
)  # fmt: skip
