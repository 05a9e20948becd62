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

from deals.document import Document, Sentence
from deals.features import behind_dateline
from deals.namewords import EDGES, HEADS, NEVER, PUBLIC
from lexicon import Lexicon
from lexicon.companies import without_suffix
from lexicon.text import fold
from news.reading import Field

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de][\w’'+.®-]*[\w®+]|[A-Z]\b|(?:\d+[A-Z][\w-]*|\d+(?:st|"
    r"nd|rd|th)\b)|[a-z]{1,4}[A-Z][\w-]+)"
)
_LEGAL = (
    r"(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|LLP|L\.?P|plc|PLC|Plc|AG|"
    r"S\.?A\.?S?|SE|N\.?V|B\.?V|AB|A/S|ASA|AS|Oyj|Oy|ApS|"
    r"K\.?K|GmbH|KGaA|S\.?p\.?A|SpA|S\.?r\.?l|Pty|Pte|Pvt|Co|Company|PBC|ULC|Holdings?|"
    r"Group)\b\.?"
)
_BEFORE_OF = (
    "(?:"
    + "|".join(
        f"(?<={w})"
        for w in (
            "University",
            "nstitute",
            "nstitutes",
            "College",
            "School",
            "Department",
            "Ministry",
            "City",
            "Centre",
            "Center",
            "Academy",
            "Hospital",
            "Foundation",
            "Council",
            "Medicine",
            "Agency",
        )
    )
    + ")"
)
_LEGAL_WORD = re.compile(_LEGAL)
_RUN = re.compile(
    rf"(?<![\w@/]){_CAPITAL}(?:(?:[ \u00a0]|[ \u00a0]?&[ \u00a0]?|"
    rf"(?<=[a-z])-(?=[A-Z])){_CAPITAL}|,? {_LEGAL}(?!\w)| bio\b"
    rf"|{_BEFORE_OF} (?:of|for|on) (?:the )?{_CAPITAL})*"
)
_TICKER = re.compile(
    r"\s?(?:[,.]? ?\((?:[^()\n]{0,40}(?:NASDAQ|Nasdaq|NYSE|OTC|TSX|LSE|AIM|ASX|SIX|Euronext|"
    r"EURONEXT|HKEX|TSE|KOSDAQ|KRX|BSE|NSE|STO|CSE|SSE|SZSE|MCE|Frankfurt|FRA|"
    r"TASE)[^()\n]{0,60}|"
    r"[A-Z0-9]{2,6}\.[A-Z]{1,2}|[A-Z]{3,5}|\d{4,6}(?:\.[A-Z]{2})?)\)| <[A-Z.]{2,8}>| "
    r"\{\$[A-Z]+\}| [A-Z]{3,5}\.(?:O|N|L|PA|DE|VX|UL|ST|CO|TO|AX|HK|T)\b)"
)
_ALIAS = re.compile(
    r"[^()\n]{0,12}?\((?:[^()\n]{0,60}[,;/] ?)?(?:or )?(?:the |collectively, |“the "
    r")?[“\"‘']([^”\"’'()]{2,40})[”\"’'][^()\n]{0,60}\)"
)
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z0-9&-]{1,9})\)")
_APPOSITION = re.compile(
    r"(?:\s?\([^()\n]{0,90}\))*,? (?:a|an|the|one of|part of|which|whose|based|"
    r"headquartered)\b[^.;\n]{0,90}?"
    r"\b(?:company|biotech\w*|firm|group|manufacturer|maker|developer|drugmaker|institute|"
    r"organi[sz]ation|university|start-?up|provider|leader|specialist|subsidiary|division|"
    r"unit|center|centre|foundation|innovator|producer|distributor|business|house|outfit|"
    r"partner|player|major|giant)\b"
)
_BEFORE = re.compile(
    r"(?:biotech|company|firm|drugmaker|group|partner|maker|giant|start-?up|specialist|"
    r"developer|subsidiary|affiliate|rival|house|licensee|licensor|distributor|manufacturer|"
    r"biopharma|outfit|"
    r"(?:Germany|France|Japan|Britain|Switzerland|Denmark|Sweden|Italy|Spain|India|China|"
    r"Israel|Korea|Australia|Canada|Belgium|Ireland|Netherlands|Finland|Norway|Austria|"
    r"America)[’']s) $"
)
_PERSON_AFTER = re.compile(
    (
        r"(?:,? ?(?:Ph\.?D|M\.?D|MBA|MSc|Esq|Dr)\b|, (?:[\w-]+ ){0,4}(?:chief|president|director|"
        r"head|chairman|chairwoman|ceo|analyst|founder|professor|officer|spokes|vice|manager|"
        r"lead)\w*)"
    ),
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|CEO|President|Chairman|Officer|Chief|Director|"
    r"analyst|spokes\w+|executive|author|By)\.? )$"
)
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=[ ,]))")
_MARKS = frozenset("®™")
_NO_NAME = re.compile(
    r"[\d.,%-]+$|[A-Z]{1,5}[a-z]?-?\d{2,}[\w-]*$|[A-Z]{2,5}-[A-Z]?\d+[\w-]*$|.*[®™]|[a-z]+[A-Z]\w*-\w+$"
)
_GLUED = re.compile(r"(?:in|and|of|for|to|at|by|the|with)(?=[A-Z][a-z])")
_QUOTED = re.compile(r"[A-Z]{2,6}\.[A-Z]{1,2}$")
_OWNED = re.compile(
    r" (?:[A-Z]\w+ )?(?:Institute|Hospital|University|College|Foundation|Cent(?:er|re)|"
    r"Laboratories|Research|Association|Society)\b"
)
_TOKEN = re.compile(r"[^\s\u00a0]+")
_CAMEL = re.compile(
    r"[a-z][A-Z]|\.AI\b|\.ai\b|^(?:Bio|Immuno|Neuro|Onco|Gen)[a-z]+$|(?:gen|bio|cyte|thera|"
    r"mune|vax|pharm|pharma|zyme|cure|med|logix|logics|tech|omics|nova|tis)$"
)
_SLOT_BEFORE = re.compile(r"\b(?:with|from|between|by|and|to|partner|for|of|at|is|are|&) $")
_SLOT_AFTER = re.compile(
    r"(?: \([^()]{0,60}\))? (?:said|says|announce[sd]?|today|will|would|has|have|is|and|to|"
    r"signs?|signed|enters?|entered|granted|grants|agreed|receives?|gets|plans|agrees|"
    r"reported|licenses|could|may|can)\b"
)
_VERB_AFTER = re.compile(r" [a-z]+s\b|, [A-Z]| and [A-Z]")
_NAMED = frozenset({"known", "suffix", "ticker", "defined", "headline", "possessive", "before", "apposition"})


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
    return runs


