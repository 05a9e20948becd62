"""What of a deal a query can look at: the words of its articles, where they came from, and its terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.phrase import Passage
from news.article import Article
from news.reading import STATUSES
from news.story import Deal, DealEvent


@dataclass(frozen=True, slots=True)
class Subject:
    """A deal, made ready to be held against any number of queries.

    `passages` are titles and texts, article by article; `sources` keys and names of who published them; `languages`
    codes without a region; `events` those whose terms hold.
    """

    deal: Deal
    passages: tuple[Passage, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    events: tuple[DealEvent, ...]

    @classmethod
    def of(cls, deal: Deal, articles: Sequence[Article]) -> Subject:
        """Return the subject that a deal and its articles make.

        A text that was let go is empty and cannot be searched; of an article that is missing the report's title can.
        """
        reports = [report for event in deal.events for report in event.reports]
        named = [*((r.source, r.outlet) for r in reports), *((a.source, a.outlet) for a in articles)]
        codes = (article.language.replace("_", "-").partition("-")[0].lower() for article in articles)
        known = {article.address for article in articles}
        missing = {report.address: report.title for report in reports if report.address not in known}
        return cls(
            deal=deal,
            passages=(
                *(passage for article in articles for passage in _passages(article)),
                *(Passage.of(title, "title", address) for address, title in missing.items() if title),
            ),
            sources=tuple(dict.fromkeys(name for names in named for name in names if name)),
            languages=tuple(dict.fromkeys(code for code in codes if code)),
            events=_holding(deal),
        )


def _passages(article: Article) -> Iterator[Passage]:
    if article.title:
        yield Passage.of(article.title, "title", article.address)
    if article.text:
        yield Passage.of(article.text, "text", article.address)


def _holding(deal: Deal) -> tuple[DealEvent, ...]:
    """Return the events whose terms hold, the latest first: a rumour's do not once the deal is announced."""
    settled = STATUSES.index("announced")
    latest = deal.latest
    kept = [e for e in deal.events[:-1] if STATUSES.index(e.terms.status) >= settled]
    alone = not kept and STATUSES.index(latest.terms.status) < settled
    return tuple(reversed(deal.events if alone else (*kept, latest)))
