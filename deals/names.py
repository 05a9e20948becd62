"""Organisations that an article names, known or never seen before, with every place where each is named.

A run of capitalised words is an organisation when the table of companies knows it, or when the text shows it: a legal
suffix, a ticker, a short name in brackets, a word such as Therapeutics or University, an apposition ("X, a biotech
company"), or the slot that it fills. Short names ("Innate") belong to the full name that the article gives
("Innate Pharma"). Whether an organisation is a party is decided in deals/parties.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deals.document import FIELDS, Document, Sentence
from deals.features import behind_dateline
from deals.namesigns import alias_of, signs_of
from deals.namewords import EDGES, HEADS, NEVER, PUBLIC
from deals.places import is_place
from lexicon import Lexicon
from lexicon.text import fold
from news.reading import Field

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de][\w’'+.®-]*[\w®+]|[A-Z]\b|(?:\d+&?[A-Z][\w-]*|\d+(?:st|"
    r"nd|rd|th)\b)|[a-z]{1,4}[A-Z][\w-]+)"
)
# Names that begin with a small letter show in few places: as a web address, before Bio, a ticker or a possessive.
_SMALL = (
    r"(?:\w{3,}\.(?:bio|ai|io)\b|(?:[a-z0-9]{3,}|[a-z]{2,4}-[A-Z][a-z]+)"
    r"(?= (?:[Bb]io|Biologics|Therapeutics|Biosciences|Biopharma|Pharma|Biotech)\b)|"
    r"[a-z]{5,}(?=[’']s |,? (?:SE|NV|N\.V\.|AG|Inc|Ltd|AB|plc)\b| \((?:NASDAQ|Nasdaq|NYSE|Euronext)\b))"
)
_LEGAL = (
    r"(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|LLP|L\.?P|plc|PLC|Plc|AG|"
    r"S\.?A\.?S?|SE|N\.?V|B\.?V|AB|A/S|ASA|AS|Oyj|Oy|ApS|"
    r"K\.?K|GmbH|KGaA|S\.?p\.?A|SpA|S\.?r\.?l|Pty|Pte|Pvt|Co|Company|PBC|ULC|Holdings?|"
    r"Group)\b\.?"
)
_OF_WORDS = (
    "University nstitute nstitutes College School Department Ministry City Centre Center Centers Academy Hospital "
    "Foundation Council Medicine Agency Association Society Coalition Federation Board League Network Initiative "
    "Hospitals Administration Republic Bank Museum"
)
_BEFORE_OF = "(?:" + "|".join(f"(?<={word})" for word in _OF_WORDS.split()) + ")"
_NO_OF = r"(?!(?:Phase|Clinical|Trials?|Treatment|Use|Exclusive|Patients?|Development|License|First|New|Novel)\b)"
_AND_WORDS = (
    r"(?:Stroke|Infectious|Prevention|Human|Care|Digestive|Kidney|Bioengineering|Molecular|Skin|Blood|Biomedical|"
    r"Tropical|Hygiene)"
)
_LEGAL_WORD = re.compile(_LEGAL)
_MORE = (
    rf"(?:(?:[ \u00a0]|[ \u00a0]?&[ \u00a0]?|"
    rf"(?<=[a-z])-(?=[A-Z])){_CAPITAL}|,? {_LEGAL}(?!\w)| bio\b|"
    r" \d{1,3}(?= (?:Labs|Therapeutics|Bio|Pharma|Biosciences|Medical|Genetics|Oncology|Medicines)\b)"
    rf"|{_BEFORE_OF} (?:of|for|on) (?:the )?{_NO_OF}{_CAPITAL}"
    rf"|(?<=[a-z]) and {_AND_WORDS}\b(?: [A-Z]\w+)?| \+ Lomb\b)*"
)
_RUN = re.compile(rf"(?<![\w@/])(?:{_CAPITAL}|{_SMALL}){_MORE}")
_CAPITAL_RUN = re.compile(rf"(?<![\w@/]){_CAPITAL}{_MORE}")
_BEHIND_SMALL = re.compile(
    r"\.(?:bio|ai|io)\b| (?:[Bb]io|Biologics|Therapeutics|Biosciences|Biopharma|Pharma|Biotech)\b|[’']s |"
    r" (?:SE|NV|N\.V\.|AG|Inc|Ltd|AB|plc)\b| \((?:NASDAQ|Nasdaq|NYSE|Euronext)\b"
)
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=[ ,]))")
_MARKS = frozenset("®™")
_NO_NAME = re.compile(
    r"[\d.,%-]+$|[A-Z]{1,5}[a-z]?-?\d{2,}[\w-]*$|[A-Z]{2,5}-[A-Z]?\d+[\w-]*$|.*[®™]|[a-z]+[A-Z]\w*-\w+$|"
    r"[a-z]{1,2}[A-Z]{2,5}s?$|[A-Z]{2,}-[A-Z\d-]+-\w+(?: |$)|[A-Z][a-z]+[A-Z][a-z]*-\d{2,}\w*$|"
    r".*-(?:based|style|like|type|positive|negative|driven|led|owned|stable|"
    r"targeted|directed|resistant|specific|mediated|associated|related|induced|backed|listed|focused|dependent)$|"
    r"[A-Z][a-z]+(?:mab|cept|tide|stim|alfa)-[a-z]{4}$"
)
_LISTED = re.compile(r".*-(?:based|listed|backed|owned|led|born|headquartered)$")
# "Carmel RNA" is a company where no noun follows that would make it "Carmel's RNA drug".
_SCIENCE = re.compile(
    r"(?:m?RNA|DNA)(?=[,.;:)’']|\s(?:ha(?:s|ve|d)|will|would|said|says|is|was|are|to|and|in|for|after|on|of|that|which|"
    r"announce\w*|gets?|receives?|signs?|agrees?|from|may|can|could)\b|\s*$)"
)
_GLUED = re.compile(r"(?:in|and|of|for|to|at|by|the|with)(?=[A-Z][a-z])")
_QUOTED = re.compile(r"[A-Z]{2,6}\.[A-Z]{1,2}$")
_OWNED = re.compile(
    r" (?:[A-Z]\w+ )?(?:Institute|Hospital|University|College|Foundation|Cent(?:er|re)|"
    r"Laboratories|Research|Association|Society)\b"
)
_TITLES_WORDS = (
    "the ceo cfo coo cso cmo chief president chairman chairwoman chair vice spokesman spokeswoman analyst executive"
)
_TITLES = frozenset(_TITLES_WORDS.split())
_KINDS = frozenset({"Company", "Firm", "Biotech", "Maker", "Giant", "Drugmaker", "Startup", "Specialist"})
_PREFIXES = frozenset({"re", "co", "pre", "non", "anti", "multi", "in", "out", "bio", "early", "late"})
_BRAND = re.compile(
    r"(?<!\w)([A-Z][\w-]{3,40})(?:[®™]|\((?:R|TM)\)| ?\([a-z]+(?:mab|nib|tide|gene|vir|stat|cept|sen|gliptin|"
    r"gliflozin|fungin|mycin|"
    r"cillin|olol|pril|sartan|parib|ciclib|lisib|degib|zole|pine|done|caine|lone|sone|grel|xaban|leucel|siran|afil|"
    r"tinib|cycline|floxacin|taxel|platin|relin|reotide)\b)"
)
_TOKEN = re.compile(r"[^\s\u00a0]+")
_NAMED = frozenset({"known", "suffix", "ticker", "defined", "possessive", "before", "apposition"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an organisation is named."""

    field: Field
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words, with what stands round it."""

    name: str
    mention: Mention
    signs: frozenset[str]
    alias: str = ""


def runs_of(document: Document, lexicon: Lexicon) -> list[Run]:
    """Return the runs of capitalised words of an article that may name an organisation, the title's first."""
    news = behind_dateline(document.title, document.text)
    runs: list[Run] = []
    for sentence in document.sentences:
        if sentence.section in {"legal", "contact"}:
            continue
        early = {"known", "suffix", "ticker"} if sentence.field == "text" else frozenset()
        runs.extend(run for run in _runs(sentence, lexicon) if not early or run.mention.end > news or run.signs & early)
    brands = _brands(document)
    names = {run.name for run in runs}
    return [part for run in runs if run.name not in brands for part in _split(run, names)]


