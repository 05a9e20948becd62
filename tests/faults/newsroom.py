"""A newsroom in which everything goes wrong: one host per fault, five healthy ones, and a canary that nobody may reach.

Each host has an address of its own in 127.1.0.0/16. `Fault.recorded` is the name under which `pactwatch run` has to
record what came of the host, or, where it can be read all the same, `Fault.remarked` what it has to remark on it in its
log; `stored` says how many entries it gives.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.acceptance.press import Item, licence, page, publish
from tests.faults.feeds import (
    ITEMS,
    entity_bomb,
    external_entity,
    feed,
    gzip_bomb,
    large,
    nested,
    quadratic_bomb,
    rss,
    stories,
)
from tests.servers.http import Reply, Site, moved, web

HEALTHY = 5
SECRET = "the-secret-of-this-machine"  # noqa: S105  # it opens nothing
_CHALLENGE = b"<html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script></html>"
_PAGE = b"<!doctype html><html><head><title>News</title></head><body><p>Welcome to our new site.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault happens: its host, its stories, the canary's address and the address of a local secret."""

    site: Site
    items: Sequence[Item]
    canary: str
    secret: str

    def serve(self, *replies: Reply) -> str:
        """Answer for the feed; return its address."""
        return self.site.serve("/feed.xml", *replies)

    def feed(self, **changes: str) -> Reply:
        """Return the host's feed, as `feed` changes it."""
        return rss(feed(self.site, self.items, **changes))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a host does to us: a key, words for the table, how to do it, and what has to come of it."""

    key: str
    does: str
    serve: Callable[[Place], str]
    recorded: str = ""
    stored: int = 0
    remarked: str = ""


def _chain(place: Place) -> str:
    end = place.site.serve("/5", place.feed())
    for number in (4, 3, 2):
        end = place.site.serve(f"/{number}", moved(end))
    return place.serve(moved(end))


def _churning(place: Place) -> str:
    return place.serve(place.feed(guid="{guid}-monday"), place.feed(guid="{guid}-tuesday"))


def _tracking(place: Place) -> str:
    first = place.feed(guid="{link}?utm_source=rss", link="{link}?utm_source=rss")
    for item in place.items:
        place.site.serve(f"{item.path}?utm_source=rss", Reply(page(item), headers={"Content-Type": "text/html"}))
    second = place.feed(guid="{link}?utm_source=feed&amp;utm_id=2", link="{link}?utm_source=feed&amp;utm_id=2")
    return place.serve(first, second)


def _closed_robots(place: Place) -> str:
    place.site.serve("/robots.txt", Reply(b"User-agent: *\nDisallow: /feed", headers={"Content-Type": "text/plain"}))
    return place.serve(place.feed())


def _broken_robots(place: Place) -> str:
    place.site.serve("/robots.txt", Reply(status=503, headers={"Retry-After": "3600"}))
    return place.serve(place.feed())


def _robots_to_canary(place: Place) -> str:
    place.site.serve("/robots.txt", moved(place.canary))
    return place.serve(place.feed())


def _wrong_charset(place: Place) -> str:
    text = feed(place.site, place.items, title="Société Générale des Sérums: {title}")
    return place.serve(rss(text.encode("latin-1")))


def _page_to_canary(place: Place) -> str:
    reply = place.feed()
    for item in place.items:
        place.site.serve(item.path, moved(place.canary))
    return place.serve(reply)


def _rebinding(place: Place) -> str:
    """Let the connection end with the first answer, so that the name is looked up again for the second."""
    place.site.serve("/robots.txt", Reply(status=404, headers={"Connection": "close"}))
    place.serve(place.feed())
    return place.site.url("/feed.xml", host="second.example")


def _several(place: Place) -> str:
    place.serve(place.feed())
    return place.site.url("/feed.xml", host="several.example")


def _until_soon(status: int) -> Callable[[Place], str]:
    """Ask for patience until a moment in an hour."""

    def serve(place: Place) -> str:
        soon = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
        return place.serve(Reply(status=status, headers={"Retry-After": soon}))

    return serve


def _status(status: int, **headers: str) -> Callable[[Place], str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda place: place.serve(Reply(status=status, headers=named))


def _moves_to(address: str) -> Callable[[Place], str]:
    return lambda place: place.serve(moved(address, 302))


_EMPTY = "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title></channel></rss>"

FAULTS: tuple[Fault, ...] = (
    Fault("not-found", "404", _status(404), "http 404"),
    Fault("gone", "410", _status(410), "http 410"),
    Fault("moved-chain", "301, four of them in a row", _chain, stored=ITEMS, remarked="moved"),
    Fault("moved-loop", "301 to itself", lambda p: p.serve(moved("/feed.xml")), "redirect loop"),
    Fault(
        "moved-briefly",
        "302",
        lambda p: p.serve(moved(p.site.serve("/2", p.feed()), 302)),
        stored=ITEMS,
        remarked="elsewhere for now",
    ),
    Fault("busy-seconds", "429 with Retry-After in seconds", _status(429, Retry_After="3600"), "http 429"),
    Fault("busy-date", "429 with Retry-After as a date", _until_soon(429), "http 429"),
    Fault("down-seconds", "503 with Retry-After in seconds", _status(503, Retry_After="3600"), "http 503"),
    Fault("down-date", "503 with Retry-After as a date", _until_soon(503), "http 503"),
    Fault("forbidden", "403 with a challenge page", lambda p: p.serve(Reply(_CHALLENGE, 403)), "http 403"),
    Fault("challenge", "200 with a challenge page", lambda p: p.serve(rss(_CHALLENGE)), "challenge page"),
    Fault("html", "200 with a page of HTML", lambda p: p.serve(rss(_PAGE)), "html instead of a feed"),
    Fault("empty-feed", "a feed without items", lambda p: p.serve(rss(_EMPTY)), remarked="no entries"),
    Fault("empty-body", "200 with no byte", lambda p: p.serve(rss(b"")), "empty body"),
    Fault(
        "truncated",
        "XML that breaks off",
        lambda p: p.serve(rss(feed(p.site, p.items)[: -len("link></item></channel></rss>")])),
        stored=ITEMS,
        remarked="broken xml",
    ),
    Fault("wrong-charset", "Latin-1 that says it is UTF-8", _wrong_charset, stored=ITEMS, remarked="wrong encoding"),
    Fault(
        "entity-bomb",
        "an entity that becomes three billion words",
        lambda p: p.serve(rss(entity_bomb(p.site, p.items))),
        stored=ITEMS,
        remarked="entities",
    ),
    Fault(
        "quadratic-bomb",
        "one long entity, 100,000 times",
        lambda p: p.serve(rss(quadratic_bomb(p.site, p.items))),
        stored=ITEMS,
        remarked="entities",
    ),
    Fault(
        "external-entity",
        "entities and a DTD from elsewhere",
        lambda p: p.serve(rss(external_entity(p.site, p.items, p.secret, p.canary))),
        stored=ITEMS,
        remarked="entities",
    ),
    Fault(
        "gzip-bomb",
        "3 GB, packed into 3 MB",
        lambda p: p.serve(rss(gzip_bomb(), headers={"Content-Encoding": "gzip"})),
        "too large",
    ),
    Fault(
        "bad-gzip",
        "bytes that are no gzip",
        lambda p: p.serve(rss(b"no gzip", headers={"Content-Encoding": "gzip"})),
        "broken answer",
    ),
    Fault("endless-body", "a body without end", lambda p: p.serve(rss(b"0" * 100_000, endless=True)), "too large"),
    Fault(
        "endless-headers",
        "headers without end",
        lambda p: p.serve(Reply(b"X-More: more\r\n" * 5000, head=b"HTTP/1.1 200 OK\r\n", endless=True)),
        "too large",
    ),
    Fault("slow-headers", "a connection and not a word", lambda p: p.serve(Reply(hold="headers")), "timeout"),
    Fault("slow-body", "a body that trickles", lambda p: p.serve(rss(feed(p.site, p.items), pace=0.4)), "timeout"),
    Fault("large", "a feed of 20 MB", lambda p: p.serve(rss(large(p.site, p.items))), "too large"),
    Fault(
        "nested",
        "200,000 elements, one in another",
        lambda p: p.serve(rss(nested(p.site, p.items))),
        stored=ITEMS,
        remarked="deep nesting",
    ),
    Fault(
        "nul-bytes",
        "NUL bytes in its titles",
        lambda p: p.serve(p.feed(title="{title}\0\0")),
        stored=ITEMS,
        remarked="nul bytes",
    ),
    Fault(
        "reset",
        "a connection that is reset",
        lambda p: p.serve(rss(feed(p.site, p.items), cut=40, reset=True)),
        "connection lost",
    ),
    Fault(
        "cut-off", "fewer bytes than promised", lambda p: p.serve(rss(feed(p.site, p.items), cut=40)), "connection lost"
    ),
    Fault("churning-guids", "new guids with every poll", _churning, stored=ITEMS, remarked="new guids"),
    Fault("tracking", "tracking parameters that change with every poll", _tracking, stored=ITEMS, remarked="new guids"),
    Fault(
        "future-dates",
        "dates of the year 2099",
        lambda p: p.serve(p.feed(pubDate="Thu, 01 Jan 2099 00:00:00 GMT")),
        stored=ITEMS,
        remarked="dates to come",
    ),
    Fault("no-dates", "no dates", lambda p: p.serve(p.feed(pubDate="")), stored=ITEMS, remarked="no dates"),
    Fault(
        "relative-links",
        "links without a host",
        lambda p: p.serve(p.feed(link="{path}")),
        stored=ITEMS,
        remarked="relative links",
    ),
    Fault(
        "script-titles",
        "a script in its titles",
        lambda p: p.serve(p.feed(title="&lt;script&gt;alert(1)&lt;/script&gt;{title}")),
        stored=ITEMS,
        remarked="script in a title",
    ),
    Fault("to-file", "302 to file:///etc/passwd", _moves_to("file:///etc/passwd"), "address refused"),
    Fault(
        "to-metadata",
        "302 to 169.254.169.254",
        _moves_to("http://169.254.169.254/latest/meta-data/"),
        "address refused",
    ),
    Fault("to-canary", "302 to a closed network", lambda p: _moves_to(p.canary)(p), "address refused"),
    Fault(
        "to-mail",
        "302 to a mail server's port",
        lambda p: _moves_to(p.site.url().replace(str(p.site.port), "25"))(p),
        "address refused",
    ),
    Fault("name-to-canary", "a name that resolves to 127.0.0.1", lambda p: p.canary, "address refused"),
    Fault("robots-closed", "a robots.txt that closes the feed", _closed_robots, "robots.txt disallows"),
    Fault("robots-down", "503 with Retry-After for its robots.txt", _broken_robots, "robots.txt unavailable"),
    Fault("robots-to-canary", "a robots.txt that leads into a closed network", _robots_to_canary, "address refused"),
    Fault("pages-to-canary", "pages that lead into a closed network", _page_to_canary, stored=ITEMS),
)

NAMED: tuple[Fault, ...] = (
    Fault("second-answer", "a name whose second answer is 127.0.0.1", _rebinding, "address refused"),
    Fault("several-answers", "a name that is 127.0.0.1 and a public address", _several, stored=ITEMS),
    Fault("no-answer", "a name that nobody knows", lambda _: "http://nowhere.example/feed.xml", "dns"),
)
"""What takes a name server of the test's own (tests/faults/launch.py); `names` are its answers."""


