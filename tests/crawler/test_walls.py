"""What stands in the place of an article is known for what it is. Companies, people and sites are invented."""

from __future__ import annotations

import pytest

from crawler.pages import extract, look, opened
from jobs.teasers import teaser_of
from news.article import Entry, NoArticle
from news.errors import NotAnArticleError
from tests.crawler.test_pages import STORY, TITLE, URL, html, ld

CARDS = "".join(
    f"<article><h3><a href='/news/{n}'>Ostrava Gene opens plant number {n} in Moravia</a></h3>"
    f"<p>The plant with the number {n} makes vectors for others.</p></article>"
    for n in range(12)
)
CONSENT = (
    "<p>We value your privacy. We and our 214 partners use cookies and personal data to show advertising.</p>"
    "<p>You can accept all or manage options. Some partners claim a legitimate interest; read our privacy policy.</p>"
    "<button>Accept all</button><button>Reject all</button>"
)
GOLDEN: dict[str, tuple[NoArticle, str, str]] = {
    "subscribe": ("paywall", html(STORY[0], "Subscribe to continue reading this article."), URL),
    "for subscribers": (
        "paywall",
        html(STORY[0], "This article is for subscribers. Start your free trial to read the rest of the story."),
        URL,
    ),
    "limit": ("paywall", html(STORY[0], STORY[1], "You have reached your limit of free articles this month."), URL),
    "locked by its metadata": ("paywall", html(STORY[0], STORY[1], head=ld(isAccessibleForFree=False)), URL),
    "log in": ("login wall", html(STORY[0], "To continue reading, please log in or create an account."), URL),
    "login form": (
        "login wall",
        html("Members of the Example Club find the news here.", below="<form><input type='password'></form>", title=""),
        URL,
    ),
    "consent page": ("consent wall", html(CONSENT, heading="Before you continue", title="Before you continue"), URL),
    "consent address": (
        "consent wall",
        html(CONSENT, heading="Example", title="Example"),
        "https://consent.news.example/collect?to=1",
    ),
    "captcha": (
        "robot check",
        html("Please verify you are a human. Ray 81f.", heading="", title="Just a moment..."),
        URL,
    ),
    "script": (
        "robot check",
        html("Please enable JavaScript and cookies to continue; then you can verify you are a human."),
        URL,
    ),
    "404": ("not found", html("The link is old or wrong.", heading="Page not found", title="404 | Example"), URL),
    "gone": (
        "not found",
        html("The article that you look for is no longer available here.", heading="Sorry", title="Example News"),
        URL,
    ),
    "list": ("listing", html(CARDS, heading="Latest news", title="Latest news | Example"), URL),
    "film": (
        "video",
        html("Watch the chief executive of Norvela.", head='<meta property="og:type" content="video.other">'),
        URL,
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_page_without_an_article_is_refused_as_what_it_is(name: str) -> None:
    kind, page, url = GOLDEN[name]

    with pytest.raises(NotAnArticleError) as caught:
        extract(page.encode(), url, "text/html; charset=utf-8")

    assert caught.value.kind == kind
    assert look(opened(page.encode(), url, "text/html; charset=utf-8")) is None


@pytest.mark.parametrize(
    "more",
    [
        "The service is for subscribers only, and to access the data Quantor pays a fee every year.",
        "The company said that the page about the trial was not found by patients, and will move it.",
        "Quantor values privacy and asks its patients for consent before it keeps personal data.",
        "Regulators denied access to the data that the companies had asked for.",
    ],
)
def test_an_article_that_speaks_of_such_things_is_one(more: str) -> None:
    assert more in extract(html(*STORY, more).encode(), URL, "text/html; charset=utf-8").text


@pytest.mark.parametrize(
    "beside",
    [
        "<p>You must be logged in to post a comment.</p>",
        f"<section class='more'>{CARDS}</section>",
        f"<div class='cookie-box'>{CONSENT}</div>",
        "<form action='/login'><input type='password'><p>Forgot your password?</p></form>",
        "<iframe src='https://player.example/1'></iframe>",
    ],
)
def test_what_stands_beside_an_article_makes_no_wall_of_it(beside: str) -> None:
    page = extract(html(*STORY, below=beside).encode(), URL, "text/html; charset=utf-8")

    assert (page.title, page.text) == (TITLE, "\n\n".join(STORY))


def test_of_a_wall_the_feed_s_summary_is_read_and_else_what_the_page_leaves() -> None:
    _, page, _ = GOLDEN["subscribe"]
    with pytest.raises(NotAnArticleError) as caught:
        extract(page.encode(), URL, "text/html; charset=utf-8")
    told = Entry("1", URL, TITLE, "Quantor pays €25m upfront for a natural killer cell engager of Norvela.")

    summary, left = teaser_of(caught.value, told), teaser_of(caught.value, Entry("1", URL, TITLE))

    assert summary is not None
    assert summary.text == told.summary
    assert left is not None
    assert STORY[0] in left.text


@pytest.mark.parametrize("name", ["404", "list", "film"])
def test_what_is_no_wall_leaves_no_teaser(name: str) -> None:
    _, page, _ = GOLDEN[name]
    with pytest.raises(NotAnArticleError) as caught:
        extract(page.encode(), URL, "text/html; charset=utf-8")

    assert (
        teaser_of(caught.value, Entry("1", URL, TITLE, "Norvela licenses an engager to Quantor, it says here.")) is None
    )