def _brands(document: Document) -> frozenset[str]:
    """Return the names that a trade mark's sign or a generic name in brackets follows somewhere: products."""
    return frozenset(match[1] for field in FIELDS for match in _BRAND.finditer(document.field(field)))


def _split(run: Run, names: set[str]) -> tuple[Run, ...]:
    """Return the two organisations of "BioCardia & StemCardia" where the article names one of them alone as well."""
    first, joined, second = run.name.partition(" & ")
    if not joined or not {first, second} & names or "known" in run.signs or first.isupper():
        return (run,)
    start, end = run.mention.start, run.mention.end
    cut = start + len(first)
    places = ((first, start, cut, ""), (second, end - len(second), end, run.alias))
    return tuple(
        Run(name, Mention(run.mention.field, low, high, run.mention.sentence), run.signs | {"slot"}, alias)
        for name, low, high, alias in places
    )


def _runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Run]:
    """Yield the runs of capitalised words of a sentence that may name an organisation."""
    text, common = sentence.text, lexicon.common_words
    loose = is_headline_case(text, 3 if sentence.field == "title" else 4)
    pattern = _RUN if _BEHIND_SMALL.search(text) else _CAPITAL_RUN
    place = 0
    while match := pattern.search(text, place):
        start, end = _trimmed(text, match.start(), match.end(), common, loose=loose)
        place = max(end, match.start() + 1) if end > start else match.end()
        if start >= end:
            continue
        if text[end : end + 2] in {"’s", "'s"}:
            place = end + 2
        name = text[start:end]
        if _is_no_name(name, lexicon) or text[end : end + 1] in _MARKS or _AILMENT.match(text, end):
            continue
        signs = signs_of(text, start, end, lexicon, loose=loose)
        if " " not in name and not name.isupper() and _is_common(name.lower(), common) and not signs & _NAMED:
            signs.add("common")
        if name.isupper() and " " not in name and not signs & _NAMED and lexicon.ontology.named(name):
            signs.add("common")
        if "person" in signs and not signs & {"known", "suffix", "ticker", "head", "public"}:
            continue
        mention = Mention(sentence.field, sentence.start + start, sentence.start + end, sentence.number)
        yield Run(name, mention, frozenset(signs - {"person"}), alias_of(text, end))


