"""Why an article is read as it is: every candidate with what was made of it, by the code that decided.

    explain(article, lexicon) -> Explanation

Nothing is decided here. Figures come from deals/payments.py with their reasons, earlier agreements from deals/prior.py
with their words, organisations and sides from deals/parties.py and deals/roles.py with the slots of the grammar in
which they stand; the signs are the features that deals/recognise.py adds up, with the weights that it gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deals import directions, partysigns
from deals.document import Document
from deals.features import parts
from deals.payments import Candidate
from deals.prior import article_year, recalling
from deals.reader import ArticleText, Examined, Told, examine
from deals.recognise import KEEP, PERHAPS
from deals.refused import EARLIER
from deals.roles import resolved_sentences, stands
from deals.signwords import Said, Slots, of_article, of_organisation
from deals.terms import candidates_of
from lexicon import Lexicon
from news.reading import Evidence, Reading, Role

_NEGLIGIBLE = 0.05
_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for a judgement (a weight above zero) or against it, in words."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that the article names: a party in its role, or none; and what speaks for and against that.

    `likelihood` is the probability that it is a party; `side` what puts a party on its side, the giver's above zero.
    """

    name: str
    role: Role | None
    likelihood: float
    evidence: Evidence
    mentions: int
    signs: tuple[Sign, ...]
    side: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """A sentence about an earlier agreement; `why` are the words that say so, "" where it follows such a one."""

    evidence: Evidence
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading, and why it is as it is.

    `likelihood` is what the signs come to; `ruled` says that headline or first sentence settled it all the same.
    `keep_from` and `perhaps_from` are the thresholds. All but the reading is empty for an article that was not read.
    """

    reading: Reading
    likelihood: float = 0.0
    ruled: bool = False
    keep_from: float = KEEP
    perhaps_from: float = PERHAPS
    signs: tuple[Sign, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    figures: tuple[Candidate, ...] = ()
    recalled: tuple[Recalled, ...] = ()


def explain(article: ArticleText, lexicon: Lexicon) -> Explanation:
    """Return the reading of an article with its reasons; never raises."""
    found = examine(article, lexicon)
    if found.told is None or found.judged is None:
        return Explanation(found.reading)
    told = found.told
    slots = _slots(told)
    return Explanation(
        reading=found.reading,
        likelihood=found.judged.likelihood,
        ruled=found.judged.ruled,
        signs=_weighed(
            (of_article(feature, parts(told.document, told.old), slots), weight)
            for feature, weight in lexicon.learned["recognise"].items()
            if feature in told.features
        ),
        organisations=tuple(_organisations(found, lexicon)),
        figures=_figures(found, article, lexicon),
        recalled=tuple(_recalled(told, article)),
    )


def _weighed(found: Iterable[tuple[Said, float]]) -> tuple[Sign, ...]:
    """Return signs with the weights of those that say the same added up, the weightiest first."""
    total: dict[str, float] = defaultdict(float)
    examples: dict[str, list[str]] = defaultdict(list)
    for (said, words), weight in found:
        total[said] += weight
        examples[said] += [words] if words and weight and words not in examples[said] else []
    signs = [
        Sign(_with_examples(said, examples[said]), round(weight, 4))
        for said, weight in total.items()
        if said and abs(weight) >= _NEGLIGIBLE
    ]
    return tuple(sorted(signs, key=lambda sign: (-abs(sign.weight), sign.words)))


def _with_examples(said: str, words: Sequence[str]) -> str:
    quoted = [f"“{each}”" for each in words[:_EXAMPLES]]
    return f"{said}, such as {' and '.join(quoted)}" if quoted else said


def _slots(told: Told) -> Slots:
    """Return the words of the first place where an organisation stands in a slot, by its number, slot and part."""
    found: dict[tuple[int, str, str], str] = {}
    for number, name, where, words in partysigns.slots(told.people.sentences):
        for part in (where, ""):
            found.setdefault((number, name, part), _unmasked(words, told))
    return found


def _unmasked(words: str, told: Told) -> str:
    """Return a stretch of a masked sentence with the names in it again."""
    for number, candidate in enumerate(told.people.candidates):
        words = words.replace(f"§{number}§", candidate.organisation.name)
    return " ".join(words.split())


def _organisations(found: Examined, lexicon: Lexicon) -> Iterator[Organisation]:
    """Yield the parties of each deal, then the other organisations, each in the order of the article."""
    seen: set[str] = set()
    for told, terms in zip(found.parts, found.reading.deals(), strict=True):
        roles = {party.name: party.role for party in terms.parties}
        yield from (one for one in _of_part(told, roles, lexicon) if one.role)
        seen.update(roles)
    if found.told is not None:
        yield from (one for one in _of_part(found.told, {}, lexicon) if one.name not in seen)


def _of_part(told: Told, roles: Mapping[str, Role], lexicon: Lexicon) -> Iterator[Organisation]:
    """Yield the organisations of an article, or of a paragraph, with what speaks for and against each."""
    table, slots = lexicon.learned["parties"], _slots(told)
    sides = _sides(told, lexicon)
    for one in told.people.candidates:
        own = one.organisation
        signs = (((of_organisation(sign, one.number, slots), ""), table.get(sign, 0.0)) for sign in sorted(one.signs))
        first = own.mentions[0]
        yield Organisation(
            name=own.name,
            role=roles.get(own.name),
            likelihood=round(one.likelihood, 4),
            evidence=told.document.evidence(first.field, first.start, first.end),
            mentions=len(own.mentions),
            signs=_weighed(signs),
            side=sides.get(one.number, ()) if own.name in roles else (),
        )


def _sides(told: Told, lexicon: Lexicon) -> dict[int, tuple[Sign, ...]]:
    """Return what puts each party on the giver's or the taker's side, with the words of the first place."""
    parties = [(one.number, one.organisation) for one in told.parties]
    sentences = resolved_sentences(told.people, parties, lexicon)
    words: dict[tuple[int, str], str] = {}
    for number, name, stretch in directions.slots(sentences, told.old, [number for number, _ in parties]):
        words.setdefault((number, name), f"“{_unmasked(stretch, told)}”")
    table = lexicon.learned["roles"]
    stood = stands(told.people, parties, told.old, lexicon)
    return {
        number: _weighed(
            ((words.get((number, name)) or of_organisation(name, number, {}), ""), table.get(name, 0.0) * count**0.5)
            for name, count in slots.items()
        )
        for (number, _), slots in zip(parties, stood, strict=True)
    }


def _figures(found: Examined, article: ArticleText, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return every figure of the article once: of each deal's part those in it, of the rest those that no part has."""
    deals = found.reading.deals()
    whole = found.told
    figures: list[Candidate] = []
    for told, terms in zip(found.parts, deals, strict=True):
        names = tuple(party.name for party in terms.parties)
        figures += _in_part(told, names, article, lexicon)
    if whole is not None and (not deals or whole is not found.parts[0]):
        seen = {(f.money.evidence.field, f.money.evidence.start) for f in figures}
        names = tuple(one.organisation.name for one in whole.parties)
        rest = _in_part(whole, names, article, lexicon)
        figures += [_unused(f) for f in rest if (f.money.evidence.field, f.money.evidence.start) not in seen]
    return tuple(sorted(figures, key=lambda f: (f.money.evidence.field == "text", f.money.evidence.start)))


