"""What a search is held against, as a person names it: a deal (D12), the address of an article, or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from alerts.match import Means
from alerts.subject import Subject
from deals.reader import ArticleText, as_deal
from lexicon import Lexicon, load_rates
from news.address import canonical
from news.article import Article
from news.reading import Terms
from news.story import Deal, DealEvent
from pactwatch.console import WrongInputError, count
from pactwatch.stored import deal_of, is_deal
from storage import Store


def means_of(lexicon: Lexicon) -> Means:
    """Return how searches and deals are compared."""
    return Means(lexicon.companies.key, load_rates)


def stored(store: Store | None) -> list[Subject]:
    """Return all deals found so far."""
    return [Subject.of(deal, store.articles_of(deal.id)) for deal in store.deals()] if store else []


def meant(store: Store, what: str) -> Iterator[tuple[Subject, str]]:
    """Yield the deal of an id, or those of an article's address, with what is to be said of each.

    Raises WrongInputError where there is none, AddressError for what is no address.
    """
    if is_deal(what):
        deal = deal_of(store, what)
        yield _with_note(deal, store.articles_of(deal.id))
        return
    known = store.explain(canonical(what))
    if known.article is None or known.reading is None:
        raise WrongInputError(f"{what}: it was not read; `pactwatch explain {what}` says what became of it")
    for deal in known.deals:
        yield _with_note(deal, store.articles_of(deal.id))
    if not known.deals:
        article, reading = known.article, known.reading
        alone = _alone(Terms(reading.kind), article)
        yield alone, f"this is no deal, so that no search is held against it: {reading.reason}"


def told(words: str, lexicon: Lexicon, now: datetime) -> Subject:
    """Return the deal that somebody's own words tell, as if they were the text of an article of today."""
    article = Article(0, "", "", "", "", words, now)
    return _alone(as_deal(ArticleText.of(article), lexicon), article)


def _alone(terms: Terms, article: Article) -> Subject:
    """Return a deal that is not stored, with the article that tells it."""
    day = article.published or article.fetched_at.date()
    deal = Deal(0, 0, article.fetched_at, False, False, False, (DealEvent(0, terms, day),))
    return Subject.of(deal, [article])


def _with_note(deal: Deal, articles: Sequence[Article]) -> tuple[Subject, str]:
    gone = sum(not article.text for article in articles)
    note = f"the text of {count(gone, 'article')} was let go; its words cannot be looked for" if gone else ""
    return Subject.of(deal, articles), note
