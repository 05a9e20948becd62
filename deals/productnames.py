"""Names of products in a sentence: codes, generic names by their endings, trade marks, platforms, names by context.

    products(text) -> (Product(name, start, end, firm), …)     `firm` where the form alone says that it is a product
    codes(text) -> (code, …)                                   the product codes only

What merely looks like one (trial numbers, sums, targets such as CD19, words of the language) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,6}[a-z]?[A-Z]{0,3}-?\d{2,7}[A-Za-z]{0,2}|[A-Z]{2,5} \d{3,6}|"
    r"[A-Z]{2,6}-?\d{1,7}[A-Z]{0,2}|[A-Z]{1,5}-[A-Z]{1,5}-?\d{2,6}|"
    r"[A-Z][a-z]{0,5}-?[A-Z]{1,3}-?\d{2,5}|[a-z]{3,5}-cel|\d{1,2}[A-Z]{1,3}-\d{2,5}|[A-Z]{3,6}-[A-Z0-9]{2,8}-L?-?Rx|"
    r"[A-Z]{2,4}-[A-Z]{2,6}\d{1,2})(?:-\d{1,4})?(?!\w)"
)
_NOT_A_CODE = re.compile(
    r"(?:NCT|ISO|ISIN|COVID|SARS|MERS|FY|CY|Q|H|GLP|IL|PD|HIV|HPV|HER|FGFR|TNF|Form|DE|FR|US|CH|GB|CN|JP|AMEX|ICD|AVX|"
    r"DRG|GMP|EC|EU|RSV|IFN|TLR|Covid|MMP|VEGFR?|"
    r"EGFR|IGF|TGF|DPP|CDK|JAK|PDE|SGLT|BRCA|KIF|CYP|ATP|NS|SP|G|A|P|D|PM|AM|NO|NYSE|HK(?!-\d)|TSX|OTC|No|Level|COP|"
    r"ASCO|"
    r"ESMO|JPM|ASH|AACR|EHA|IPO|SEC|CEO|UTC|GMT|NDA|HTLV|AAV|HSV|"
    r"BLA|IND|USD|EUR|GBP|JPY|CHF|RMB|CNY|SEK|DKK|NOK|AUD|CAD|HKD|SGD|KRW|INR|Rs|In|In|June|July|May|March)-?\s?\d|"
    r"CD-?(?:[12]?\d{1,2}|3[0-6]\d|37[01])(?!\d)|"
    r"[A-Z]{2,5} (?:19|20)\d\d$|(?:NY|CA|MA|NJ|PA|MD|TX|NC|IL|WA|CT|OH|MN|FL|CO|GA|VA)\s\d{5}$"
)
_SUFFIX = (
    r"(?:[mt]abs?|[a-z]tug|[a-z]bart|[a-z]{3}mig|captad|[a-z]inib|[a-z]anib|[a-z]enib|tinib|ciclib|parib|lisib|degib|"
    r"rafenib|metinib|sertib|denib|zomib|"
    r"clax|stat|glutide|glatide|tide|cept|vec|leucel|"
    r"temcel|gene [a-z]+|siran|ersen|rsen|gliptin|gliflozin|gliatin|sartan|prazole|prazan|triptan|xaban|limus|"
    r"statin|vir|virine|navir|buvir|asvir|previr|fungin|conazole|"
    r"floxacin|cillin|cycline|mycin|micin|penem|bactam|zolid|idone|azepam|oxetine|terol|tropium|sentan|ciguat|"
    r"vedotin|deruxtecan|ozogamicin|emtansine|tesirine|"
    r"govitecan|pegol|kinra|grastim|stim|poetin|lukast|setron|pitant|rexant|gepant|dopa|giline|tadine|citabine|"
    r"abine|taxel|platin|rubicin|tecan|trexed|fostat|nuvir|"
    r"melotin|caftor|stemtide|trigine|racetam|bactam|oxaban|grel|parin|kiren|olol|dipine|pril|oxin|mide|tinine|"
    r"denoson|zapine|piprazole|apine|relin|relix|calcet|gabalin|"
    r"tamide|lutamide|strant|oxifene|trozole|prost|prostone|mod|imod|fibrate|nafil|vaptan|exant|citinib|golix|"
    r"pultide|cabtagene|sodium oxybate|golide|fentanil|coxib|profen|begron|milast|rasib|sidenib|estrant|oprost|relvir|"
    r"terone|orexant|drostat|bradine|tegravir|vudine|azoline|fenac|spirone|glipron|tegrast|metostat|demstat|afusp|alfa|"
    r"[a-z]{3}cel|gene|genlecleucel)"
)
_GENERIC_NAME = re.compile(
    rf"(?<![\w-])[a-zA-Z]?[a-z]{{3,16}}{_SUFFIX}(?![\w])(?: (?:vedotin|deruxtecan|pegol|autotemcel|autoleucel|"
    rf"mafodotin|ravtansine|soravtansine|emtansine|ozogamicin|"
    rf"ciloleucel|pamirtecan|tesirine|govitecan))?"
)
_ENGLISH = (
    "intercept concept accept except precept reception provide include reside inside outside beside decide guide "
    "divide pride wide aside worldwide nationwide "
    "alongside tide peptide nucleotide "
    "oligonucleotide polypeptide stat stim mod amide method period thermostat habitat photostat kinin estate state "
    "mid pyramid humid "
    "statin statins vaccine medicine combine determine examine april cost interim thalamide sulfonamide decline "
    "vitamin elixir fakir "
    "cholesterol lead prostate abroad antibody gene toxin autotoxin dioxin endotoxin exotoxin cytotoxin "
    "immunotoxin neurotoxin botulinum hydroxide "
    "dipeptide glycopeptide lipopeptide neuropeptide override upside downside cyanide bromide chloride fluoride "
    "gene genes oxygene hygiene kerosene excel cancel parcel recel interferon halfa alfalfa hydrogene progesterone "
    "testosterone aldosterone glycogene indigene antigene transgene oncogene foresti souvenir reservoir stir virtual "
    "lab labs collab tab tabs rehab stab slab grab dab crab prefab cab"
)
_COMMON = frozenset(_ENGLISH.split())
_MARK = re.compile(r"®|™|\((?:R|TM|r|tm)\)")
_PLATFORM_WORD = re.compile(
    r"[Pp]latform|[Tt]echnolog|[Ll]ibrary|[Ss]ystem|[Ii]nstrument|[Aa]ssay|[Tt]est|[Pp]anel|[Dd]evice|[Ii]nhaler|"
    r"[Pp]en|[Ii]njector|[Ss]oftware"
)
_MARKED = re.compile(r"(?<![\w-])([A-Za-z][\w-]{2,24})\s?(?:®|™|\((?:R|TM|r|tm)\))")
_PLATFORM = re.compile(
    r"(?<![\w-])(?:\(([A-Z][A-Za-z0-9-]{2,15})\)|([A-Z][\w+-]{1,20}(?:\s[A-Z0-9][\w+-]{0,14}){0,2}))[®™]{0,2}(?:\s?"
    r"\(R\))?,?\s"
    r"(?:(?:[a-z][\w-]{1,20}|AI|RNA|DNA|ADC|T-cell|Discovery|Drug|Delivery|Technology|Antibody)\s){0,4}?"
    r"(?:[Pp]latforms?|[Tt]echnolog(?:y|ies)|[Ll]ibrary|[Ss]ystem|[Ii]nstruments?|[Aa]ssays?|[Tt]ests?|[Pp]anels?|"
    r"[Dd]evices?|[Ii]nhalers?|[Pp]ens?|[Ii]njectors?|[Ss]oftware)\b"
)
_CALLED = re.compile(
    r"\b(?:called|named|dubbed|known as|branded(?: as)?|trademark|brand name|marketed (?:as|under)|sold (?:as|"
    r"under)|under the (?:brand )?names?|codenamed|trade name)\s"
    r"(?:the\s)?[“\"‘']?([A-Z][\w-]{2,24}(?:\s[A-Z0-9][\w-]{1,14}){0,1})"
)
_PRODUCT = (
    r"(?:drug|vaccine|pill|medicine|therapy|treatment|product|brand|antibody|inhaler|device|test|asset|candidate|"
    r"compound|inhibitor|agonist|antagonist|engager|injection|"
    r"capsule|tablet|cream|gel|spray|biosimilar|blockbuster|insulin|kit|app|formulation|molecule|degrader|blocker|"
    r"painkiller|antibiotic|modulator|conjugate|peptide)s?"
)
_CLASS_BEFORE = re.compile(rf"\b{_PRODUCT},? [“\"]?([A-Z][\w-]{{3,24}})(?![\w’'])")
_CLASS_AFTER = re.compile(
    rf"(?:\b(?:its|the|their|of|for|new)|[’']s) ([A-Z][\w-]{{2,24}})[®™]? (?:[a-z][a-z-]+ ){{0,2}}{_PRODUCT}(?![\w-])"
)
_BRAND = re.compile(r" \((?:brand name:? )?([A-Z][A-Za-z-]{3,20})[®™]{0,2}\)")
"""A brand behind its generic name: "dorvelimab (Gleneva)"."""
_APPOSED = re.compile(
    rf"(?<![.!?:] )(?<![\w-])(?P<behind>[A-Z][a-zA-Z0-9-]{{3,24}})(?: \([a-z][^()]{{3,40}}\))?,? (?:is |was "
    rf")?(?:a|an|the|its|their|which is)\s(?:[\w/’'-]+\s){{0,7}}?{_PRODUCT}\b"
    rf"|(?<![\w-])(?P<pair>[A-Z][\w-]{{3,24}})[®™]? \((?=[a-z]{{6,}}(?: [a-z-]+)?\))"
)
_RIGHTS_TO = re.compile(
    r"\b(?:rights (?:to|for|of|in)|licen[sc]e[ds]?(?: (?:agreement|deal|rights|option))? (?:for|to|of|on)|"
    r"licens(?:e|es|ed|ing)|agreement (?:for|on|to (?:develop|"
    r"commerciali[sz]e|distribute|market|sell|promote|co-promote|supply|test|evaluate))|commerciali[sz](?:e|es|ing|"
    r"ation)(?: of)?|distribut(?:e|es|ing|ion|or)(?: of)?|"
    r"promot(?:e|es|ing|ion)(?: of)?|market(?:s|ing)?(?: of)?|sell(?:s|ing)?|sale of|develop(?:s|ing|ment)?(?: of| "
    r"and commerciali[sz](?:e|ation of))?|option on|"
    r"deal (?:for|on)|pact (?:for|on)|launch(?: of)?|suppl(?:y|ies)(?: of)?|manufactur(?:e|ing)(?: of)?|"
    r"evaluat(?:e|ing)|combination (?:of|with)|access to|formulations? of|involving|covering|collaborat(?:e|ion) on)\s"
    r"(?:(?:the|its|their|an?|our|both|investigational|experimental|candidate|drug|medicine|vaccine|product|"
    r"products|brand|proprietary|novel|lead|compound|"
    r"development|and|commerciali[sz]ation|of|company['’]s|company|capsule|tablets?|oral|patented|"
    r"[A-Z][\w-]+['’]s?)\s){0,5}[“\"]?"
    r"([A-Z][\w-]{2,24}(?:\s(?:[A-Z0-9][\w-]{0,14}|Nile)){0,1})"
)
_OWNED = re.compile(
    r"(?<=[a-zA-Z])[’']s?\s(?:(?:proprietary|investigational|experimental|approved|blockbuster|lead|novel|drug|"
    r"medicine|candidate|vaccine|antibody|inhibitor|compound|marketed)\s){0,3}"
    r"([A-Z][a-z]{3,}[a-z]|[A-Z][a-z]+[A-Z][A-Za-z]+)[®™]{0,2}(?=[,.;)]|\s[a-z(]|$)"
)
"""A name behind its owner's: "a trial of its antibody with Example's Gleneva"."""
_INNER_CAPITALS = re.compile(
    r"(?<![\w@./-])(?!Bio|Details|Standard)([A-Z][a-z]{2,}[A-Z][a-z]{2,}(?:-[A-Z0-9][\w-]*)?|"
    r"[A-Z]{2,4}[a-z]{3,}-[A-Z][a-z]\w*|[A-Z]{2,4}[a-z]{4,}|[A-Z][a-z]{3,}(?:ECG|GPT|DX|HD|XR|CT)|"
    r"(?!a|iP|eB|e[CHM]|mH|iS)[a-z][A-Z][a-z]{4,})(?![\w@/-])"
)
"""Names of products and technologies that are written with a capital inside."""
_BESIDE = re.compile(
    r"[®™]{0,2}(?: \([a-z][^()]{3,40}\))?(?:,? and|, or| or| plus|,) ([A-Z][\w-]{3,24})(?![\w’'])(?! [A-Z])"
)
_NOT_A_PRODUCT = re.compile(
    r"(?:[\s-](?:company|group|firm|biotech|based|headquartered|office|trial|study|studies|University|Inc|Ltd|Corp|"
    r"AG|SA|plc|Pharma\w*|Therapeutics|Bio\w*|Hospital|"
    r"Medical Center|Institute|Conference|Congress|Meeting|Journal|syndrome|disease|cancer|gene|protein|enzyme|"
    r"receptor)\b|,? (?:the |an? )(?:gene(?!-| therap| edit)|protein(?!-)|enzyme|receptor|antigen|trial|study)\b|"
    r"[’']s? (?:company|"
    r"headquarters|chief))"
)
_REFERENCE = re.compile(
    r"\b(?:biosimilars? (?:[a-z]+ ){0,2}(?:to|of|for|versions? of|referencing)(?: [\w®™’',/-]+){0,5}|"
    r"reference (?:product|biologic|medicine)|biosimilar,?|compared (?:to|with)|similar to|rivals?(?: of| to)?|"
    r"competitors?(?: of| to)?|"
    r"competing|"
    r"unlike|versus|vs\.?|compet\w+ (?:with|against)|alternatives? to|successors? to|follow-ons? to|makers? of|"
    r"same class as|so-called generic of)(?: [\w-]+[’']s?)?(?: the)?[\s/][“\"]?$",
    re.IGNORECASE,
)
_NAMES_ANOTHER = re.compile(
    r"\b(?:company|venture|firm|entity|subsidiary|study|trial|hospital|unit|division|arm)\b,? "
    r"(?:(?!of |with |for )[a-z]+ ){0,3}$"
)
"""What stands behind these words is called so, and no product: "a subsidiary named …", "the trial …"."""
_COMPOUNDED = re.compile(
    r"-(?:driven|based|compliant|cleared|approved|focused|powered|stage|targeted|targeting|enabled|led|related|wide|like|"
    r"positive|term|year|in-class|label|licensed|only)$",
    re.IGNORECASE,
)
_ORDINARY_WORDS = (
    "the this that these those its their our his her under in on at for and with by from to of as an it we he she "
    "they you who which when where while today "
    "phase fda ema ind nda bla nasdaq nyse inc ltd company companies ceo cso cmo chief president vice director "
    "officer founder research development "
    "pharma pharmaceuticals pharmaceutical biotech biosciences therapeutics medical health healthcare sciences bio "
    "biologics university institute "
    "hospital center centre college school department ministry foundation national european american chinese "
    "japanese korean canadian german french "
    "british swiss swedish danish indian israeli europe asia africa america china japan korea canada germany "
    "france switzerland sweden denmark india "
    "israel australia uk us usa eu u.s u.k world global worldwide international greater north south east west "
    "latin middle new united kingdom states "
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday ai rna dna mrna "
    "adc adcs car-t car t-cell nk crispr aav antibody antibodies vaccine vaccines drug drugs discovery technology "
    "technologies platform platforms system "
    "covid covid-19 sars-cov-2 hiv cancer oncology alzheimer parkinson diabetes hepatitis influenza gmp r&d ip cro "
    "cdmo forward-looking about "
    "agreement agreements license licensing collaboration financial terms dr mr ms mrs prof ph.d md product "
    "products patients clinical trial trials "
    "preclinical commercial exclusive strategic joint open additional all any each both other one two three first "
    "second data cell gene therapy "
    "therapies machine learning deep cloud digital protein small molecule expression delivery medicine medicines "
    "innovation innovative life science after before overall work next registrant program programme programs during "
    "since however although according according based using leveraging through into between senior executive head "
    "chairman managing registrant global board general deputy chair phases part section exhibit item form upon if "
    "but or not "
    "pact deal test potential novel stock transfer inhibitor inhibitors modulator modulators release source "
    "no more most many some such other another several two-year multi-year per via as well also only tecdax dax sdax "
    "mdax"
)
_ORDINARY = frozenset(_ORDINARY_WORDS.split())

