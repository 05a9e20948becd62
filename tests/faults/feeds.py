"""Feeds to go wrong: small ones of invented companies, in every way in which a feed can be odd."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import chain

from tests.acceptance.press import Item, page, results
from tests.servers.http import Reply, Site

XML = "application/rss+xml; charset=utf-8"
ITEMS = 2
"""So many entries each feed holds that holds any."""
_PIECE = b"0" * 65536


def stories(number: int) -> list[Item]:
    """Return the stories of one host, others for each number."""
    now = datetime.now(UTC)
    return [results(number * ITEMS + n, now - timedelta(hours=n)) for n in range(ITEMS)]


def feed(site: Site, items: Sequence[Item], head: str = "", **changes: str) -> str:
    """Return an RSS 2.0 feed whose pages stand on the site.

    `head` goes before the root. `changes` give the text of title, link, guid or pubDate of all items, where {title},
    {link}, {path}, {guid} and {at} stand for what they would be; an empty one leaves the element out.
    """
    form = {"title": "{title}", "link": "{link}", "guid": "{guid}", "pubDate": "{at}"} | changes
    entries = []
    for item in items:
        site.serve(item.path, Reply(page(item), headers={"Content-Type": "text/html; charset=utf-8"}))
        values = {
            "title": escape(item.title),
            "link": site.url(item.path),
            "path": item.path,
            "guid": item.guid,
            "at": format_datetime(item.at),
        }
        parts = "".join(f"<{name}>{text.format(**values)}</{name}>" for name, text in form.items() if text)
        entries.append(f"<item>{parts}</item>")
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>News</title>{''.join(entries)}</channel></rss>"
    )


def rss(text: str | bytes, **reply: object) -> Reply:
    """Return an answer that says it is RSS."""
    body = text.encode() if isinstance(text, str) else text
    return Reply(body, headers={"Content-Type": XML} | dict(reply.pop("headers", {})), **reply)  # type: ignore[arg-type, call-overload]  # a test's own arguments


def entity_bomb(site: Site, items: Sequence[Item]) -> str:
    """Return a feed with a title of three billion words."""
    levels = ["<!ENTITY a0 'word '>", *(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))]
    return feed(site, items, f"<!DOCTYPE rss [{''.join(levels)}]>", title="{title} &a9;")


def quadratic_bomb(site: Site, items: Sequence[Item]) -> str:
    """Return a feed with a title of ten gigabytes, by one long entity used very often."""
    return feed(site, items, f"<!DOCTYPE rss [<!ENTITY a '{'a' * 100_000}'>]>", title="&a;" * 100_000)


def external_entity(site: Site, items: Sequence[Item], *addresses: str) -> str:
    """Return a feed whose titles name other files and addresses as their text."""
    named = [f"<!ENTITY e{n} SYSTEM '{address}'>" for n, address in enumerate(addresses)]
    head = f"<!DOCTYPE rss SYSTEM '{addresses[-1]}' [{''.join(named)}]>"
    return feed(site, items, head, title="{title} " + "".join(f"&e{n};" for n in range(len(addresses))))


def gzip_bomb() -> bytes:
    """Return three gigabytes of zeros, packed into three megabytes: the same member again and again."""
    return gzip.compress(_PIECE * 160) * 300


def nested(site: Site, items: Sequence[Item], depth: int = 200_000) -> str:
    """Return a feed in which one element stands in another, very often."""
    return feed(site, items, title="{title}" + "<a>" * depth + "</a>" * depth)


def large(site: Site, items: Sequence[Item], size: int = 20_000_000) -> str:
    """Return a well-formed feed that is too long."""
    return feed(site, items).replace("<item>", f"<description>{'news ' * (size // 5)}</description><item>", 1)


def paths(items: Sequence[Sequence[Item]]) -> set[str]:
    """Return the paths of the pages of several lists of stories."""
    return {item.path for item in chain.from_iterable(items)}
