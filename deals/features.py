"""What the recogniser looks at: signs of what kind of news it is, in headline, first sentence, lead and body.

A feature is a short string: where ("t" headline, "f" first sentence, "l" lead, "b" body) and the name of a sign that is
there (deals/signs.py, deals/kindsigns.py). `features` is a function of the prepared article only. The weights beside
them are learned (benchmarks/train_recognise.py) and stand in lexicon/data/learned/recognise.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deals.document import Document
from deals.events import event_features
from deals.kindsigns import kind_signs
from deals.patterns import lowered
from deals.signs import SIGNS

_DATELINE_LETTERS = 600
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?][”\"]?\s+[A-Z“]|\n\s*\n")
_OTHER_DAY = re.compile(r"\b(?:on|in|since|of|dated|by|until|from|for) $", re.IGNORECASE)
_TAKE_OVER = re.compile(
    (
        r"\b(?:merger|(?:share |stock |asset |royalty |securities |note )?purchase|acquisition|"
        r"underwriting|loan|credit|facility|securities|subscription|financing|confidentiality|"
        r"voting|sales?|lease|employment|rights offering|purchase and sale|separation|funding) "
        r"(?:agreements?|deals?|pacts?|transactions?)\b|\bagreement (?:and plan of merger|(?:for "
        r"\w+ )?to (?:acquire|buy|purchase|sell|divest|be acquired|merge|combine))\b"
        r"|\b(?:tentative |takeover |plea |settlement )(?:agreements?|deals?|pacts?)\b"
    ),
    re.IGNORECASE,
)
_TAKES_OVER = lowered(_TAKE_OVER.pattern)
_BODY_LETTERS = 5000
_DATELINE = re.compile(
    r"\((?:Reuters|[\w/ ]*wire[\w/ ]*)\)\s*[-–—]*|\((?-i:[A-Z]{3,}[A-Z ]*)\)\s*[-–—]+|(?:--|/PRNewswire\S*/|//)\s*-*|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, ?(?:19|20)\d\d(?:\s*[–—:,/-]+)?",
    re.IGNORECASE,
)

_COUNTED = frozenset(
    {
        "agreement",
        "milestone",
        "royalties",
        "rights",
        "both",
        "take-over",
        "results-period",
        "trial",
        "approval",
        "licence-agreement",
        "life",
        "partner",
        "court",
        "offering",
    }
)


_FOR_WORDS = (
    "agreement sign-agreement partner-with collaborate-to licence-verb rights obtain grant "
    "returned milestone-paid terminate amend distribution option to-sell study-together"
)
FOR = frozenset(_FOR_WORDS.split())
"""Signs that speak of an agreement."""
_AGAINST_WORDS = (
    "take-over merger-agreement results-period update offering application approval trial "
    "present appoint court awareness promotion talks services "
    "purchase-order roundup royalty-finance study-news per-share"
)
PAYMENTS = ("upfront", "milestone", "royalties", "eligible", "licence-noun", "terms", "responsible")
"""Signs of the terms of an agreement."""
AGAINST = frozenset(_AGAINST_WORDS.split())
"""Signs that speak of other news."""
_TELLING = AGAINST | {
    "sign-agreement",
    "partner-with",
    "collaborate-to",
    "grant",
    "obtain",
    "returned",
    "milestone-paid",
    "terminate",
    "licence-verb",
    "distribution",
}


def features(document: Document, old: frozenset[int]) -> frozenset[str]:
    """Return the features of an article; `old` are the sentences that recall earlier agreements."""
    found: set[str] = set()
    title, first, lead, body = (text.lower() for text in parts(document, old).values())
    found.update(_signs(title, "t"))
    found.update(_signs(lead, "l"))
    found.update(_signs(body, "b"))
    recalled = sum(s.number in old for s in document.main())
    found.update(f"o#sentences-{step}" for step in range(1, recalled.bit_length() + 1))
    found.update(_densities(body))
    found.update(_signs(first, "f"))
    found.update(kind_signs(title, first, lead, body))
    found.update(event_features(document, old))
    found.update(_earliest(title, "t"))
    found.update(_earliest(first, "f"))
    return frozenset(found)


def parts(document: Document, old: frozenset[int]) -> dict[str, str]:
    """Return headline (t), first sentence (f), lead (l) and body (b) of an article, without what recalls old news."""
    start = behind_dateline(document.title, document.text)
    body = " ".join(s.text for s in document.main() if s.field == "text" and s.number not in old)
    first, lead = _first(document, start, old), _lead(document, start, old)
    return {"t": document.title, "f": first, "l": lead, "b": body[:_BODY_LETTERS]}


def shown(name: str, text: str) -> str:
    """Return the words by which a part of an article shows a sign, "" where it does not."""
    for sign, pattern in SIGNS:
        if sign == name:
            seen = text if name in AGAINST else _TAKE_OVER.sub("take-over", text)
            match = pattern.search(seen.lower())
            return "" if match is None else " ".join(seen[match.start() : match.end()].split())
    return ""


def behind_dateline(title: str, text: str) -> int:
    """Return where the news begins: behind the headline's repetition and the dateline, if there is one."""
    opening = len(title) if title and text.startswith(title[:40]) else 0
    ended = _SENTENCE_END.search(text, opening, opening + _DATELINE_LETTERS)
    last = 0
    for match in _DATELINE.finditer(text, 0, ended.start() if ended else opening + _DATELINE_LETTERS):
        if match.start() >= opening and not _OTHER_DAY.search(text, max(0, match.start() - 14), match.start()):
            last = match.end()
    return max(last, opening)