_NO_NAME = re.compile(r"[A-Z]{2,}s$|About[A-Z]")
"""An acronym's plural; a heading that a scraper glued to the name behind it."""
_AIMED_AT = re.compile(
    r"(?:\b(?:targeting|targets|against|directed (?:at|to|against)|binds to|(?:inhibitor|antagonist|agonist)s? "
    r"of)\s(?:the )?|\banti-)$"
)
_ACTS_ON = re.compile(r"[\s-](?:inhibitors?|antagonists?|agonists?|degraders?|targeted|targeting|directed)\b")
_SPELT_OUT = re.compile(r"(?:\s(?:[A-Z][\w-]*|and|of|for)){1,5}\s\([A-Z][A-Za-z0-9-]{2,12}\)")
_IS_PLATFORM = re.compile(r"\)?[®™]{0,2}\s?(?:[\w-]+\s){0,2}(?:platform|technology)")


@dataclass(frozen=True, slots=True)
class Product:
    """A name in a sentence that is, or by its context may be, a product's."""

    name: str
    start: int
    end: int
    firm: bool
    platform: bool = False
    reference: bool = False
    """Whether the product is only compared with: "a biosimilar to …"."""

    @property
    def sure(self) -> bool:
        """Whether the name can be no company's: a code, or a generic name in small letters."""
        return self.firm and (_has_digit(self.name) or self.name.islower())


