"""Signs of other news: takeovers, results, offerings, approvals, trials, conferences, appointments, courts, campaigns.

Like those of agreements (deals/signs.py), each has a name, and all gaps are bounded.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered

OTHER_NEWS: tuple[tuple[str, Lowered], ...] = tuple(
    (name, lowered(expression))
    for name, expression in (
        (
            "take-over",
            (
                r"\b(?:to (?:acquire|buy)|acquir(?:es?|ed|ing)|buys?|buying|bought|purchas(?:e[sd]?|ing)|"
                r"takes? over)\b(?![^.;]{0,60}\b(?:rights|licen[cs]\w+|option|access)\b)|"
                r"\b(?:acquisitions?|acquirer|takeover|mergers?|merg(?:e|es|ing)|combine|buy-?out|tender "
                r"offer|bid for|hostile|divest\w*|spin-?off|majority stake|remaining \w+ percent)\b"
            ),
        ),
        (
            "merger-agreement",
            (
                r"\b(?:merger|purchase|acquisition|underwriting|loan|credit|facility|securities|"
                r"subscription|plan of merger|asset purchase|share purchase|financing|confidentiality|"
                r"voting|purchase and sale) agreements?\b|\bagreement (?:and plan of merger|to (?:acquire|"
                r"buy|purchase|sell|divest|be acquired|merge|combine))\b|\bagree[sd]? to (?:acquire|buy|"
                r"be acquired|purchase|merge|sell)\b"
            ),
        ),
        ("per-share", r"\bper share\b|\bshareholders?\b|\bstockholders?\b|\boutstanding shares\b|\bstake\b"),
        (
            "results-period",
            (
                r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th)[- ](?:quarter|half)|\bq[1-4]\b|\bfull[- "
                r"]year\b|\bfiscal (?:year|20)|\byear[- ]end\b|\bfinancial results\b|\bguidance\b|"
                r"\bearnings\b|\bnet (?:loss|income)\b|\bprofit"
            ),
        ),
        (
            "update",
            (
                r"\b(?:business|corporate|company|portfolio|pipeline) (?:update|highlights)|\b(?:recent|"
                r"upcoming|anticipated) (?:highlights|milestones|developments)|\bpriorities\b|\boutlook\b"
            ),
        ),
        (
            "offering",
            (
                r"\b(?:public|direct|registered) offering|\bprivate placement|\bunderwrit\w+|\bseries "
                r"[a-f]\b|\bfinancing\b|\b(?:raise[sd]?|raising)\b|\bnotes?\b (?:due|offering)|"
                r"\bwarrants?\b|\bipo\b|\bloan\b|\bcredit facility|\binvestors?\b"
            ),
        ),
        (
            "royalty-finance",
            (
                r"\b(?:royalty|royalties) (?:purchase|financ|monetiz|interest|pharma|deal|fund|stream|"
                r"sale)\w*|\bmonetiz\w+|\b(?:buy|bought|sell|sold|sale|purchas|hand|"
                r"fund)\w*[^.;]{0,50}\broyalt(?:y|ies)\b"
            ),
        ),
        (
            "application",
            (
                r"\b(?:new drug|biologics?|marketing|product) (?:licen[cs]e )?(?:authori[sz]ation "
                r")?applications?\b|\b(?:s?bla|s?nda|maa|510\(k\)|pdufa)\b|\bfor licensure\b"
            ),
        ),
        (
            "approval",
            (
                r"\b(?:approv(?:al|es|ed)|clear(?:ance|s|ed)|priority review|fast track|orphan drug|"
                r"breakthrough|designation|chmp|positive opinion|emergency use|authori[sz]ation)\b"
            ),
        ),
        (
            "trial",
            (
                r"\b(?:phase [123i]+\w*|top-?line|endpoint|placebo|efficacy|patients? (?:dosed|enrolled)|"
                r"study (?:results|shows|finds)|data from|first patient|mid-stage|late-stage|fail(?:s|"
                r"ed)\b|misse[sd]|overall survival|randomi[sz]ed|publication|published|publishes|"
                r"preclinical data|results (?:from|of)|enrol\w+|dosing)\b"
            ),
        ),
        (
            "present",
            (
                r"\b(?:to present|presents?|presentations?|conference|webcast|fireside|symposium|congress|"
                r"annual meeting|to participate|podcast|webinar|to attend|to host)\b"
            ),
        ),
        (
            "appoint",
            (
                r"\b(?:appoint(?:s|ed|ment|ments)|names|named|promot(?:es|ed|ions?) \w+ \w+ to|joins "
                r"(?:the )?board|chief \w+ officer of|steps down|resign\w*)\b"
            ),
        ),
        (
            "court",
            (
                r"\b(?:lawsuits?|sue[sd]?|suing|courts?|judge|jury|infring\w+|arbitrat\w+|litigation|"
                r"plaintiff|settle[sd]?|settlement|probe|prosecut\w+|breach\w*|must pay|tribunal|damages|"
                r"lawyers?|motion to|insider trading|guilty|patent (?:row|fight|war|quarrel|case))\b"
            ),
        ),
        (
            "awareness",
            (
                r"\b(?:awareness|campaign|sponsor\w*|donat\w+|award(?:s|ed)?|grant (?:from|to)|"
                r"scholarship|charity|non-?profit|initiative|memberships?|consortium|main partner|cycling|"
                r"football|jersey|sports?|marathon|festival)\b"
            ),
        ),
        (
            "promotion",
            (
                r"\b(?:newsbreaks|benzinga|stonegate|analysts?|price target|stock(?:s)? to|undervalued|"
                r"market size|cagr|market research|market report|valuation|shares (?:rose|fell|jump\w*|"
                r"drop\w*|climb\w*|surg\w*|slump\w*))\b"
            ),
        ),
        (
            "talks",
            (
                r"\b(?:in talks|talks (?:with|on|to|over)|negotiat\w+|explor\w+ (?:a |the )?(?:sale|"
                r"options|deal)|sources?\b|people familiar|rumou?r\w*|may (?:partner|buy|sell)|"
                r"considering|letter of intent|memorandum of understanding|mou\b|loi\b|non-?binding|term "
                r"sheet)\b"
            ),
        ),
        (
            "services",
            (
                r"\b(?:cdmo|cmo|cro|contract (?:development|manufactur|research)\w*|manufacturing "
                r"(?:services|agreement|partner)|reseller|software|telehealth|insurance|platform provider|"
                r"pharmacy|hospitals?|health system)\b"
            ),
        ),
        ("purchase-order", r"\b(?:purchase orders?|procurement|supply (?:agreement|contract)|doses)\b"),
        (
            "study-news",
            (
                r"\b(?:researchers|scientists|study|doctors|cancer patients|people with|new research|"
                r"journal)\b"
            ),
        ),
        ("roundup", r"; \w+|\b(?:roundup|round-up|we[’']?re reading|deals, deals|and more$|week in)\b"),
        (
            "old",
            (
                r"\b(?:19|20)\d\d (?:agreement|deal|collaboration|licen[cs]e|pact)|\b(?:signed|entered "
                r"into|announced|struck) in (?:\w+ )?(?:19|20)\d\d|\bexisting (?:agreement|partnership|"
                r"collaboration)|\bongoing (?:collaboration|partnership)"
            ),
        ),
        ("form-8k", r"\b(?:form 8-k|item \d\.0\d|material definitive agreement)\b"),
    )
)