def _runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Run]:
    """Yield the runs of capitalised words of a sentence that may name an organisation."""
    text, common = sentence.text, lexicon.common_words
    loose = is_headline_case(text, 3 if sentence.field == "title" else 4)
    place = 0
    while match := _RUN.search(text, place):
        start, end = _trimmed(text, match.start(), match.end(), common, loose=loose)
        place = max(end, match.start() + 1) if end > start else match.end()
        if start >= end:
            continue
        if text[end : end + 2] in {"’s", "'s"}:
            place = end + 2
        name = text[start:end]
        if fold(name).text in NEVER or len(name) < 2 or _NO_NAME.match(name) or text[end : end + 1] in _MARKS:
            continue
        signs = _signs_of(text, start, end, lexicon, loose=loose)
        if " " not in name and not name.isupper() and _is_common(name.lower(), common) and not signs & _NAMED:
            signs.add("common")
        if "person" in signs and not signs & {"known", "suffix", "ticker", "head", "public"}:
            continue
        mention = Mention(sentence.field, sentence.start + start, sentence.start + end, sentence.number)
        yield Run(name, mention, frozenset(signs - {"person"}), _alias(text, end))


def is_headline_case(text: str, fewest: int) -> bool:
    """Whether a line of more than `fewest` words capitalises them as headlines do, so that a capital shows no name."""
    words = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > fewest and capitals * 10 > len(words) * 7


def _trimmed(text: str, start: int, end: int, common: frozenset[str], *, loose: bool) -> tuple[int, int]:
    """Return the part of a run that can be a name: no common words at its edges, nothing behind a possessive."""
    glued = _GLUED.match(text, start, end)
    start = glued.end() if glued else start
    possessive = _POSSESSIVE.search(text, start, end + 2)
    if possessive and possessive.start() < end and not _OWNED.match(text, possessive.end()):
        end = possessive.start()
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    while tokens and _is_edge(text[slice(*tokens[0])], common, loose=loose and not _heads(text, tokens[1:2])):
        tokens.pop(0)
    while len(tokens) > 1 and _QUOTED.match(text, *tokens[-1]):
        tokens.pop()
    public = any(text[slice(*token)].lower() in PUBLIC for token in tokens)
    while tokens and not public and _is_edge(text[slice(*tokens[-1])], common, loose=False):
        tokens.pop()
    if loose:
        tokens = list(_headline_name(text, tokens, common))
    if not tokens:
        return start, start
    return tokens[0][0], tokens[-1][1]


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


def _is_common(word: str, common: frozenset[str]) -> bool:
    return word in common or (word.endswith("s") and word[:-1] in common)


def _signs_of(text: str, start: int, end: int, lexicon: Lexicon, *, loose: bool) -> set[str]:
    """Return what shows that a run names an organisation, or a person."""
    name = text[start:end]
    signs: set[str] = set()
    bare = without_suffix(name)
    last = re.split(r"[ -]", bare)[-1].lower()
    tests = (
        ("known", lexicon.companies.known(name)),
        ("suffix", bare != name.strip(" ,;.") and " " in name),
        ("head", last in HEADS and " " in bare),
        ("public", any(word in PUBLIC for word in bare.lower().split())),
        ("ticker", _TICKER.match(text, end) is not None),
        ("apposition", _APPOSITION.match(text, end) is not None),
        ("before", _BEFORE.search(text, max(0, start - 30), start) is not None),
        ("camel", _CAMEL.search(bare) is not None),
        ("possessive", text[end : end + 2] in {"’s", "'s"} or text[end : end + 1] == "’"),
        ("defined", bool(_alias(text, end))),
        ("headline", start == 0 and not loose and _VERB_AFTER.match(text, end) is not None),
        ("slot", _SLOT_BEFORE.search(text, max(0, start - 12), start) is not None),
        ("speaks", _SLOT_AFTER.match(text, end) is not None),
        (
            "person",
            " " in name and (_PERSON_AFTER.match(text, end) or _PERSON_BEFORE.search(text, max(0, start - 14), start)),
        ),
    )
    signs.update(sign for sign, shown in tests if shown)
    return signs


def _alias(text: str, end: int) -> str:
    """Return the short name that brackets behind a name define; "" where there is none."""
    match = _ALIAS.match(text, end) or _ACRONYM.match(text, end)
    return match[1].strip(" ,") if match else ""