def _in_part(told: Told, names: tuple[str, ...], article: ArticleText, lexicon: Lexicon) -> list[Candidate]:
    old = recalling(told.document, article_year(told.document, article.published))
    found = candidates_of(told.document, lexicon, names, article.published, told.event)
    return [_in_words(figure, told.document, old) for figure in found]


def _in_words(figure: Candidate, document: Document, old: Mapping[int, str]) -> Candidate:
    """Return a figure of an earlier agreement with the words that call it so."""
    sentence = document.at(figure.money.evidence.field, figure.money.evidence.start)
    words = old.get(sentence.number, "") if sentence and figure.why == EARLIER else ""
    return replace(figure, why=f"{EARLIER}: “{' '.join(words.split())}”") if words else figure


def _unused(figure: Candidate) -> Candidate:
    """Return a figure that would be a term if the article, or its paragraph, announced an agreement."""
    if figure.field is None:
        return figure
    return replace(figure, field=None, why=f"no agreement is announced here; else {figure.field.replace('_', ' ')}")


def _recalled(told: Told, article: ArticleText) -> Iterator[Recalled]:
    document = told.document
    old = recalling(document, article_year(document, article.published))
    for sentence in document.sentences:
        if sentence.number in old:
            yield Recalled(document.evidence_of(sentence), " ".join(old[sentence.number].split()))


def strongest(signs: Iterable[Sign], most: int) -> tuple[tuple[Sign, ...], tuple[Sign, ...]]:
    """Return the signs that speak most for a judgement, and those that speak most against it."""
    found = sorted(signs, key=lambda sign: (-abs(sign.weight), sign.words))
    return tuple(s for s in found if s.weight > 0)[:most], tuple(s for s in found if s.weight < 0)[:most]