@lru_cache(maxsize=64)  # several rules ask for those of one sentence
def products(text: str) -> tuple[Product, ...]:
    """Return the names in a sentence, those of each pattern in order; the same name may come more than once."""
    return tuple(_products(text))


def _products(text: str) -> Iterator[Product]:
    for start, end, firm in _places(text):
        name = text[start:end]
        first = name.split()[0].lower().strip(".")
        if (
            len(name) < (2 if _IS_PLATFORM.match(text, end) and _has_digit(name) else 3)
            or any(_COMPOUNDED.search(word) for word in name.split())
            or _NOT_A_PRODUCT.match(text, end)
            or ((not firm or name.isalpha()) and first in _ORDINARY)
            or _NO_NAME.match(name)
        ):
            continue
        if not firm and (_SPELT_OUT.match(text, end) or _NAMES_ANOTHER.search(text, max(0, start - 40), start)):
            continue  # the acronym behind is the name; or it is the name of a trial or a company
        if _ACTS_ON.match(text, end) or _AIMED_AT.search(text, max(0, start - 30), start):
            continue  # that is a target
        reference = not _has_digit(name) and is_reference(text, start)
        yield Product(name, start, end, firm, _IS_PLATFORM.match(text, end) is not None, reference)


def is_reference(text: str, start: int) -> bool:
    """Whether a product whose name begins at a place is only compared with: "a biosimilar to …"."""
    return _REFERENCE.search(text, max(0, start - 60), start) is not None


