"""Why an article cannot be judged at all: another language, a wall in front of its text, too little of it.

The language is told by its small words, or by its script. pactwatch reads English; everything else is recorded as not
read for that reason, never as "not a deal".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

NotRead = Literal["language", "wall", "too short"]

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = 6000
_FEWEST_WORDS = 6
_SMALL = {
    "en": "the of and to in a for with is that on by from as at an are it be this will its has was which their have",
    "fr": "le la les des du et en un une pour dans sur avec par est que qui au aux ce cette sont ses plus de d l",
    "de": (
        "der die das und mit für von den im ein eine des auf zu ist dem nicht sich als auch bei "
        "nach wird werden einer zur"
    ),
    "es": "el los las del y en un una para con por que se su sus es al como más entre de la lo este esta",
    "it": "il lo gli dei delle della del e di in un una per con che si è al alla da sono nel nella più come",
    "pt": "o os as dos das do da e em um uma para com por que se sua seu é ao à no na mais como",
    "nl": "de het een en van in op met voor is dat te zijn aan door bij ook als naar wordt uit",
    "sv": "och att det som en ett för med av på är till den har inte om från i kommer sin",
    "da": "og at det som en et for med af på er til den har ikke om fra i vil kan sin",
}
_OWN = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
_WALL = re.compile(
    (
        r"(?:subscribe (?:now |today )?to (?:continue|read|unlock)|to (?:continue reading|read "
        r"the (?:full|rest)|unlock this)|(?:log|sign) ?in to (?:read|continue|view)|"
        r"this (?:content|article) is (?:for|only available to|reserved for) (?:\w+ "
        r")?(?:subscribers|members)|already a subscriber|create (?:a )?free account|"
        r"exclusive to STAT\+|register (?:for free )?to (?:read|continue)|enable javascript|"
        r"please (?:log ?in|enable cookies)|access denied|unusual traffic|subscribers only)"
    ),
    re.IGNORECASE,
)
_WALLED_WORDS = 45
_WALL_ITSELF = 30


def language_of(title: str, text: str, hint: str = "") -> str:
    """Return the language as a two-letter code: the text's own, else what the source says, else English."""
    sample = f"{title}\n{text}"[:_LETTERS]
    for language, script in _SCRIPTS:
        written = len(script.findall(sample))
        if written and written * 4 > sum(map(str.isalpha, sample)):
            return language
    counts = Counter(map(str.lower, _WORD.findall(sample)))
    totals = {language: sum(counts.get(word, 0) for word in words) for language, words in _OWN.items()}
    best = max(totals, key=lambda language: totals[language])
    if totals[best] >= 3 and totals[best] > totals["en"] * 1.3:
        return best
    return "en" if totals["en"] else hint[:2].lower() or "en"


def not_read(title: str, text: str, language: str) -> NotRead | None:
    """Return why an article cannot be judged, or None where it can."""
    if language != "en":
        return "language"
    words = len(_WORD.findall(text[:_LETTERS]))
    if words < _WALLED_WORDS + _WALL_ITSELF and (wall := _WALL.search(text)):
        before = len(_WORD.findall(text[: wall.start()]))
        if before < _WALLED_WORDS and words < _WALLED_WORDS:
            return "wall"
    return "too short" if words + len(_WORD.findall(title)) < _FEWEST_WORDS else None
