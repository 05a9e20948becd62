"""CSS selectors, as config.yaml names a page's links with them, in the form that lxml understands. Pure."""

from __future__ import annotations

from cssselect import HTMLTranslator, SelectorError

LONGEST = 500


def xpath_of(selector: str) -> str:
    """Return the XPath of a CSS selector; raises ValueError with what is wrong with it."""
    if len(selector) > LONGEST:
        raise ValueError(f"a CSS selector has at most {LONGEST} characters")
    try:
        return HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        raise ValueError(f"it is a CSS selector such as `.news-list h3 a`: {error}") from error
