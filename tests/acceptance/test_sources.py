"""Sources without a feed, sources behind a login, and how they are found: the command against real web servers."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from pactwatch.config import load
from storage import Store
from tests.acceptance.installation import CONFIG, Installation
from tests.acceptance.press import Item, licence, page, publish, results
from tests.servers.http import Reply, Site, moved, web

NOW = datetime.now(UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
LOGIN, KEY, TOKEN = "reader:s3cr%t-login", "k3y-of-the-wire", "t0ken/of+the&bulletin"
SECRETS = {"WIRE_LOGIN": LOGIN, "DESK_KEY": KEY, "BULLETIN_TOKEN": TOKEN}
BASIC = f"Basic {base64.b64encode(LOGIN.encode()).decode()}"


@pytest.fixture
def other() -> Iterator[Site]:
    with web() as running:
        yield running


def watch(installed: Installation, *sources: str) -> None:
    """Write a configuration with these sources, each as the file has it."""
    lines = "\n".join(f"  - {source}" for source in sources)
    (installed.folder / "config.yaml").write_text(CONFIG.format(sources=lines, port=installed.port), "utf-8")


def pages(site: Site, *items: Item) -> tuple[Item, ...]:
    """Serve the pages of stories."""
    for item in items:
        site.serve(item.path, Reply(page(item), headers=HTML))
    return items


def listing(site: Site, path: str, *items: Item) -> str:
    """Serve a page that lists stories, and their pages."""
    rows = (
        f"<li class='row'><span>{item.at:%d %B %Y}</span><h3><a href='{item.path}'>{escape(item.title)}</a></h3></li>"
        for item in pages(site, *items)
    )
    menu = "".join(f"<a href='/about-us/{n}'>The history of our company, part {n}</a>" for n in range(20))
    body = f"<html lang=en><title>Press</title><nav>{menu}</nav><ul>{''.join(rows)}</ul></html>"
    return site.serve(path, Reply(body.encode(), headers=HTML))


def sitemap(site: Site, path: str, *items: Item) -> str:
    """Serve a packed sitemap of stories, and an index with an ETag that says when it was changed; return the index."""
    urls = (
        f"<url><loc>{site.url(item.path)}</loc><lastmod>{item.at.isoformat()}</lastmod></url>"
        for item in pages(site, *items)
    )
    packed = gzip.compress(f"<urlset>{''.join(urls)}</urlset>".encode())
    part = site.serve("/posts.xml.gz", Reply(packed, headers={"Content-Type": "application/x-gzip"}))
    index = f"<sitemapindex><sitemap><loc>{part}</loc><lastmod>{NOW.isoformat()}</lastmod></sitemap></sitemapindex>"
    return site.serve(path, Reply(index.encode(), etag='"1"'))


def titles(installed: Installation) -> set[str]:
    """Return the titles of the articles of all deals."""
    with Store.open(str(installed.folder / "pactwatch.db")) as store:
        return {report.title for deal in store.deals() for event in deal.events for report in event.reports}


def watched(installed: Installation) -> list[tuple[str, str]]:
    """Return key and address of what is watched, as the file has it."""
    return [(source.key, source.url) for source in load(installed.folder / "config.yaml", {}).sources]


def test_a_sitemap_and_a_listing_page_bring_news_as_a_feed_does(
    installed: Installation, site: Site, other: Site
) -> None:
    index = sitemap(site, "/sitemap.xml", licence(1, NOW), results(2, NOW))
    press = listing(other, "/press", licence(3, NOW), results(4, NOW), results(5, NOW))
    watch(installed, f"{{key: ledger, url: '{index}'}}", f"{{key: harrow, url: '{press}', kind: listing}}")

    installed.run("run")
    asked = [seen.path for seen in site.seen()]
    pages(site, licence(6, NOW))
    listing(other, "/press", licence(7, NOW), licence(3, NOW), results(4, NOW))
    installed.run("run", "--now")

    assert titles(installed) == {licence(n, NOW).title for n in (1, 3, 7)}
    assert asked[:3] == ["/robots.txt", "/sitemap.xml", "/posts.xml.gz"]
    again = site.seen()[len(asked) :]
    assert [(seen.path, seen.reply.status) for seen in again] == [("/sitemap.xml", 304)], "its parts were not changed"


def test_what_opens_a_source_goes_to_its_host_only_and_is_nowhere_to_be_seen(
    installed: Installation,
    site: Site,
    other: Site,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("secrets") / "token"
    file.write_text(f"{TOKEN}\n")
    elsewhere = publish(other, "/elsewhere.xml", [licence(3, NOW)])
    publish(site, "/wire.xml", [licence(1, NOW)])
    publish(site, "/bulletin.xml?edition=eu&token=t0ken%2Fof%2Bthe%26bulletin", [licence(2, NOW)])
    site.serve("/desk.xml", moved(elsewhere, 302))
    watch(
        installed,
        f"{{key: wire, url: '{site.url('/wire.xml')}', auth: {{basic: WIRE_LOGIN}}}}",
        f"{{key: desk, url: '{site.url('/desk.xml')}', auth: {{header: {{X-Api-Key: DESK_KEY}}}}}}",
        f"{{key: bulletin, url: '{site.url('/bulletin.xml?edition=eu')}', auth: {{query: {{token: BULLETIN_TOKEN}}}}}}",
    )
    assert "DESK_KEY, which is not set" in installed.run("run", status=2)
    monkeypatch.setenv("WIRE_LOGIN", LOGIN)
    monkeypatch.setenv("DESK_KEY", KEY)
    monkeypatch.setenv("BULLETIN_TOKEN_FILE", str(file))

    said = installed.run("run") + installed.run("sources", "check") + installed.run("status", "--json")
    shown = said + installed.run("explain", site.url(licence(1, NOW).path))

    assert titles(installed) == {licence(n, NOW).title for n in (1, 2, 3)}
    assert {seen.headers.get("Authorization") for seen in site.seen("/wire.xml")} == {BASIC}
    assert {seen.headers.get("X-Api-Key") for seen in site.seen("/desk.xml")} == {KEY}
    for seen in (*site.seen("/robots.txt"), *site.seen(licence(1, NOW).path), *other.seen()):
        assert not {"Authorization", "X-Api-Key"} & set(seen.headers)
        assert "token" not in seen.path
    kept = b"".join(path.read_bytes() for path in installed.folder.rglob("*") if path.is_file())
    for secret in (*SECRETS.values(), BASIC.split()[1], "t0ken%2Fof%2Bthe%26bulletin", "t0ken%2Fof"):
        assert secret not in shown
        assert secret.encode() not in kept


def test_a_site_shows_its_feeds_and_the_best_of_them_is_added(installed: Installation, site: Site) -> None:
    publish(site, "/news.xml", [licence(1, NOW), results(2, NOW - timedelta(days=1))])
    publish(site, "/comments/feed", [results(3, NOW)])
    link = "<link rel=alternate type=application/rss+xml href='{}'>"
    head = link.format("/comments/feed") + link.format("/gone.xml") + link.format("/news.xml")
    home = site.serve("/", Reply(f"<html><head>{head}</head><p>Welcome</p></html>".encode(), headers=HTML))
    installed.configure({})

    said = installed.run("sources", "add", home, "--key", "ledger")

    assert "2 addresses found; --pick 2 adds the second" in said
    assert f"1. {site.url('/news.xml')}: a feed of 2 entries" in said
    assert licence(1, NOW).title in said
    assert watched(installed) == [("ledger", site.url("/news.xml"))]
    assert "/feed" not in [seen.path for seen in site.seen()], "what the page names is enough"
    again = installed.run("sources", "add", site.url("/old/feed"), status=2)
    assert f"{site.url('/news.xml')} is watched already, as ledger" in again, "from an address that is gone, too"


def test_without_a_feed_a_site_gives_its_sitemap_and_else_its_list(
    installed: Installation, site: Site, other: Site
) -> None:
    home = site.serve("/", Reply(b"<html><p>Welcome</p></html>", headers=HTML))
    sitemap(site, "/maps/index.xml", licence(1, NOW))
    site.serve("/robots.txt", Reply(f"Sitemap: {site.url('/maps/index.xml')}\n".encode()))
    press = listing(other, "/press", *(results(n, NOW) for n in range(5)))
    installed.configure({})

    by_map = installed.run("sources", "add", home, "--key", "mapped")
    by_list = installed.run("sources", "add", press, "--key", "listed")

    assert f"{site.url('/maps/index.xml')}: a sitemap of 1 entry" in by_map
    assert f"{press}: a listing page of 5 entries" in by_list
    assert results(1, NOW).title in by_list
    written = (installed.folder / "config.yaml").read_text()
    assert "kind: listing" in written
    assert len(site.seen()) <= 12, "politeness: a handful of guesses"
    facts = json.loads(streams_of(installed, "sources", "check", "--json"))
    assert [(each["key"], each["kind"], each["items"], each["fault"]) for each in facts] == [
        ("mapped", "sitemap", 1, None),
        ("listed", "listing", 5, None),
    ]
    assert facts[0]["validators"] == ["ETag"]


def streams_of(installed: Installation, *arguments: str) -> str:
    """Run the command and return what it printed on standard output."""
    out, err = installed.start(*arguments).communicate(timeout=60)
    assert out, err
    return out


def test_check_says_of_each_source_what_it_found_and_what_to_do(installed: Installation, site: Site) -> None:
    site.serve("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.02\nDisallow: /private\n"))
    urls = {
        "ledger": publish(site, "/feed.xml", [licence(1, NOW)], ttl=180, etag='"1"'),
        "page": site.serve("/page", Reply(b"<html><p>no feed</p></html>", headers=HTML)),
        "login": site.serve("/login", Reply(status=401)),
        "private": site.url("/private/feed"),
    }
    installed.configure(urls)

    said = installed.run("sources", "check", status=1)

    (row,) = [line for line in said.splitlines() if line.startswith("ledger")]
    assert row.split()[1:5] == ["ok", "3", "h", "ETag"]
    assert f"a feed of 1 entry, the newest of {NOW:%Y-%m-%d}" in row
    assert "0.02 s apart" in row
    assert "page: `pactwatch sources add` with the site's address" in said
    assert "login: it wants a login: name it with `auth:`" in said
    assert "private: the publisher asks programs not to read it" in said
    assert "4 sources asked, 3 failed" in said
    assert site.seen("/private/feed") == []
