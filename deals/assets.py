"""What is licensed: product codes, generic and brand names, platforms: `assets(document, lexicon, skipped, names) -> (Named, …)`.

A name counts where the agreement speaks of it: in the title, in the first sentences, or beside words of rights and
development. The parties' own names, targets, trials and diseases are none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.focus import BODY, TITLE, Focus
from deals.known import Known
from lexicon import Lexicon
from lexicon.text import squash
from news.reading import Field, Named

_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,6}[a-z]?[A-Z]{0,3}-?\d{2,7}[A-Za-z]{0,2}|[A-Z]{2,5} \d{3,6}|[A-Z]{2,6}-?\d{1,7}[A-Z]{0,2}|[A-Z]{1,5}-[A-Z]{1,5}-?\d{2,6}|"
    r"[A-Z][a-z]{0,5}-?[A-Z]{1,3}-?\d{2,5}|[a-z]{3,5}-cel)(?:-\d{1,4})?(?!\w)"
)
_NOT_A_CODE = re.compile(
    r"(?:NCT|ISO|ISIN|COVID|SARS|MERS|FY|CY|Q|H|GLP|IL|PD|HIV|HPV|HER|FGFR|TNF|Form|DE|FR|US|CH|GB|CN|JP|AMEX|ICD|DRG|GMP|EC|EU|RSV|IFN|TLR|Covid|MMP|VEGFR?|"
    r"EGFR|IGF|TGF|DPP|CDK|JAK|PDE|SGLT|BRCA|KIF|CYP|ATP|NS|SP|G|A|P|D|PM|AM|NO|NYSE|HK|TSX|OTC|No|Level|COP|ASCO|ESMO|JPM|ASH|AACR|EHA|IPO|SEC|CEO|UTC|GMT|NDA|"
    r"BLA|IND|USD|EUR|GBP|JPY|CHF|RMB|CNY|SEK|DKK|NOK|AUD|CAD|HKD|SGD|KRW|INR|Rs|In|In|June|July|May|March)-?\s?\d|CD-?(?:[12]?\d{1,2}|3[0-6]\d|37[01])(?!\d)|"
    r"[A-Z]{2,5} (?:19|20)\d\d$|(?:NY|CA|MA|NJ|PA|MD|TX|NC|IL|WA|CT|OH|MN|FL|CO|GA|VA)\s\d{5}$"
)
_SUFFIX = (
    r"(?:[mt]abs?|[a-z]inib|[a-z]anib|[a-z]enib|tinib|ciclib|parib|lisib|degib|rafenib|metinib|sertib|denib|zomib|clax|stat|glutide|glatide|tide|cept|vec|leucel|"
    r"temcel|gene [a-z]+|siran|ersen|rsen|gliptin|gliflozin|gliatin|sartan|prazole|prazan|triptan|xaban|limus|statin|vir|virine|navir|buvir|asvir|previr|fungin|conazole|"
    r"floxacin|cillin|cycline|mycin|micin|penem|bactam|zolid|idone|azepam|oxetine|terol|tropium|sentan|ciguat|vedotin|deruxtecan|ozogamicin|emtansine|tesirine|"
    r"govitecan|pegol|kinra|grastim|stim|poetin|lukast|setron|pitant|rexant|gepant|dopa|giline|tadine|citabine|abine|taxel|platin|rubicin|tecan|trexed|fostat|nuvir|"
    r"melotin|caftor|stemtide|trigine|racetam|bactam|oxaban|grel|parin|kiren|olol|dipine|pril|oxin|mide|tinine|denoson|zapine|piprazole|apine|relin|relix|calcet|gabalin|"
    r"tamide|lutamide|strant|oxifene|trozole|prost|prostone|mod|imod|fibrate|nafil|vaptan|exant|citinib|golix|pultide|cabtagene|sodium oxybate)"
)
_GENERIC_NAME = re.compile(
    rf"(?<![\w-])[a-zA-Z]?[a-z]{{3,16}}{_SUFFIX}(?![\w])(?: (?:vedotin|deruxtecan|pegol|autotemcel|autoleucel|ciloleucel|pamirtecan|tesirine|govitecan))?"
)
_COMMON = frozenset(
    (
        "provide include reside inside outside beside decide guide divide pride wide aside worldwide nationwide alongside tide peptide nucleotide "
        "oligonucleotide polypeptide stat stim mod amide method period thermostat habitat photostat kinin estate state mid pyramid humid "
        "statin statins vaccine medicine combine determine examine april cost interim thalamide sulfonamide decline vitamin elixir fakir "
        "cholesterol lead prostate abroad antibody gene toxin autotoxin dioxin endotoxin exotoxin cytotoxin immunotoxin neurotoxin botulinum hydroxide "
        "dipeptide glycopeptide lipopeptide neuropeptide override upside downside cyanide bromide chloride fluoride foresti souvenir reservoir stir virtual "
        "lab labs collab tab tabs rehab stab slab grab dab crab prefab cab"
    ).split()
)
_MARKED = re.compile(r"(?<![\w-])([A-Za-z][\w-]{2,24})\s?(?:®|™|\((?:R|TM|r|tm)\))")
_PLATFORM = re.compile(
    r"(?<![\w-])(?:\(([A-Z][A-Za-z0-9-]{2,15})\)|([A-Z][\w+-]{1,20}(?:\s[A-Z0-9][\w+-]{0,14}){0,2}))[®™]{0,2}(?:\s?\(R\))?,?\s"
    r"(?:(?:[a-z][\w-]{1,20}|AI|RNA|DNA|ADC|T-cell|Discovery|Drug|Delivery|Technology|Antibody)\s){0,4}?"
    r"(?:[Pp]latforms?|[Tt]echnolog(?:y|ies)|[Ll]ibrary|[Ss]ystem|[Ii]nstruments?|[Aa]ssays?|[Tt]ests?|[Pp]anels?|[Dd]evices?|[Ii]nhalers?|[Pp]ens?|[Ii]njectors?|[Ss]oftware)\b"
)
_CALLED = re.compile(
    r"\b(?:called|named|dubbed|known as|branded(?: as)?|trademark|brand name|marketed (?:as|under)|sold (?:as|under)|under the (?:brand )?names?|codenamed|trade name)\s"
    r"(?:the\s)?[“\"‘']?([A-Z][\w-]{2,24}(?:\s[A-Z0-9][\w-]{1,14}){0,1})"
)
_PRODUCT = (
    r"(?:drug|vaccine|pill|medicine|therapy|treatment|product|brand|antibody|inhaler|device|test|asset|candidate|compound|inhibitor|agonist|antagonist|engager|injection|"
    r"capsule|tablet|cream|gel|spray|biosimilar|blockbuster|insulin|kit|app|formulation|molecule|degrader|blocker|painkiller|antibiotic|modulator|conjugate|peptide)s?"
)
_APPOSED = re.compile(
    rf"\b{_PRODUCT},? [“\"]?(?P<before>[A-Z][\w-]{{3,24}})(?![\w’'])"
    rf"|(?<![.!?:] )(?<![\w-])(?P<behind>[A-Z][a-zA-Z0-9-]{{3,24}})(?: \([a-z][^()]{{3,40}}\))?,? (?:is |was )?(?:a|an|the|its|their|which is)\s(?:[\w/’'-]+\s){{0,7}}?{_PRODUCT}\b"
    rf"|(?<![\w-])(?P<pair>[A-Z][\w-]{{3,24}})[®™]? \((?=[a-z]{{6,}}(?: [a-z-]+)?\))"
)
_RIGHTS_TO = re.compile(
    r"\b(?:rights (?:to|for|of|in)|licen[sc]e[ds]?(?: (?:agreement|deal|rights|option))? (?:for|to|of|on)|licens(?:e|es|ed|ing)|agreement (?:for|on|to (?:develop|"
    r"commerciali[sz]e|distribute|market|sell|promote|co-promote|supply|test|evaluate))|commerciali[sz](?:e|es|ing|ation)(?: of)?|distribut(?:e|es|ing|ion|or)(?: of)?|"
    r"promot(?:e|es|ing|ion)(?: of)?|market(?:s|ing)?(?: of)?|sell(?:s|ing)?|sale of|develop(?:s|ing|ment)?(?: of| and commerciali[sz](?:e|ation of))?|option on|"
    r"deal (?:for|on)|pact (?:for|on)|launch(?: of)?|suppl(?:y|ies)(?: of)?|manufactur(?:e|ing)(?: of)?|evaluat(?:e|ing)|combination (?:of|with)|access to)\s"
    r"(?:(?:the|its|their|an?|our|both|investigational|experimental|candidate|drug|medicine|vaccine|product|products|brand|proprietary|novel|lead|compound|"
    r"development|and|commerciali[sz]ation|of|company['’]s|company|capsule|tablets?|oral|patented|[A-Z][\w-]+['’]s?)\s){0,5}[“\"]?"
    r"([A-Z][\w-]{2,24}(?:\s(?:[A-Z0-9][\w-]{0,14}|Nile)){0,1})"
)
_NOT_A_PRODUCT = re.compile(
    r"(?:[\s-](?:company|group|firm|biotech|based|headquartered|office|trial|study|studies|University|Inc|Ltd|Corp|AG|SA|plc|Pharma\w*|Therapeutics|Bio\w*|Hospital|"
    r"Medical Center|Institute|Conference|Congress|Meeting|Journal|syndrome|disease|cancer|gene|protein|enzyme|receptor)\b|,? (?:the |an? )(?:gene|protein|enzyme|receptor|antigen|trial|study)\b|[’']s? (?:company|headquarters|chief))"
)
_REFERENCE = re.compile(
    r"\b(?:company|venture|firm|entity|subsidiary|study|trial|hospital|unit)\b,? (?:[a-z]+ ){0,3}$|\b(?:biosimilars? (?:candidates? )?(?:to|of|for|versions? of)|reference (?:product|biologic|medicine)|versions? of|biosimilar,?|compared (?:to|with)|similar to)\s[“\"]?$"
)
_COMPOUNDED = re.compile(
    r"-(?:driven|based|cleared|approved|focused|powered|stage|targeted|targeting|enabled|led|related|wide|like|positive|term|year|in-class|label|licensed|only)$",
    re.IGNORECASE,
)
ENOUGH, SHARE = 2.0, 0.5
"""What a name's sentences must weigh (deals/focus.py), alone and beside the weightiest name."""
_ORDINARY = frozenset(
    (
        "the this that these those its their our his her under in on at for and with by from to of as an it we he she they you who which when where while today "
        "phase fda ema ind nda bla nasdaq nyse inc ltd company companies ceo cso cmo chief president vice director officer founder research development "
        "pharma pharmaceuticals pharmaceutical biotech biosciences therapeutics medical health healthcare sciences bio biologics university institute "
        "hospital center centre college school department ministry foundation national european american chinese japanese korean canadian german french "
        "british swiss swedish danish indian israeli europe asia africa america china japan korea canada germany france switzerland sweden denmark india "
        "israel australia uk us usa eu u.s u.k world global worldwide international greater north south east west latin middle new united kingdom states "
        "january february march april may june july august september october november december monday tuesday wednesday thursday friday ai rna dna mrna "
        "adc adcs car-t car t-cell nk crispr aav antibody antibodies vaccine vaccines drug drugs discovery technology technologies platform platforms system "
        "covid covid-19 sars-cov-2 hiv cancer oncology alzheimer parkinson diabetes hepatitis influenza gmp r&d ip cro cdmo forward-looking about "
        "agreement agreements license licensing collaboration financial terms dr mr ms mrs prof ph.d md product products patients clinical trial trials "
        "preclinical commercial exclusive strategic joint open additional all any each both other one two three first second data cell gene therapy "
        "therapies machine learning deep cloud digital protein small molecule expression delivery medicine medicines innovation innovative life science"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    start: int
    end: int
    sentence: Sentence
    firm: bool


def assets(document: Document, known: Known, focus: Focus, names: Sequence[str] = ()) -> tuple[Named, ...]:
    """Return what the agreement licenses or develops, in order of appearance; `names` are the parties."""
    taken = _taken(document, known, names)
    concepts = {(field, place) for field, m in known.mentions for place in (m.start, m.end - 1)}
    found = [
        candidate
        for sentence in focus.sentences
        for candidate in _in_sentence(sentence)
        if _is_product(document, candidate, taken, known.lexicon) and not _is_in(candidate, concepts)
    ]
    groups: list[tuple[set[str], list[_Candidate]]] = []
    for candidate in found:
        key = squash(candidate.name)
        group = next((g for g in groups if any(key in other or other in key for other in g[0])), None)
        if group is None:
            groups.append(({key}, [candidate]))
        else:
            group[0].add(key)
            group[1].append(candidate)
    title = squash(document.title)
    scored = [
        (_score(focus, group) + (TITLE if any(key in title for key in keys) else 0.0), group) for keys, group in groups
    ]
    best = max((score for score, _ in scored), default=0.0)
    chosen = [group for score, group in scored if score >= ENOUGH and score >= SHARE * best]
    if not chosen:
        chosen = [group for score, group in scored if score >= BODY and any(c.firm for c in group)][:2] or [
            group for score, group in scored if score == best
        ][:1]
    return tuple(_named(document, focus, group) for group in chosen[:8])


def _score(focus: Focus, group: Sequence[_Candidate]) -> float:
    """Return how much the agreement is about a name: the weight of its best sentence, and a little for each further one."""
    numbers = {candidate.sentence.number for candidate in group}
    return max(focus.weights[number] for number in numbers) + 0.4 * min(len(numbers) - 1, 3)


def _named(document: Document, focus: Focus, group: Sequence[_Candidate]) -> Named:
    best = max(group, key=lambda c: (c.firm, focus.weight(c.sentence), -c.sentence.number))
    return Named(best.name, document.evidence_of(best.sentence, best.start, best.end))


def codes(sentence: str) -> Iterator[str]:
    """Yield the product codes in a sentence."""
    for match in _CODE.finditer(sentence):
        if not _NOT_A_CODE.match(match.group()) and not _NOT_A_PRODUCT.match(sentence, match.end()):
            yield match.group()


def _in_sentence(sentence: Sentence) -> Iterator[_Candidate]:
    text = sentence.text
    for match in _CODE.finditer(text):
        if not _NOT_A_CODE.match(match.group()):
            yield _Candidate(match.group(), match.start(), match.end(), sentence, firm=True)
    for match in _GENERIC_NAME.finditer(text):
        if match.group().lower() not in _COMMON and match.group().lower().rstrip("s") not in _COMMON:
            yield _Candidate(match.group(), match.start(), match.end(), sentence, firm=True)
    for match in _MARKED.finditer(text):
        yield _Candidate(match[1], match.start(1), match.end(1), sentence, firm=True)
    for match in _PLATFORM.finditer(text):
        group = 1 if match[1] else 2
        yield _Candidate(match[group], match.start(group), match.end(group), sentence, firm=group == 1)
    for match in _APPOSED.finditer(text):
        group = match.lastgroup or "before"
        yield _Candidate(match[group], match.start(group), match.end(group), sentence, firm=False)
    for pattern in (_CALLED, _RIGHTS_TO):
        for match in pattern.finditer(text):
            yield _Candidate(match[1], match.start(1), match.end(1), sentence, firm=False)


def _taken(document: Document, known: Known, names: Sequence[str]) -> frozenset[str]:
    """Return the names of parties and other companies, squashed, and the first words of the parties' names."""
    found = {squash(name) for name in names}
    for field, company in known.companies:
        found |= {squash(company.name), squash(document.field(field)[company.start : company.end])}
    first_words = {squash(part) for name in names for part in re.split(r"[\s-]+", name)[:1]}
    return frozenset((found | first_words) - {""})


def _is_product(document: Document, candidate: _Candidate, taken: frozenset[str], lexicon: Lexicon) -> bool:
    key = squash(candidate.name)
    first = candidate.name.split()[0]
    if (
        len(key) < 3
        or _COMPOUNDED.search(candidate.name)
        or key in taken
        or (squash(first) in taken and not candidate.firm)
        or lexicon.companies.known(candidate.name)
    ):
        return False
    if lexicon.ontology.named(candidate.name):
        return len(key) > 3 and candidate.name.isupper() and _is_platform_name(candidate)
    text = candidate.sentence.text
    if _NOT_A_PRODUCT.match(text, candidate.end) or _REFERENCE.search(
        text, max(0, candidate.start - 40), candidate.start
    ):
        return False
    if candidate.firm:
        return True
    if first.lower().strip(".") in _ORDINARY:
        return False
    return first.isupper() or re.search(rf"\b{re.escape(first.lower())}\b", document.text) is None


def _is_in(candidate: _Candidate, concepts: Collection[tuple[Field, int]]) -> bool:
    """Whether a name is the beginning or the end of a concept's form, such as the NK-cell of "NK-cell engager"."""
    sentence = candidate.sentence
    first, last = sentence.start + candidate.start, sentence.start + candidate.end - 1
    inside = [(sentence.field, place) in concepts for place in (first, last)]
    return (all(inside) if _has_digit(candidate.name) else any(inside)) and not _is_platform_name(candidate)


def _has_digit(name: str) -> bool:
    return any(letter.isdigit() for letter in name)


def _is_platform_name(candidate: _Candidate) -> bool:
    """Whether a modality's name stands as the name of a platform: "the (ANKET) platform"."""
    return (
        re.match(r"\)?[®™]{0,2}\s(?:[\w-]+\s){0,2}(?:platform|technology)", candidate.sentence.text[candidate.end :])
        is not None
    )
