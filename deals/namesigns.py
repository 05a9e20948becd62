"""What shows that a run of capitalised words names an organisation, a person or nothing: what stands in and round it.

signs_of(text, start, end, lexicon, loose) -> {"suffix", "ticker", "apposition", "slot", …}
alias_of(text, end) -> the short name that brackets behind a name define
"""

from __future__ import annotations

import re

from deals.namewords import HEADS, PUBLIC, SUBJECTS
from deals.places import is_place
from lexicon import Lexicon
from lexicon.companies import without_suffix

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
_NEAR = 14
"""Letters from the end of a name to behind the bracket that explains it, at most."""
_SYMBOL = re.compile(
    r"\s?\((?:[^()\n]{0,30}(?:NASDAQ|Nasdaq|NYSE|OTC|TSX|LSE|AIM|ASX|SIX|Euronext|CSE|TSE|"
    r"HKEX)[^():\n]{0,20}: ?([A-Z]{2,6})\b)"
)
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z0-9&-]{1,9}(?: [A-Z][A-Z&-]{1,5})?)\)")
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
    r"biopharma|outfit|counterpart|neighbour|innovator|institute|spin-?out|spin-?off) $"
)
_PLACE_BEFORE = re.compile(r"\b((?:[A-Z][\w.]*[ -])*?[A-Z][\w.]*)(?:[’']s?|-based)? $")
_PLACE_AFTER = re.compile(r"(?:,? of| in|, based in) ((?:the )?[A-Z]\w+(?: [A-Z]\w+)?)")
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
    r"analyst|spokes\w+|executive|Executive|author|By)\.? )$"
)
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


def signs_of(text: str, start: int, end: int, lexicon: Lexicon, *, loose: bool) -> set[str]:
    """Return what shows that a run names an organisation, or a person."""
    name = text[start:end]
    signs: set[str] = set()
    bare = without_suffix(name)
    last = bare.replace("-", " ").rsplit(" ", 1)[-1].lower()
    tests = (
        ("known", lexicon.companies.known(name)),
        ("suffix", bare != name.strip(" ,;.") and " " in name),
        ("head", last in HEADS and " " in bare and not _is_subject(bare, last, lexicon.common_words)),
        ("public", any(word in PUBLIC for word in bare.lower().split())),
        ("ticker", _TICKER.match(text, end) is not None),
        ("apposition", _APPOSITION.match(text, end) is not None),
        ("before", _BEFORE.search(text, max(0, start - 30), start) is not None or _is_placed(text, start, end)),
        ("camel", _CAMEL.search(bare) is not None),
        ("possessive", text[end : end + 2] in {"’s", "'s"} or text[end : end + 1] == "’"),
        ("defined", bool(alias_of(text, end))),
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


def alias_of(text: str, end: int) -> str:
    """Return the short name that brackets behind a name define; "" where there is none."""
    if text.find("(", end, end + _NEAR) < 0:
        return ""
    match = _ALIAS.match(text, end) or _ACRONYM.match(text, end) or _SYMBOL.match(text, end)
    return match[1].strip(" ,") if match else ""


def _is_subject(bare: str, last: str, common: frozenset[str]) -> bool:
    """Whether the words are a subject that headlines capitalise, such as "Precision Medicine", and name nobody."""
    before = re.split(r"[ -]", bare.lower())[:-1]
    return last in SUBJECTS and all(word in common or word.removesuffix("s") in common for word in before)


def _is_placed(text: str, start: int, end: int) -> bool:
    """Whether a place goes with the name: "Sweden's X", "Basel-based X", "Danish X", "X of Geneva"."""
    near = text[max(0, start - 30) : start]
    before = None if near == near.lower() else _PLACE_BEFORE.search(text, max(0, start - 30), start)
    if before and any(is_place(" ".join(before[1].split(" ")[at:])) for at in range(before[1].count(" ") + 1)):
        return True
    after = _PLACE_AFTER.match(text, end)
    return bool(after and (is_place(after[1]) or is_place(after[1].split(" ")[0])))
