"""How much each sentence is about the agreement that is the news: `focus(document, old, names) -> Focus`.

The order of an article's paragraphs says little (feeds cut and shuffle them), so that what a sentence says counts more
than where it stands: the title most, then what tells of the agreement itself, then the first sentences, then the rest.
Sentences about an older agreement weigh next to nothing, profiles and disclaimers nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence

TITLE, AGREEMENT, LEAD, BODY, OLD, QUOTE = 3.0, 2.0, 1.5, 0.6, 0.5, 0.4
ENOUGH, SHARE = 2.0, 0.5
"""What the sentences that name a thing must weigh, alone and beside the weightiest thing of its kind."""
_TELLS = re.compile(
    r"\b(?:announc\w+|enter(?:s|ed|ing)?|sign(?:s|ed|ing)?|agree(?:s|d|ment)|inks?|inked|pen(?:s|ned|ning)|"
    r"grant(?:s|ed|ing)?|gains?|gained|acquir\w+|licen[sc]\w+|sublicens\w+|expand\w*|"
    r"exten[dt]\w*|collaborat\w+|partner\w*|team(?:s|ed|ing)|form(?:s|ed)|rights?|deal|pact|alliance|option\w*|"
    r"exercis\w+|co-develop\w*|terminat\w+|end(?:s|ed|ing)|return\w*|joint(?:ly)?|"
    r"distribut\w+|commerciali[sz]\w+|take(?:s|n)? over|hand(?:s|ed)|pick(?:s|ed|ing)? up|suppl(?:y|ies)|"
    r"manufactur\w+|transfer\w*|combin\w+|evaluat\w+|market(?:s|ing)?|sell(?:s|ing)?|promot\w+)\b",
    re.IGNORECASE,
)
_THE_AGREEMENT = re.compile(
    r"\b(?:under|as part of|through|in|by) (?:the |this |its |their )?(?:terms of (?:the|this) |new |expanded |"
    r"amended |exclusive |strategic |multi-year |research |license |licensing |\w+-year ){0,4}"
    r"(?:agreement|collaboration|partnership|deal|pact|alliance|licen[sc]e|contract|amendment|transaction)\b"
    r"|\b(?:the|this) (?:agreement|collaboration|partnership|deal|pact|alliance|licen[sc]e) (?:covers?|includes?|"
    r"gives?|grants?|focus\w*|aims?|will|calls?|is|builds?|centers?|involves?)\b"
    r"|\b(?:exclusive|worldwide|global|commercial\w*|development|marketing|distribution|all) (?:\w+ ){0,2}rights? "
    r"(?:to|for|of|in)\b|\brights? to\b",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"(?:,|\s[-–—(]|\bis)\s?(?:an?|the|one of the)\s(?:[\w’'&/.-]+,?\s){0,10}(?:company|leader|firm|biotech|"
    r"developer|manufacturer|provider|pioneer|organi[sz]ation|specialist|maker|"
    r"drugmaker|institute|group|business|subsidiary|division|unit|enterprise)\b"
)
_DESCRIPTION_ENDS = re.compile(
    r",?\s(?:today|announc\w+|said|has|have|and [A-Z]|entered|signed|reported|will)\b|[;.]\s"
)
_LONGEST_DESCRIPTION = 300


def descriptions(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places in a sentence that only say what a company is: ", a leader in cell therapy for cancer,"."""
    found = []
    for match in _DESCRIBES.finditer(text):
        end = _DESCRIPTION_ENDS.search(text, match.end(), match.end() + _LONGEST_DESCRIPTION)
        found.append((match.start(), end.start() if end else min(len(text), match.end() + _LONGEST_DESCRIPTION)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Focus:
    """The sentences that count, in order, and the weight of each by its number."""

    sentences: tuple[Sentence, ...]
    weights: dict[int, float]

    def weight(self, sentence: Sentence | None) -> float:
        """Return how much a sentence is about the agreement; 0 where it is not at all."""
        return 0.0 if sentence is None else self.weights.get(sentence.number, 0.0)


def focus(document: Document, old: Collection[int] = (), names: Sequence[str] = ()) -> Focus:
    """Return the weights of an article's sentences.

    `old` are the numbers of the sentences about older agreements, `names` the parties as shown.
    """
    first_words = sorted({name.split()[0] for name in names if name.split()}, key=len, reverse=True)
    parties = re.compile("|".join(map(re.escape, first_words))) if first_words else None
    sentences = document.main()
    return Focus(sentences, {s.number: OLD if s.number in old else _weight(s, parties) for s in sentences})


def _weight(sentence: Sentence, parties: re.Pattern[str] | None) -> float:
    text = sentence.text
    if sentence.section == "headline":
        return TITLE
    if sentence.section == "quote":
        return QUOTE
    told = len({match.group().lower() for match in _TELLS.finditer(text)})
    named = len({match.group() for match in parties.finditer(text)}) if parties else 1
    if _THE_AGREEMENT.search(text) or (told >= 2 and named >= 1) or (told >= 1 and named >= 2):
        return AGREEMENT + (0.5 if sentence.section == "lead" else 0.0)
    return LEAD if sentence.section == "lead" else BODY
