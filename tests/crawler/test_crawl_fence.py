"""Where a crawl may connect to: a canary that nobody may reach listens on 127.0.0.1, and only 127.1.0.0/16 is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scrapy.http import Request
from twisted.web.client import URI

from crawler.fence import is_permitted, objection
from news.address import host
from news.fetch import FeedTarget, PageTarget
from tests.crawler.conftest import SETTINGS, Crawling
from tests.servers.http import Reply, Site, moved, web


@pytest.fixture
def canary() -> Iterator[Site]:
    with web("127.0.0.1") as running:
        running.serve("/", Reply(b"secret"))
        yield running


@pytest.mark.parametrize(
    "name",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::127.0.0.1]",
        "[::127.0.0.1]",
        "\uff11\uff12\uff17.0.0.1",
    ],
)
def test_a_private_address_is_refused_in_every_spelling(crawling: Crawling, canary: Site, name: str) -> None:
    url = canary.url(host=name)

    assert crawling(FeedTarget("s", url)).fault(url) == "address refused"
    assert canary.connections == 0


@pytest.mark.parametrize("name", ["LocalHost.", "127.0.0.1."])
def test_a_dot_at_the_end_opens_nothing(crawling: Crawling, canary: Site, name: str) -> None:
    """Some resolvers know such names and some do not."""
    url = canary.url(host=name)

    assert crawling(FeedTarget("s", url)).fault(url) in {"address refused", "dns"}
    assert canary.connections == 0


def test_a_redirect_into_a_private_network_is_refused(crawling: Crawling, site: Site, canary: Site) -> None:
    url = site.serve("/a", moved(canary.url()))

    assert crawling(PageTarget(1, url)).fault(url) == "address refused"
    assert canary.connections == 0


def test_a_robots_txt_does_not_lead_into_a_private_network(crawling: Crawling, site: Site, canary: Site) -> None:
    site.serve("/robots.txt", moved(canary.url()))
    url = site.url("/a")

    assert crawling(PageTarget(1, url)).fault(url) == "address refused"
    assert canary.connections == 0


def test_a_public_name_that_resolves_to_a_private_address_is_refused(crawling: Crawling, canary: Site) -> None:
    url = canary.url(host="news.example")

    assert crawling(FeedTarget("s", url), resolve=lambda _: ["127.0.0.1"]).fault(url) == "address refused"
    assert canary.connections == 0


def test_a_name_beyond_ascii_is_told_to_be_refused_like_any_other(crawling: Crawling, canary: Site) -> None:
    url = canary.url(host="münchen.example")

    assert crawling(FeedTarget("s", url), resolve=lambda _: ["127.0.0.1"]).fault(url) == "address refused"
    assert canary.connections == 0


def test_of_several_addresses_only_the_permitted_ones_are_connected_to(
    crawling: Crawling, site: Site, canary: Site
) -> None:
    site.serve("/", Reply(b"open"))
    url = site.url("/", host="news.example")

    recorder = crawling(FeedTarget("s", url), resolve=lambda _: ["127.0.0.1", site.address])

    assert recorder.body(url).content == b"open"
    assert canary.connections == 0


def test_a_second_answer_of_the_name_server_is_checked_like_the_first(
    crawling: Crawling, site: Site, canary: Site
) -> None:
    """The first connection is allowed and ends with its answer; the second one is made to another address."""
    site.serve("/robots.txt", Reply(b"", headers={"Connection": "close"}))
    answers = [[site.address], ["127.0.0.1"]]
    url = site.url("/", host="news.example")

    recorder = crawling(FeedTarget("s", url), resolve=lambda _: answers.pop(0))

    assert recorder.fault(url) == "address refused"
    assert [seen.path for seen in site.seen()] == ["/robots.txt"]
    assert canary.connections == 0


def test_a_resolver_that_fails_costs_its_own_host_only(crawling: Crawling, site: Site) -> None:
    def resolve(name: str) -> Sequence[str]:
        if name == "broken.example":
            raise LookupError(name)
        return ["no address"] if name == "odd.example" else [name]

    bad = [f"http://{name}.example/" for name in ("broken", "odd")]
    good = site.serve("/feed", Reply(b"<rss/>"))

    recorder = crawling(*(FeedTarget(url, url) for url in (*bad, good)), resolve=resolve)

    assert [recorder.fault(url) for url in bad] == ["dns", "dns"]
    assert recorder.body(good).content == b"<rss/>"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://ada:secret@news.example/", "a user's name"),
        ("http://open.example\\@news.example/", "a user's name"),
        ("http://open.example;news.example/", "more than one way"),
        ("http://news.example:25/", "no web server"),
        ("https://news.example:6667/", "no web server"),
        ("ftp://news.example/", "no http or https"),
        ("gopher://news.example:70/1", "no http or https"),
        ("data:text/xml,<rss/>", "no http or https"),
        ("http://news.example:99999/", "no address"),
        ("http://[::1", "no address"),
        ("http://%6c%6fcalhost/", "no valid host"),
        ("http://news.example/" + "x" * 3000, "longer"),
        ("", "no http or https"),
    ],
)
def test_an_address_that_means_no_good_is_refused_before_anybody_is_asked(address: str, words: str) -> None:
    assert words in objection(address)


@pytest.mark.parametrize(
    "address",
    ["http://news.example", "https://news.example:8443/a?b", "http://[2606:2800::1]:8080/", "http://ü.example/"],
)
def test_an_ordinary_address_is_asked(address: str) -> None:
    assert not objection(address)


@settings(max_examples=300)
@given(
    st.text("abz019.-_:/\\@[]%;#? \t\u00fc\uff11\u3002", max_size=14),
    st.sampled_from(["http://", "https://", "//", ""]),
)
@example("a.example\\@127.0.0.1/", "http://")
def test_who_is_asked_is_who_the_gate_thinks_is_asked(rest: str, scheme: str) -> None:
    """Else a host could be asked past its own queue and rules, or be given what opens another."""
    url = scheme + rest
    if objection(url):
        return
    name, asked = host(url), URI.fromBytes(Request(url).url.encode("ascii"))  # type: ignore[no-untyped-call]  # Twisted's

    port = "" if asked.port == (443 if asked.scheme == b"https" else 80) else f":{asked.port}"
    assert name.replace("[", "").replace("]", "") == f"{asked.host.decode().rstrip('.').lower()}{port}"


PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.0.1 198.18.0.1 224.0.0.1
240.0.0.1 255.255.255.255
168.63.129.16 192.0.0.192 192.88.99.1 100.100.100.200 ::ffff:168.63.129.16 fd00:ec2::254
:: ::1 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:10.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::10.0.0.1
2002:7f00:1:: fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 2001:0:7f00:1:: 3fff::1 5f00::1 1::
64:ff9b::127.0.0.1 2606:2800::5efe:127.0.0.1 2606:2800::200:5efe:10.0.0.1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_addresses_that_are_not_public_are_closed(address: str) -> None:
    assert not is_permitted(address, ())


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:2800:220:1::1", "2606:2800::5efe:8.8.8.8", "::ffff:93.184.216.34", "64:ff9b::8.8.8.8"],
)
def test_public_addresses_are_open(address: str) -> None:
    assert is_permitted(address, ())


def test_an_allowed_network_opens_itself_and_no_other() -> None:
    assert is_permitted("127.1.200.3", SETTINGS.allow)
    assert is_permitted("::ffff:127.1.0.3", SETTINGS.allow)
    assert not is_permitted("127.0.0.1", SETTINGS.allow)
