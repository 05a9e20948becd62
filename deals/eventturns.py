"""How news word what happened to an agreement, by classes of words: what was done, to what, for how much.

Where deals/eventsigns.py has the turns of phrase that leave little doubt, this joins a class of verbs with a class of
objects: any way to end with any name of an agreement, any way to be paid with a sum and a reason. The weights are
lower, so that two such turns, or one beside an older agreement (`OLDER`), are needed.
"""

from __future__ import annotations

from deals.patterns import Lowered, lowered
from news.reading import DealEventName

_PACT = (
    r"(?:agreements?|collaborations?|partnerships?|alliances?|pacts?|deals?|licen[cs]es?|licen[cs]ing|"
    r"co-?operations?|contracts?|ventures?|relationships?|tie-?ups?|accords?|options?|programmes?|partners?)"
)
_SUM = (
    r"(?:[$€£¥]\s?\d|\b(?:us|a|c|hk|nt|s)\$\s?\d|\b(?:usd|eur|gbp|chf|sek|dkk|nok|jpy|rmb|cny|krw|inr)\s?\d|"
    r"\d\s?(?:million|billion|mln|bn|m)\b)"
)
_PAID = (
    r"(?:earn(?:s|ed|ing)?|receiv(?:es|ed|ing)|collect(?:s|ed|ing)?|bank(?:s|ed|ing)?|pocket(?:s|ed|ing)?|"
    r"net(?:s|ted|ting)|book(?:s|ed|ing)?|land(?:s|ed|ing)?|wins?|won|gets?|got|bags?|bagged|is owed|is due|due)"
)
_REACHED = (
    r"(?:dos(?:ed|ing)|first (?:patient|subject|participant|volunteer|child|woman|man|sale|launch)|approv\w+|"
    r"fil(?:ed|ing)|launch\w*|clearance|cleared|acceptance|accept(?:s|ed)|nominat\w+|start(?:s|ed|ing)?|"
    r"begin(?:s|ning)?|beg[au]n|enters?|entered|initiat\w+|deliver(?:s|ed|y)|go-ahead|sales|validat\w+|selected)"
)
_ENDS = (
    r"(?:terminat\w+|end(?:s|ed|ing)?|ceas\w+|scrap\w*|(?<!eye )(?<!eye-)(?:drops|dropp(?:ed|ing))|(?<=to )drop|"
    r"(?<=will )drop|ax(?:e[sd]?|ing)|cut(?:s|ting)? short|"
    r"discontinu\w+|exit(?:s|ed|ing)?|laps(?:e[sd]?|ing)|cancel\w*|shelv\w+|shelf|sever\w*|dissol\w+|unw[io]u?n\w*|"
    r"abandon\w*|ditch\w*|jettison\w*|cull\w*|nix\w*|kill(?:s|ed|ing)?|spurn\w*|rescind\w*|revok\w+|annul\w*|"
    r"leav(?:es?|ing)|left|quit(?:s|ting)?|bail(?:s|ed|ing)?|back(?:s|ed|ing)? (?:out|away)|unravel\w*|collaps\w+|"
    r"f(?:a|e)ll(?:s|ing)? (?:apart|through)|undo(?:es|ne|ing)?|bur(?:y|ies|ied)|pull(?:s|ed|ing)? (?:out|back)|"
    r"step(?:s|ped|ping)? (?:away|back)|bow(?:s|ed|ing)? out|turn(?:s|ed|ing)? (?:its|their) back|"
    r"lose[sd]?|lost|g(?:i|a)v(?:es?|ing|en) up|let(?:s|ting)? go|wr(?:ite|ites|ote|itten) off)"
)
_GAP = (
    r"(?:(?!\b(?:suits?|lawsuits?|disputes?|litigation|quarter|shares?|trading|study|trial|with|via|when|after)\b)"
    r"[^.;:]){0,45}?"
)
_CHANGES = (
    r"(?:alter(?:s|ed|ing)?|adjust\w*|tweak\w*|vari(?:es|ed)|vary(?:ing)?|updat\w+|redefin\w+|recut\w*|re-?cut\w*|"
    r"re-?negotiat\w+|re-?work\w*|rearrang\w+|reopen\w*|re-?writ\w+|redo(?:ne|es)?|refresh\w*|redesign\w*|"
    r"revisit\w*|re-?cast\w*|re-?shap\w+|trim(?:s|med)?|slim\w*|shorten\w*|simplif\w+|re-?structur\w+|chang(?:es?|"
    r"ed|ing)|mend(?:s|ed)|"
    r"swap(?:s|ped|ping)?|trad(?:es|ed|ing)|waiv\w+|realign\w*|reset\w*)"
)
_LESS_OR_MORE = (
    r"(?:lower\w*|cut(?:s|ting)?|reduc\w+|trim\w*|rais(?:es|ed|ing)|increas\w+|lift(?:s|ed)?|halv\w+|doubl\w+|"
    r"fall(?:s)?|ris(?:es|e)|drop(?:s|ped)?|shrink\w*|shr[au]nk|swap\w*|trad(?:es|ed|ing)|waiv\w+|giv\w+ up)"
)
_MORE = (
    r"(?:add(?:s|ed|ing)?|expand\w*|exten(?:d|ds|ded|ding|sion)|widen\w*|broaden\w*|enlarg\w+|doubl(?:es|ed|ing)|"
    r"tripl\w+|deepen\w*|upsiz\w+|top(?:s|ped)? up|tack(?:s|ed)? on|stretch\w*|step(?:s|ped)? up|"
    r"(?:comes?|came|goes|went|returns?|returned) (?:back )?for more|build(?:s|ing)? on|grow(?:s|n)?|grew|"
    r"doubling down|doubles? down|bolster\w*|reinforc\w+|beef\w* up|ramp\w* up|scal\w+ up|renew\w*|prolong\w*)"
)
_TAKES = (
    r"(?:picks? up|picked up|takes?|took|taken|claims?|claimed|brings?|brought|licens(?:es|ed)|chooses|chose|chosen|"
    r"selects?|selected|adds?|added|secures?|secured|moves? ahead|moved ahead|proceeds?|goes ahead|says? yes|said yes)"
)
_WRITTEN: tuple[tuple[DealEventName, float, str], ...] = (
    (
        "option-exercise",
        1.0,
        (
            r"\b(?:exercis(?:es|ed|ing)|trigger(?:s|ed|ing)?|activat(?:es|ed|ing)|invok(?:es|ed|ing)|cash(?:es|ed) in|"
            r"call(?:s|ed)? (?:in )?|convert(?:s|ed)|redeem(?:s|ed)|us(?:es|ed)|execut(?:es|ed)) (?:on )?(?:\S+ ){0,5}?"
            r"(?:options?|opt-in)\b(?! (?:agreement|period|to (?:expand|extend|purchase|terminate)))"
            r"|\bexercis(?:es|ed|ing) (?:its|their|the|a|an) (?:\S+ ){0,3}?rights?\b(?! (?:to (?:terminate|end|"
            r"return)|of "
            r"termination))"
            r"|\bopt(?:s|ed|ing)? (?:in|for|to (?:take|licen[cs]e|acquire|develop|go ahead|proceed|exercise))\b"
            rf"|\b{_TAKES}\b[^.;]{{0,90}}\bunder (?:an?|the|their|its|that) (?:\S+ ){{0,3}}?options?\b"
            r"|\boption (?:\S+ ){0,4}?(?:exercised|triggered|converted|activated)\b"
            r"|\b(?:us(?:es?|ed)|mak(?:es?|ing) use of|made use of) (?:of )?(?:its|their|the|"
            r"an) (?:\S+ ){0,2}?(?:rights?|"
            r"options?)\b|\b(?:licensed|called|picked|chosen|taken)\b[^.;]{0,80}\b(?:held (?:\S+ )?options|optioned)\b|"
            r"\b(?:decid(?:es|ed)|chos\w|elect(?:s|ed)) to licen[cs]e\b|\bplace of (?:the|its|"
            r"an) (?:\S+ ){0,2}option\b|"
            r"\b(?:calls?|called|picks?|picked|licensed|took|takes)\b[^.;]{0,60}\bunder (?:its|the|their|an) option\b"
        ),
    ),
    (
        "option-exercise",
        0.6,
        (
            r"\b(?:say(?:s|ing)?|said) yes\b|\bopt-in\b|\b(?:is|was) the (?:first|second|third|fourth|"
            r"fifth) (?:of \S+ )?"
            r"(?:option|opt-in)|\b(?:first|second|third|fourth|fifth|another|last) of (?:\S+ ){1,2}options\b"
            r"|\b(?:two|three|four|five|further|remaining|more) (?:\S+ )?options (?:remain|are left|left)\b|"
            r"\bexercise (?:fee|price|payment)\b|\bin-?house\b[^.;]{0,60}\boption\b|\boption\b[^.;]{0,60}\bin-?house\b"
        ),
    ),
    (
        "termination",
        0.8,
        (
            rf"\b{_ENDS}\b{_GAP}\b{_PACT}\b(?! (?:application|talks|negotiations|price))"
            r"|\b(?:not|n[’']t|no longer|declin\w+ to|refus\w+ to|rather than|never) (?:to )?(?:be )?(?:renew\w*|"
            r"exten\w+|"
            r"continu\w+|pursu\w+|prolong\w*|go on|exercis\w+|tak\w+ up|proceed\w*|opt in)\b"
            rf"|\b{_PACT}\b[^.;]{{0,40}}?\b(?:will|to|would|is to|are to) (?:lapse|end|cease|expire|be (?:terminated|"
            r"ended|dissolved|wound)|come to an end|run out)\b"
            rf"|\b{_PACT}\b[^.;]{{0,80}}?\b(?:ends|ended|runs out|unravel\w*|collapses|collapsed|crumbl\w+|"
            rf"falls apart|fell apart|"
            r"is (?:over|finished|dead|off)|was finished|comes? to (?:an|its) end|over)\b"
            r"|\b(?:drops|ditch(?:es|ed)|dump(?:s|ed)|abandon(?:s|ed)|axe[sd]|scrap(?:s|ped)|shelves|shelved|"
            r"hands? back|return(?:s|ed)|"
            r"bail(?:s|ed) (?:out )?on|walks away from|pulls out of|quits|exits|stops selling|gives? up|"
            r"gave up) (?:on )?"
            r"(?:\S+ ){0,4}?\S+[’'](?:s\b|(?= ))"
            r"|\b(?:serv\w+|receiv\w+|giv\w+|gave|sent|sends?) (?:\S+ ){0,4}?(?:termination )?notice\b|"
            r"\btermination notice\b|"
            r"\bno longer (?:want|need|interest|pursu|part)\w*|\bceas\w+ (?:to )?(?:distribut|sell|market|promot|"
            r"supply)\w*|"
            r"\b(?:pass(?:es|ed)|takes a pass) on\b|\blet(?:s|ting)?\b[^.;]{0,30}\b(?:expire|lapse|run out|go)\b|"
            r"\bthe (?:termination|keys)\b|\b(?:return|reversion|recovery|reacquisition) of (?:\S+ ){0,6}?(?:rights|"
            r"licen[cs]e)\b"
            r"|\b(?:get|take|have|win|buy|claw)(?:s|ing)?\b[^.;]{0,50}\bback\b(?! (?:to|in|on|from the|half|office))"
            r"|\b(?:sole|full|whole|complete|outright) (?:owner\w*|control|rights) (?:\S+ ){0,4}?(?:again|once more)\b"
            r"|\bwithout (?:a|its|their) (?:\S+ ){0,2}partner\b|\b(?:loses?|lost|losing) (?:a|an|its|their) (?:\S+ "
            r"){0,3}(?:partner|backer|ally)\b|\bhand-?back\b|\bbreak-?up\b|\bfree(?:s|d)? (?:itself |it )?(?:of|from) "
            r"(?:its|the|an?) (?:\S+ ){0,2}(?:partner|pact|deal|agreement|licen[cs]e)\b"
        ),
    ),
    (
        "amendment",
        0.9,
        (
            rf"\b{_CHANGES}\b[^.;]{{0,50}}?\b(?:terms|conditions|agreement|contract|pact|licen[cs]e|deal|alliance|"
            rf"accord|"
            r"profit share|profit split|royalt(?:y|ies)|milestones|split of)\b"
            r"|\b(?:change|amending|amendment|supplement\w*|variation|side) (?:contract|agreement|letter|deal)\b|"
            r"\b(?:altered|changed|revised|amended|new|lighter|easier|better|different|modified) terms\b"
            r"|\bamend\w*\b|\bchang(?:es|ed) (?:to|in) (?:their|the|its|a|an) (?:\S+ ){0,4}?(?:agreement|contract|"
            r"pact|licen[cs]e|"
            r"deal|alliance|terms|wording)\b"
        ),
    ),
    (
        "amendment",
        0.6,
        (
            rf"\b{_LESS_OR_MORE}\b[^.;]{{0,60}}?\b(?:royalt(?:y|ies)|milestones?|(?:total|full) (?:scale|value|sum)|"
            r"profit share|fees?)\b[^.;]{0,60}?\b(?:from|to|of the|instead of|under the original)\b|"
            r"\bsecond thoughts\b|"
            r"\b(?:deadline|due date|start|launch|research term|option period)\b[^.;]{0,40}\b(?:moves?|moved|pushed|"
            r"postponed|put (?:off|back)|extended|delayed)\b|\b(?:instead of|rather than|in place of|down from|"
            r"up from) "
            r"(?:the )?(?:\S+ ){0,5}(?:original|earlier|agreed|previous|former)|\bmore time\b|\bstays? as (?:it was|"
            r"they "
            r"were)|\bthe original (?:\d{4} )?(?:contract|agreement|deal|licen[cs]e|terms)\b|"
            r"\bchanges\b[^.;]{0,20}\bsaid\b"
        ),
    ),
    (
        "milestone",
        0.9,
        (
            rf"\b{_REACHED}\b[^.;]{{0,60}}?\b(?:earns?|earned|triggers?|triggered|brings?|brought|nets|unlock(?:s|ed)|"
            rf"pays|yields?|sets? off|releases?|means|is worth|fetch(?:es|ed))\b[^.;]{{0,50}}?(?:{_SUM}|payment|cheque)"
            rf"|\b{_PAID}\b(?:(?!\bup-?front|\binitial|\bin funding|\broyalt|\bgrant|\binvest)[^.;]){{0,30}}?{_SUM}"
            rf"(?:(?!\bup-?front|\binitial|\broyalt|\bgrant|\binvest)[^.;]){{0,90}}?\b(?:because|after|following|"
            rf"now that|"
            rf"for (?:starting|reaching|dosing|achieving|completing|filing|delivering|the (?:start|first|approval|"
            rf"launch))|"
            rf"whose|when|upon|as)\b[^.;]{{0,60}}?\b{_REACHED}\b"
            rf"|\bow(?:es?|ed|ing)\b[^.;]{{0,20}}?{_SUM}|\bentitles?\b[^.;]{{0,60}}?{_SUM}|\b(?:triggers?|triggered|"
            rf"that triggers|"
            rf"sets off|set off) (?:an?|the) (?:\S+ ){{0,3}}?(?:payment|fee|cheque)|\b(?:success|achievement|"
            rf"feat) (?:is |was )?"
            rf"(?:worth|brings|brought|earns|earned)\b|\bthresholds?\b[^.;]{{0,90}}?\b(?:crossed|passed|reached|"
            rf"exceeded|hit|met)\b"
            r"|\btargets?\b[^.;]{0,60}?\b(?:to|into|for|in) (?:\S+ ){0,4}?(?:portfolio|pipeline)\b"
            rf"|\bmilestone\b[^.;]{{0,80}}?{_SUM}[^.;]{{0,60}}\bfrom\b"
        ),
    ),
    (
        "milestone",
        0.7,
        (
            rf"\b{_PAID}\b(?:(?!\bup-?front|\binitial|\bfunding|\broyalt|\bgrant|\binvest|"
            rf"\bup to\b)[^.;]){{0,30}}?{_SUM}"
            r"(?:(?!\bup-?front|\binitial|\bfunding|\broyalt|\bgrant|\binvest|\boption)[^.;]){0,40}?\bfrom\b"
            r"|\b(?:second|third|fourth|fifth|latest|another|next) (?:\S+ ){0,2}milestone\b|\b(?:remain|remains|"
            r"left) to "
            r"be (?:won|earned|paid)\b|\bmilestone (?:is )?(?:reached|hit|met|achieved|triggered|paid|income|cheque)"
        ),
    ),
    (
        "closing",
        0.8,
        (
            rf"\b(?:finali[sz]\w+|complet(?:es|ed|ion)|clos(?:es|ed)|consummat\w+|conclud(?:es|ed)(?= the| their|"
            rf" its))\b[^.;]{{0,40}}?\b{_PACT}\b|"
            r"\b(?:shareholders|regulators?|authorit(?:y|ies)|antitrust|ministry|ftc|"
            r"commission)\b[^.;]{0,50}?\b(?:voted "
            r"in favou?r|approved|cleared|waved through|consent\w*|nod\w*|blessing)\b[^.;]{0,60}?\b(?:pact|deal|"
            r"agreement|licen[cs]e|venture|transaction)\b|\bcompletion (?:conditions|of the (?:deal|transaction|"
            r"licen[cs]e))|"
            r"\b(?:conditions?|approvals?) (?:\S+ ){0,4}?(?:met|fulfilled|satisfied|obtained|received)\b|"
            r"\bsigned, sealed\b|\bnow (?:in force|effective|complete|closed|final)\b|\bbec(?:omes?|ame) effective\b"
        ),
    ),
    (
        "expansion",
        0.7,
        (
            rf"\b{_MORE}\b[^.;]{{0,50}}?\b(?:{_PACT}|targets?|program(?:me)?s?|indications?|territor(?:y|ies)|"
            rf"countr(?:y|"
            r"ies)|products?|candidates?|compounds?|years)\b[^.;]{0,50}?\b(?:to (?:its|their|the|an?)|existing|current|"
            r"earlier|original|previous|20\d\d|pact|alliance|deal|agreement|collaboration|partnership|accord)\b"
            r"|\bsecond (?:deal|pact|agreement|licen[cs]e|collaboration|alliance|partnership)\b|\bfollow(?:s|"
            r"ing)?-?(?: )?"
            r"(?:on|up) (?:deal|pact|agreement|licen[cs]e|collaboration|alliance)\b|\b(?:for|by) (?:another|"
            r"a further|a "
            r"second|an additional|\S+ more) (?:\S+ )?(?:years?|targets?|program(?:me)?s?)\b"
        ),
    ),
)
EVENT_TURNS: tuple[tuple[DealEventName, float, Lowered], ...] = tuple(
    (event, weight, lowered(expression)) for event, weight, expression in _WRITTEN
)
OLDER = lowered(
    rf"\b(?:under|of|in|from|to|on|by|with|end(?:s|ed)?|its|their|the) (?:an?|the|their|its|that|[\w’'.-]+[’']s?)? ?"
    rf"(?:\S+ ){{0,2}}?(?:(?:19|20)\d\d|existing|original|earlier|previous|(?:\w+-)year-old|\w+-year|long-?standing|"
    rf"first) "
    rf"(?:\S+ ){{0,3}}?{_PACT}\b|\b{_PACT}\b[^.;]{{0,40}}?\b(?:signed|struck|agreed|made|begun|dating|since|from|"
    rf"concluded|"
    rf"reached|announced|entered into) (?:in |from |back to |since )?(?:\w+ )?(?:19|20)\d\d\b|\bsince (?:19|20)\d\d\b"
)
"""An agreement that is there already: "their 2021 pact", "the licence signed in 2019"."""
