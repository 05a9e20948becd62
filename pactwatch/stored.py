"""Articles that are stored, as a person names them: by address, by id, or all those of a deal (D12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deals.reader import ArticleText
from news.address import canonical
from news.article import Article
from pactwatch.console import WrongInputError
from pactwatch.options import configuration, existing_store
from storage import Store

_NUMBER = re.compile(r"([dD]?)([0-9]{1,12})")


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
