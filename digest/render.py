"""The two bodies of a message: HTML with its style inlined, and the plain text that says all of it as well."""

from __future__ import annotations

import functools

import css_inline
import jinja2

from digest.plain import text_of
from digest.showing import view
from digest.view import View
from lexicon.rates import Source as RatesSource
from news.alert import Digest


def plain_text(digest: Digest, rates: RatesSource) -> str:
    """Return the plain text: complete, lines of 76 characters where words allow, LF."""
    return text_of(view(digest, rates))


def html(digest: Digest, rates: RatesSource) -> str:
    """Return the HTML page: everything from outside escaped, style inline, nothing remote, links to http(s) only."""
    return page_of(view(digest, rates))


def page_of(shown: View) -> str:
    """Return the HTML of what is shown."""
    page = _templates().get_template("digest.html").render(view=shown)
    return str(_inliner().inline(page))


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("digest"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def _inliner() -> css_inline.CSSInliner:
    """Return what moves the style into the elements; rules for dark, narrow and paper stay in the head."""
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