def _lead(document: Document, start: int, old: frozenset[int]) -> str:
    """Return the first sentences of the news that recall nothing old."""
    sentences = [s for s in document.main() if s.field == "text" and s.end > start and s.number not in old][:3]
    return " ".join(document.text[max(start, s.start) : s.end] for s in sentences)[:700]


def _first(document: Document, start: int, old: frozenset[int]) -> str:
    """Return the first sentence of the news."""
    sentences = (s for s in document.main() if s.field == "text" and s.end > start + 20 and s.number not in old)
    return next((document.text[max(start, s.start) : s.end] for s in sentences), "")[:450]


def _earliest(text: str, where: str) -> Iterator[str]:
    """Yield the sign of other news, or of an agreement, that comes first in a headline or sentence."""
    bare = _TAKES_OVER.sub(lambda found: "." * len(found[0]), text)
    places = [
        (match.start(), name)
        for name, pattern in SIGNS
        if name in _TELLING and (match := pattern.search(text if name in AGAINST else bare))
    ]
    for rank, (_, name) in enumerate(sorted(places)[:2]):
        yield f"{where}!{name}-{rank}"


def _signs(text: str, where: str) -> Iterator[str]:
    bare = _TAKES_OVER.sub("take-over", text)
    for name, pattern in SIGNS:
        if pattern.search(text if name in AGAINST else bare):
            yield f"{where}#{name}"


def _densities(body: str) -> Iterator[str]:
    """Yield how often, in a thousand words, the body speaks of agreements, results and so on, in steps of powers."""
    length = body.count(" ") + 1
    yield f"b#length-{length.bit_length()}" if length < 64 else "b#long"
    for name, pattern in SIGNS:
        if name in _COUNTED:
            count = sum(1 for _ in pattern.finditer(body))
            step = (1000 * count // max(length, 50)).bit_length()
            for reached in range(1, step + 1):
                yield f"b#{name}-{reached}"


def together(found: frozenset[str]) -> frozenset[str]:
    """Return the signs that say more together than apart, also with the parties' grammar (deals/parties.py)."""
    more: set[str] = set()
    two = "g:titled-2" in found
    for where in "tlf":
        has = [name for name in sorted(FOR) if f"{where}#{name}" in found]
        refused = [name for name in sorted(AGAINST) if f"{where}#{name}" in found]
        deal = "deal" if has else "none"
        more.add(f"{where}+{deal}")
        more.update(f"{where}+{deal}&{name}" for name in refused)
        more.update(f"{where}+{deal}-{step}" for step in range(1, min(len(has), 4) + 1))
        more.update(f"{where}+against-{step}" for step in range(1, min(len(refused), 4) + 1))
        if not refused:
            more.add(f"{where}+{deal}-only")
        terms = sum(
            f"{where}#{name}" in found for name in ("upfront", "milestone", "royalties", "licence-noun", "eligible")
        )
        more.update(f"{where}+terms-{step}" for step in range(1, terms + 1))
        ended = f"{where}#drops" in found or f"{where}#returned" in found
        if two:
            more.add(f"{where}+{deal}&two")
            more.update(f"{where}#{name}&two" for name in sorted(FOR) if f"{where}#{name}" in found)
            if ended:
                more.add(f"{where}+ended&two")
        if ended and (f"{where}#rights" in found or f"{where}#agreement" in found or f"{where}#partner" in found):
            more.add(f"{where}+ended")
    paid = sum(f"b#{name}" in found for name in PAYMENTS)
    more.update(f"b+terms-{step}" for step in range(1, paid + 1))
    if "t+deal" in more and "f+deal" in more:
        more.add("tf+deal")
        more.update(f"tf+deal&{name}" for name in sorted(AGAINST) if f"t#{name}" in found and f"f#{name}" in found)
    return frozenset(more)