_AILMENT = re.compile(r"(?:[’']s)? (?:[Dd]isease|[Ss]yndrome|[Dd]isorder|[Ll]ymphoma|[Vv]irus)\b")
_GENERIC = re.compile(
    r"[A-Z][a-z]{3,}(?:mab|tinib|prazole|gliptin|gliflozin|glutide|statin|sartan|mycin|cillin|parib|ciclib|"
    r"lisib|xaban|platin|"
    r"taxel|relin|siran|leucel|cycline|floxacin|azole|olol|zumab|kinra|degib|vir)$"
)


def _is_no_name(name: str, lexicon: Lexicon) -> bool:
    """Whether a run is a word of the language, a place, a code, or the short form of a disease or modality."""
    if fold(name).text in NEVER or is_place(name) or len(name) < 2 or _NO_NAME.match(name) or _GENERIC.match(name):
        return True
    if lexicon.companies.known(name):
        return False
    if name.isupper() and len(name) < 7 and any(one.kind != "target" for one in lexicon.ontology.named(name)):
        return True
    return name[0].islower() and _is_word(name.split(" ", maxsplit=1)[0], lexicon.common_words)


def is_headline_case(text: str, fewest: int) -> bool:
    """Whether a line of more than `fewest` words capitalises them as headlines do, so that a capital shows no name."""
    words = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > fewest and capitals * 10 > len(words) * 7


