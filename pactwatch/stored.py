"""What is stored, as a person names it: a deal by its id (D12), an article by address or id, or all those of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deals.reader import ArticleText
from news.address import canonical
from news.article import Article
from news.story import Deal
from pactwatch.console import WrongInputError
from pactwatch.options import configuration, existing_store
from storage import Store

_NUMBER = re.compile(r"([dD]?)([0-9]{1,12})")


def is_deal(given: str) -> bool:
    """Return whether a word is of the form of a deal's id: D12 or 12."""
    return _NUMBER.fullmatch(given) is not None


def deal_of(store: Store | None, given: str) -> Deal:
    """Return the deal that an id names, of one that became another that other; raises WrongInputError."""
    number = _NUMBER.fullmatch(given)
    if number is None:
        raise WrongInputError(f"{given!r} is no id of a deal; `pactwatch deals list` shows them (D12)")
    deal = store.deal(int(number[2])) if store else None
    if deal is None:
        raise WrongInputError(f"there is no deal D{number[2]}; `pactwatch deals list` shows them")
    return deal


def articles(given: str, config_file: str | None, database: str | None) -> Iterator[ArticleText]:
    """Yield the stored articles that a word names; raises WrongInputError, AddressError, ConfigurationError."""
    number = _NUMBER.fullmatch(given)
    if number is None and "://" not in given:
        raise WrongInputError(f"{given!r} is no file, no address and no id of an article or a deal (D12)")
    with existing_store(configuration(config_file, database)) as store:
        found = [] if store is None else _found(store, given, number)
    if not found:
        raise WrongInputError(f"{given} is not among the stored articles; `pactwatch explain URL` says what is known")
    for article in found:
        if not article.text:
            raise WrongInputError(f"the text of {article.address} was let go since (keep_text)")
        yield ArticleText.of(article)


def _found(store: Store, given: str, number: re.Match[str] | None) -> list[Article]:
    if number is None:
        article = store.explain(canonical(given)).article
    elif number[1]:
        return list(store.articles_of(int(number[2])))
    else:
        article = store.article(int(number[2]))
    return [] if article is None else [article]
