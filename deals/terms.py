"""All terms of the agreement that an article tells of, but parties, kind, event and date.

    terms_of(document, lexicon, names=(), published=None, event="new") -> Found

`names` are the parties as shown; they keep other companies' deals and the parties' own names out of the terms. `event`
is what happens to the agreement.
`Found.fill(terms)` puts what was found into `news.reading.Terms`. `candidates_of(…)`, with the same arguments, is every
sum of the article with the term that it was taken for, or with why it was refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from deals.assets import assets
from deals.concepts import concepts
from deals.document import Document
from deals.focus import focus
from deals.foreign import foreign_sentences
from deals.known import known
from deals.payments import Candidate, candidates, payments
from deals.prior import article_year, old_sentences, over
from deals.recalled import priors
from deals.royalties import royalties
from deals.stage import stage
from deals.territory import territory
from lexicon import Lexicon
from news.reading import DealEventName, Money, Named, Prior, Royalties, Terms


@dataclass(frozen=True, slots=True)
class Found:
    """The terms that were found; the fields are those of `Terms`."""

    upfront: Money | None = None
    equity: Money | None = None
    near_term: Money | None = None
    option_fee: Money | None = None
    milestones: Money | None = None
    total: Money | None = None
    royalties: Royalties | None = None
    assets: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    modalities: tuple[Named, ...] = ()
    indications: tuple[Named, ...] = ()
    stage: Named | None = None
    territory: Named | None = None
    prior: tuple[Prior, ...] = ()

    def fill(self, terms: Terms) -> Terms:
        """Return the terms with what was found in them."""
        return replace(terms, **{field.name: getattr(self, field.name) for field in fields(self)})


def terms_of(
    document: Document,
    lexicon: Lexicon,
    names: Sequence[str] = (),
    published: date | None = None,
    event: DealEventName = "new",
) -> Found:
    """Return the terms that an article states; never raises."""
    year = article_year(document, published)
    old = old_sentences(document, year)
    standing = over(document, old, event)
    weighed = focus(document, old, names)
    looked_up = known(document, lexicon, names)
    named = assets(document, looked_up, weighed, names)
    subject = concepts(document, looked_up, weighed, named)
    return Found(
        **payments(document, standing | foreign_sentences(document, looked_up, names), event),
        royalties=royalties(document, standing, event),
        assets=named,
        targets=subject["target"],
        modalities=subject["modality"],
        indications=subject["indication"],
        stage=stage(document, old, named),
        territory=territory(document, old),
        prior=priors(document, old, published, year),
    )


def candidates_of(
    document: Document,
    lexicon: Lexicon,
    names: Sequence[str] = (),
    published: date | None = None,
    event: DealEventName = "new",
) -> tuple[Candidate, ...]:
    """Return every sum of an article, taken for a term or refused, and why; the arguments are those of `terms_of`."""
    old = over(document, old_sentences(document, article_year(document, published)), event)
    return candidates(document, old, foreign_sentences(document, known(document, lexicon, names), names), event)