def codes(text: str) -> Iterator[str]:
    """Yield the product codes in a sentence."""
    for match in _CODE.finditer(text):
        if not _NOT_A_CODE.match(match.group()) and not _NOT_A_PRODUCT.match(text, match.end()):
            yield match.group()


def _places(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the places of names, and whether the form alone makes them a product's."""
    for match in _CODE.finditer(text):
        if not _NOT_A_CODE.match(match.group()):
            yield *match.span(), True
    for match in _GENERIC_NAME.finditer(text):
        if match.group().lower().removesuffix("s") not in _COMMON and match.group().lower() not in _COMMON:
            yield *match.span(), True
            brand = _BRAND.match(text, match.end())
            if brand is not None:
                yield *brand.span(1), False
    for match in _MARKED.finditer(text) if _MARK.search(text) else ():
        yield *match.span(1), True
    for match in _PLATFORM.finditer(text) if _PLATFORM_WORD.search(text) else ():
        yield *match.span(match.lastindex or 1), match[1] is not None
    for start, end in _by_context(text):
        yield start, end, False


def _by_context(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of names that only the words round them, or capitals inside, make a product's."""
    for match in _APPOSED.finditer(text):
        yield match.span(match.lastgroup or 0)
    for pattern in (_CLASS_BEFORE, _CLASS_AFTER, _CALLED, _RIGHTS_TO, _OWNED):
        for match in pattern.finditer(text):
            yield match.span(1)
            yield from _beside(text, match.end(1))
    for match in _INNER_CAPITALS.finditer(text):
        yield match.span(1)


def _beside(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield the name in one list with the name before it: "its drugs Gleneva and Torvexa"."""
    match = _BESIDE.match(text, end)
    if match is not None:
        yield match.span(1)


def _has_digit(name: str) -> bool:
    return any(letter.isdigit() for letter in name)
