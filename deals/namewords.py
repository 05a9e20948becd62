"""Words about names: those that end companies' names, those of public bodies, those that are no part of a name.

HEADS stand at the end of companies' names (those in SUBJECTS at the end of other words too), PUBLIC in the names of
universities, institutes and authorities. EDGES are cut off a run of capitalised words, NEVER are runs that are no
party: wires, exchanges, regulators, diseases.
"""

from __future__ import annotations

_HEADS_WORDS = (
    "therapeutics therapeutic pharma pharmaceutical pharmaceuticals biotech biotechnology "
    "biotechnologies biosciences bioscience bio biologics biologicals "
    "medicines medicine sciences laboratories laboratory labs technologies technology health "
    "healthcare medical genomics diagnostics biopharma biopharmaceuticals "
    "immunotherapeutics immunotherapies vaccines oncology biosystems systems biomedical "
    "biomedicine bioworks genetics lifesciences life devices nutrition robotics "
    "biodesign surgical pharmacy pharmacies chemicals chemical industries brands instruments "
    "imaging immune immunology neuroscience neurosciences biomedicines mrna peptides proteins antibodies plasma "
    "radiopharma biotherapeutics biotherapies biopharm pharmacal dermatology ophthalmics ophthalmology aesthetics "
    "biolabs biolab therapies neuro medtech bioengineering cosmetics immuno dx rx ai"
)
HEADS = frozenset(_HEADS_WORDS.split())
_SUBJECTS_WORDS = (
    "technology technologies health healthcare medical oncology medicine imaging systems immunology "
    "neuroscience sciences life "
    "diagnostics genetics genomics devices instruments nutrition industries brands immune plasma antibodies "
    "proteins peptides "
    "vaccines dermatology ophthalmology surgical robotics"
)
SUBJECTS = frozenset(_SUBJECTS_WORDS.split())
_PUBLIC_WORDS = (
    "university institute institutes foundation hospital center centre college school "
    "ministry department agency council academy clinic fund trust consortium government "
    "universität università universidad université fiocruz nih find cepi jdrf pool "
    "initiative institut inserm cnrs alliance hospitals"
)
PUBLIC = frozenset(_PUBLIC_WORDS.split())


_EDGES_WORDS = (
    "the in under on at for with by as from to of and or an a this these that its it our we "
    "he she they his her their also both upon per if while when where after before "
    "so then now here rival meanwhile separately among including like such both shares "
    "since during through following although however but yet not no all any each other more "
    "new additional terms based about today yesterday both there "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday dr mr mrs ms prof professor "
    "sir ceo cfo coo cso cmo president chairman chief executive officer vice director senior "
    "phase article item form source via photo company companies financial agreement "
    "agreements license licence collaboration partnership deal exclusive global worldwide "
    "strategic "
    "fda ema cdc usa us uk eu u.s u.s. u.k u.k. e.u covid covid-19 hiv dna rna mrna adc adcs "
    "ip r&d gmp ind bla nda ipo q1 q2 q3 q4 usd eur gbp dollars euros million billion "
    "shares shareholders investors analysts parties development research commercial clinical "
    "trial product products patients world forward-looking statements nasdaq nyse "
    "spin-out spinout startup start-up another what enter how why can will should could would does did is are "
    "who whose with without against into "
    "out up down "
    "disease disorder syndrome one two three four five six several multiple first second third"
)
EDGES = frozenset(_EDGES_WORDS.split())
_NEVER_WORDS = (
    "reuters|pr newswire|prnewswire|business wire|businesswire|globe newswire|globenewswire|"
    "newmediawire|bloomberg|benzinga|newsdirect|news direct|cnw|"
    "fda|food and drug administration|food drug administration|u.s. food|european medicines "
    "agency|european commission|european union|securities and exchange commission|"
    "securities exchange commission|federal trade commission|nasdaq|nyse|nasdaq global "
    "market|new york stock exchange|nasdaq stock market|london stock exchange|tokyo stock "
    "exchange|euronext|"
    "company|registrant|ltd|inc|corp|group|holdings|therapeutics|pharma|investorwire|ibn|"
    "investornewsbreaks|biomednewsbreaks|proactive|steve darling|dow jones|mt newswires|"
    "linkedin|twitter|facebook|youtube|sec|"
    "united states|united kingdom|european|american|chinese|japanese|british|german|french|"
    "swiss|danish|swedish|korean|indian|israeli|dutch|italian|spanish|canadian|australian|"
    "belgian|irish|"
    "europe|america|asia|north america|south america|latin america|greater china|china|japan|"
    "germany|france|switzerland|italy|spain|canada|australia|korea|south korea|india|israel|"
    "taiwan|hong kong|macau|singapore|denmark|sweden|norway|finland|netherlands|the "
    "netherlands|belgium|austria|ireland|brazil|mexico|russia|turkey|england|scotland|wales|"
    "iceland|poland|portugal|greece|africa|"
    "south africa|middle east|new zealand|southeast asia|asia pacific|eu|us|uk|new york|new "
    "jersey|california|massachusetts|pennsylvania|north carolina|maryland|texas|florida|"
    "illinois|indiana|"
    "london|paris|tokyo|basel|cambridge|boston|san francisco|san diego|south san francisco|"
    "shanghai|beijing|seoul|zurich|geneva|copenhagen|stockholm|munich|frankfurt|mumbai|"
    "toronto|montreal|vancouver|"
    "hart-scott-rodino|hsr act|private securities litigation reform act|kol|ceo|globe|wall "
    "street|chapter|nobel|item|exhibit|nt|hk|sek|nok|dkk|chf|rmb|rs|inr|krw|jpy|aud|cad|sgd|twd|reg|ftc|hsr|"
    "food|drug administration|food and drug|market|global market|standard market|internal medicine|computed tomography|"
    "alzheimer|parkinson|huntington|crohn|hodgkin|duchenne|sjögren|cushing|hashimoto|"
    "foundation|institute|university|hospital|agency|ministry|center|centre|council|memorandum|understanding|"
    "memorandum of understanding|letter of intent|heart failure|"
    "purchaser|seller|licensor|licensee|buyer"
)
NEVER = frozenset(_NEVER_WORDS.split("|"))
