"""What shows that an organisation is a party of the agreement that an article announces, as named features.

Every feature is a fact about one organisation: where it is named, how often, in which slots of the grammar. The weights
beside them are learned and stand in lexicon/data/learned/parties.tsv; deals/parties.py adds them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from deals.document import Document
from deals.masked import Masked, joined
from deals.organisations import Organisation
from deals.partyslots import PARTY_SLOTS
from deals.relatives import is_thing


def party_signs(
    document: Document, organisations: Sequence[Organisation], sentences: Sequence[Masked]
) -> list[set[str]]:
    """Return the features of each organisation, in their order."""
    found: list[set[str]] = [{"always"} for _ in organisations]
    _slots(found, sentences)
    _places(document, found, organisations)
    for features, one in zip(found, organisations, strict=True):
        features.update(f"is-{sign}" for sign in one.signs)
        if " " not in one.name:
            features.add("one-word")
        if any(is_thing(document.field(place.field), place.start, place.end) for place in one.mentions[:8]):
            features.add("thing")
        if any(letter.isdigit() for letter in one.name):
            features.add("digit")
        if one.name.isupper() and len(one.name) < 7:
            features.add("capitals")
        if not one.signs & {"known", "suffix", "head", "public", "ticker", "defined", "apposition", "before", "camel"}:
            features.add("weak")
    _ranks(found, organisations)
    return found


def _slots(found: list[set[str]], sentences: Sequence[Masked]) -> None:
    """Add the slots of the grammar in which each organisation stands, and whether in headline, lead or body."""
    for number, name, where, _ in slots(sentences):
        found[number].update((name, f"{name}@{where}"))


def slots(sentences: Sequence[Masked]) -> Iterator[tuple[int, str, str, str]]:
    """Yield each slot in which an organisation stands: its number, the slot, head, lead or body, and the words."""
    for one in sentences:
        if one.sentence.section in {"about", "legal", "contact"} or "§" not in one.text:
            continue
        text = one.text.lower()
        where = {"headline": "head", "lead": "lead"}.get(one.sentence.section, "body")
        for name, pattern in PARTY_SLOTS:
            for match in pattern.finditer(text):
                groups = [place for place in range(1, (match.lastindex or 0) + 1) if match[place] is not None]
                named = {int(match[place]) for place in groups}
                beside = joined(text, match.start(groups[-1]) - 1, match.end(groups[-1]) + 1) if groups else ()
                for number in sorted({*named, *beside}):
                    yield number, name, where, one.words(*match.span())


def _places(document: Document, found: list[set[str]], organisations: Sequence[Organisation]) -> None:
    """Add where each organisation is named: title, first sentences, how many sentences, profile headings."""
    sections = {sentence.number: sentence.section for sentence in document.sentences}
    main = [s.number for s in document.sentences if s.is_main and s.field == "text"]
    order = {number: place for place, number in enumerate(main)}
    for features, one in zip(found, organisations, strict=True):
        numbers = {mention.sentence for mention in one.mentions}
        inside = sorted(order[number] for number in numbers if number in order)
        titled = any(mention.field == "title" for mention in one.mentions)
        if titled:
            features.add("in-title")
        first = inside[0] if inside else 99
        late = "title" if titled else "none"
        features.add(f"first-in-{first if first < 5 else 'late' if first < 99 else late}")
        if inside and first * 2 > len(main):
            features.add("second-half")
        for reached in range(1, min(len(inside), 8) + 1):
            features.add(f"sentences-{reached}")
        for reached in (20, 40, 60):
            if len(inside) * 100 >= reached * max(len(main), 1):
                features.add(f"share-{reached}")
        for section in ("about", "quote", "lead"):
            if any(sections.get(number) == section for number in numbers):
                features.add(f"in-{section}")
        if any(_opens_profile(document, mention.start) for mention in one.mentions if mention.field == "text"):
            features.add("profile")


def _opens_profile(document: Document, start: int) -> bool:
    before = document.text[max(0, start - 10) : start]
    return before.endswith(("About ", "About the ")) and document.text[max(0, start - 11) : start].lstrip().startswith(
        "About"
    )


def _ranks(found: list[set[str]], organisations: Sequence[Organisation]) -> None:
    """Add each organisation's rank by the number of its mentions, and by its place."""
    counts = Counter({number: len(one.mentions) for number, one in enumerate(organisations)})
    for rank, (number, _) in enumerate(counts.most_common(5)):
        found[number].add(f"rank-{rank}")
    for number in range(min(4, len(organisations))):
        found[number].add(f"order-{number}")
    total = min(len(organisations), 8)
    for features in found:
        features.add(f"of-{total}")
