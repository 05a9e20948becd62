"""What an address answers, whatever its form: a feed, a sitemap or an index of them, a page that lists articles. Pure.

A feed and a sitemap know each other by their bytes. A listing page has to be named in the configuration: an ordinary
page in the place of a feed is how many a feed dies.
"""

from __future__ import annotations

from crawler import feeds, sitemaps
from crawler.sitemaps import SitemapIndex
from news.article import ParsedFeed, SourceForm

Parsed = ParsedFeed | SitemapIndex


def parse(content: bytes, url: str, content_type: str, form: SourceForm | None = None, links: str = "") -> Parsed:
    """Return what bytes hold that came from `url`; raises FeedParseError and nothing else.

    `form` and `links` are as in news.fetch.Access.
    """
    if form == "listing":
        from crawler import listings  # noqa: PLC0415  # it loads 20 MB of libraries that only pages of HTML need

        return listings.parse(content, url, content_type, links)
    if form == "sitemap" or (form is None and sitemaps.is_sitemap(content)):
        return sitemaps.parse(content, url)
    return feeds.parse(content, url, content_type)


def parse_at_once(content: bytes, url: str, content_type: str, form: SourceForm | None = None) -> ParsedFeed | None:
    """Return what an ordinary feed holds, in a millisecond or so; None for what is better parsed somewhere else."""
    return feeds.parse_at_once(content, url, content_type) if form in {None, "feed"} else None


def parse_changed(
    content: bytes, url: str, content_type: str, form: SourceForm | None, digests: bytes | None
) -> ParsedFeed | None:
    """Return what has changed in a feed since `digests` was made of it; None where the whole has to be parsed."""
    return feeds.parse_changed(content, url, content_type, digests) if digests and form in {None, "feed"} else None