def names(room: Newsroom) -> dict[str, list[list[str]]]:
    """Return what the name server says, one question after the other."""
    inside = "127.0.0.1"
    return {
        "second.example": [[room.faulty["second-answer"].address], [inside]],
        "several.example": [[inside, room.faulty["several-answers"].address]],
        "nowhere.example": [[]],
    }


@dataclass(frozen=True, slots=True)
class Newsroom:
    """All hosts at work: the addresses of the sources by key, the healthy sites, the faulty ones, the canary."""

    sources: dict[str, str]
    healthy: dict[str, Site]
    faulty: dict[str, Site]
    canary: Site


@contextlib.contextmanager
def newsroom(secret: str) -> Iterator[Newsroom]:
    """Open a newsroom; `secret` is the file: address of something that no feed may read."""
    with contextlib.ExitStack() as stack:
        canary = stack.enter_context(web("127.0.0.1"))
        forbidden = canary.serve("/secret", Reply(SECRET.encode())).replace("127.0.0.1", "localhost")
        healthy = {f"healthy-{n}": stack.enter_context(web()) for n in range(HEALTHY)}
        faulty = {fault.key: stack.enter_context(web()) for fault in (*FAULTS, *NAMED)}
        sources = {}
        for number, fault in enumerate((*FAULTS, *NAMED)):
            sources[fault.key] = fault.serve(Place(faulty[fault.key], stories(number), forbidden, secret))
        now = datetime.now(UTC)
        for number, (key, site) in enumerate(healthy.items()):
            sources[key] = publish(site, "/feed.xml", [licence(number * ITEMS + n, now) for n in range(ITEMS)])
        yield Newsroom(sources, healthy, faulty, canary)
