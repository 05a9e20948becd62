"""A page that is asked for once more is asked for with the validators of the one that we hold."""

from __future__ import annotations

from news.fetch import NotModified, PageTarget
from tests.crawler.conftest import Crawling
from tests.servers.http import Reply, Site, moved

STAMP = "Tue, 24 Nov 2026 08:00:00 GMT"


def test_a_page_that_has_not_changed_answers_304_to_its_validators(crawling: Crawling, site: Site) -> None:
    url = site.serve("/a", Reply(b"page", etag='"1"', last_modified=STAMP))

    recorder = crawling(PageTarget(1, url, '"1"', STAMP, url))

    assert isinstance(recorder.answers[url], NotModified)
    (asked,) = site.seen("/a")
    assert (asked.headers["If-None-Match"], asked.headers["If-Modified-Since"]) == ('"1"', STAMP)


def test_a_page_that_has_changed_comes_with_its_new_validator(crawling: Crawling, site: Site) -> None:
    url = site.serve("/a", Reply(b"new page", etag='"2"'))

    body = crawling(PageTarget(1, url, '"1"', None, url)).body(url)

    assert (body.content, body.etag) == (b"new page", '"2"')


def test_validators_go_to_the_address_behind_a_redirect_that_gave_them_and_to_no_other(
    crawling: Crawling, site: Site
) -> None:
    end = site.serve("/b", Reply(b"page", etag='"1"'))
    url = site.serve("/a", moved(end, 302))

    crawling(PageTarget(1, url, '"1"', None, end))

    (first,), (second,) = site.seen("/a"), site.seen("/b")
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"] == '"1"'