def _trimmed(text: str, start: int, end: int, common: frozenset[str], *, loose: bool) -> tuple[int, int]:
    """Return the part of a run that can be a name: no common words at its edges, nothing behind a possessive."""
    start, end = _unglued(text, start, end)
    if text.find(" ", start, end) < 0 and text.find("\u00a0", start, end) < 0:  # a word alone, as most are
        return start, start if start >= end or _is_edge(text[start:end], common, loose=loose) else end
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    described = (at for at, token in enumerate(tokens[:-1], 1) if _is_description(text[slice(*token)], first=at == 1))
    tokens = tokens[max(described, default=0) :]
    while tokens and _is_edge(text[slice(*tokens[0])], common, loose=loose and not _heads(text, tokens[1:2])):
        tokens.pop(0)
    kind = next((at for at, token in enumerate(tokens[:-1]) if text[slice(*token)] in _KINDS), -1)
    if kind >= 0 and not _LEGAL_WORD.match(text, tokens[kind + 1][0]):
        tokens = tokens[kind + 1 :]
    if len(tokens) > 1 and text[slice(*tokens[0])].endswith("ing") and not text[: tokens[0][0]].strip("-–—• "):
        tokens.pop(0)
    while len(tokens) > 1 and _QUOTED.match(text, *tokens[-1]):
        tokens.pop()
    tokens = tokens[: next((at for at, token in enumerate(tokens) if at and _ends(text, token)), len(tokens))]
    public = any(text[slice(*token)].lower() in PUBLIC for token in tokens)
    while tokens and not public and _is_edge(text[slice(*tokens[-1])], common, loose=False):
        if len(tokens) > 1 and _SCIENCE.match(text, tokens[-1][0]):
            break
        tokens.pop()
    if loose:
        tokens = list(_headline_name(text, tokens, common))
    if not tokens:
        return start, start
    return tokens[0][0], tokens[-1][1]


def _is_description(token: str, *, first: bool) -> bool:
    """Whether the name begins only behind a word: "Hong Kong-listed X", "PD-1 X"."""
    return "-" in token and (_LISTED.match(token) if first is False else _NO_NAME.match(token)) is not None


def _unglued(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a run without a small word glued to it ("ofInnate") and without what stands behind a possessive."""
    glued = _GLUED.match(text, start, end) if text[start].islower() else None
    start = glued.end() if glued else start
    marked = text.find("’", start, end + 2) >= 0 or text.find("'", start, end + 2) >= 0
    possessive = _POSSESSIVE.search(text, start, end + 2) if marked else None
    if possessive and possessive.start() < end and not _OWNED.match(text, possessive.end()):
        end = possessive.start()
    return start, end


def _ends(text: str, token: tuple[int, int]) -> bool:
    """Whether a word within a run of capitals is no more of the name: "Novartis CEO", "Institute The Institute"."""
    return text[slice(*token)].lower().rstrip(",.") in _TITLES


def _heads(text: str, tokens: list[tuple[int, int]]) -> bool:
    """Whether a word such as Therapeutics or Inc. stands next, so that the word before it begins a name."""
    return any(text[slice(*t)].lower().rstrip(",.") in HEADS or _LEGAL_WORD.match(text, t[0]) for t in tokens)


def _headline_name(text: str, tokens: list[tuple[int, int]], common: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the words of a headline's run that belong to the name with which it begins."""
    ended = False
    for number, token in enumerate(tokens):
        word = text[slice(*token)].lower().rstrip(",.")
        joined = word in {"of", "for", "on", "the"} or text[: token[0]].endswith((" of ", " for ", " of the "))
        head = word in HEADS or word in PUBLIC or joined
        if number and not head and (ended or _is_common(word, common)) and not _LEGAL_WORD.match(text, token[0]):
            return
        ended = ended or (word in HEADS and number > 0)
        yield token


def _is_edge(token: str, common: frozenset[str], *, loose: bool) -> bool:
    word = token.lower().rstrip(".")
    return word in EDGES or (loose and _is_common(word, common) and word not in PUBLIC)


def _is_word(word: str, common: frozenset[str]) -> bool:
    """Whether a word in small letters is one of the language rather than a name."""
    return word.isalpha() and (_is_common(word, common) or word in HEADS or word in PUBLIC)


def _is_common(word: str, common: frozenset[str]) -> bool:
    """Whether news writes a word in small letters; of a compound, whether it does so with every part."""
    if "-" in word:
        return all(part in _PREFIXES or _is_common(part, common) for part in word.split("-") if part)
    return word in common or (word.endswith("s") and word[:-1] in common)
