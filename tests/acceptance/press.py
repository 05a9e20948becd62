"""News of invented companies for acceptance tests: as many licences and other stories as a test wants, with feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape

from tests.servers.http import Reply, Site

_FIRST = ("Bor", "Cal", "Dres", "Ferro", "Gal", "Hexa", "Ily", "Jor", "Kes", "Lum", "Mar", "Nor", "Ost", "Pel", "Quil")
_LAST = ("avia", "bryx", "cade", "dorin", "elis", "fane", "gista", "holm")
_PAYERS = ("Harrow Pharma", "Vantrel Pharma", "Nordkap Pharma", "Minagawa Pharma")
_SCIENCE = (
    "The biology is well understood by now, and several groups have shown in patients that tumours shrink. What is not "
    "known is for how long the effect lasts, and whether it can be had in patients who are old and frail."
)
_ANALYSTS = (
    "Analysts in London called the step sensible. The shares of neither company moved much in early trading, and the "
    "board plans to say more about its research at the annual meeting in spring."
)
FILLER = (_SCIENCE, _ANALYSTS)


@dataclass(frozen=True, slots=True)
class Item:
    """One story: where it stands on its site, when it was published, and what it says."""

    path: str
    guid: str
    title: str
    paragraphs: tuple[str, ...]
    at: datetime


def biotech(number: int) -> str:
    """Return the name of an invented company, another for each number below 120."""
    return f"{_FIRST[number % 15]}{_LAST[number // 15]} Therapeutics"


def licence(number: int, at: datetime) -> Item:
    """Return a release about the licence of an NK cell engager, other companies and figures for each number."""
    giver, taker = biotech(number % 120), _PAYERS[number % 4]
    asset = f"{giver[:3].upper()}-{100 + number}"
    terms = (
        f"Under the terms of the agreement, {giver} will receive an upfront payment of ${20 + number} million and is "
        f"eligible for up to ${400 + number} million in development and commercial milestones, plus royalties on net "
        "sales."
    )
    opening = (
        f"{taker} and {giver} today announced an exclusive worldwide license agreement for {asset}, an NK cell engager "
        f"for patients with multiple myeloma. {taker} will take over development and commercialisation."
    )
    title = f"{taker} licenses NK cell engager {asset} from {giver}"
    return Item(f"/deal-{number}.html", f"deal-{number}", title, (opening, terms, *FILLER), at)


def results(number: int, at: datetime) -> Item:
    """Return a story that is no deal: the quarterly figures of an invented company."""
    name = biotech(number % 120)
    title = f"{name} reports results for quarter {number}"
    opening = (
        f"{name} reported revenue of ${number + 3}.4 million for the quarter, up from the same period last year, and "
        "a smaller net loss. Cash and equivalents are expected to last into the second half of next year."
    )
    return Item(f"/results-{number}.html", f"results-{number}", title, (opening, *FILLER), at)


def moved(items: Iterable[Item], at: datetime) -> list[Item]:
    """Return the same stories under new guids and addresses, all dated anew: what a relaunch of a site does."""
    return [
        replace(item, path=f"/2.0/{number}{item.path}", guid=f"relaunch-{number}", at=at)
        for number, item in enumerate(items)
    ]


def publish(site: Site, path: str, items: Sequence[Item], *, ttl: int | None = None, etag: str = "") -> str:
    """Serve an RSS 2.0 feed of the stories and a page for each; return the feed's address."""
    for item in items:
        site.serve(item.path, Reply(page(item), headers={"Content-Type": "text/html; charset=utf-8"}))
    wish = f"<ttl>{ttl}</ttl>" if ttl else ""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{site.url(item.path)}</link>"
        f"<guid isPermaLink='false'>{item.guid}</guid><pubDate>{format_datetime(item.at)}</pubDate></item>"
        for item in items
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{wish}{entries}</channel></rss>"
    return site.serve(path, Reply(feed.encode(), headers={"Content-Type": "application/rss+xml"}, etag=etag))


def page(item: Item) -> bytes:
    """Return the page of a story, with the furniture of a news site round it."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{escape(item.title)} | The Ledger</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<article><h1>{escape(item.title)}</h1><time datetime='{item.at:%Y-%m-%d}'>{item.at:%d %B %Y}</time>{body}"
        "</article><footer>Subscribe to our newsletter</footer></body></html>"
    ).encode()
