"""Pages become articles: the text without the furniture round it. Companies, people and sites are invented."""

from __future__ import annotations

import contextlib
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawler.pages import LEAST_WORDS, extract
from news.article import Page
from news.errors import NotAnArticleError

URL = "https://news.example/2026/11/norvela-quantor"
TITLE = "Norvela licenses its B7-H3 engager to Quantor Bio"
TEXT = """\
Norvela Therapeutics has granted Quantor Bio an exclusive licence to NRV-204, a natural killer cell engager that binds \
B7-H3, the two companies said on Monday.
Quantor will pay €25m upfront. Norvela may also receive up to €640m when development, regulatory and commercial \
milestones are reached, and tiered royalties on net sales.
The medicine is in a phase 1 trial in patients with solid tumours in Belgium and Spain, and first results are due in \
the second half of next year.
“We looked for a partner who knows this biology,” said Mirela Osk, chief executive of Norvela, in a call with analysts \
after the announcement.
Quantor keeps the right to add two further targets within three years, under terms that were not disclosed."""
STORY = TEXT.split("\n")
FURNITURE = {
    "a login box": (
        '<div class="box"><p>You are not currently logged in.</p><p>Please login</p><form><input name="user">'
        '<label>Remember me</label></form><a href="/forgot">Forgot your password?</a></div>'
    ),
    "a share bar": '<ul class="share"><li>Share</li><li>Tweet</li><li>LinkedIn</li><li>E-mail</li><li>Print</li></ul>',
    "a promo": '<div class="promo"><h3>Add my company</h3><p>Advertisement</p><a href="/list">Read more »</a></div>',
    "related links": (
        '<div class="related"><h3>Related articles</h3><ul><li><a href="/1">Ostrava Gene buys a plant</a></li>'
        '<li><a href="/2">Why Helvar left oncology</a></li></ul></div>'
    ),
    "a cookie box": (
        "<div id='cookies'><p>We use cookies to improve your experience on this website.</p>"
        "<button>Accept all cookies</button></div>"
    ),
    "a newsletter box": (
        "<div class='news'><h4>Newsletter</h4><p>Sign up for our daily newsletter</p>"
        "<p>Never miss a story from us</p></div>"
    ),
    "comments": "<section id='comments'><h3>Leave a comment</h3><p>0 comments</p></section>",
    "a footer": "<footer><p>© 2026 Example Media Ltd. All rights reserved.</p><a>Privacy</a> <a>Imprint</a></footer>",
    "a menu": "<nav><ul><li><a href='/'>Home</a></li><li><a href='/deals'>Deals</a></li><li>Jobs</li></ul></nav>",
}
WORDS_OF_FURNITURE = (
    "login", "logged in", "password", "Tweet", "Add my company", "Advertisement", "Read more", "Related", "Ostrava",
    "Helvar", "cookies", "Newsletter", "newsletter", "Never miss", "comment", "All rights", "Privacy", "Jobs",
)  # fmt: skip


def html(
    *paragraphs: str, head: str = "", title: str = TITLE, heading: str = TITLE, above: str = "", below: str = ""
) -> str:
    """Return a page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title>{head}</head><body>
<header>Example News</header>{above}<main><article><h1>{heading}</h1><div class="body">{body}</div></article></main>
{below}</body></html>"""


def read(page: str | bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    """Return the article of a page."""
    return extract(page.encode() if isinstance(page, str) else page, URL, content_type)


def ld(**fields: object) -> str:
    """Return a JSON-LD script for the head."""
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE} | fields)
    return f'<script type="application/ld+json">{node}</script>'


def test_the_text_of_a_page_is_its_paragraphs_and_its_title_stands_apart() -> None:
    page = read(html(*STORY))

    assert page.text == "\n\n".join(STORY)
    assert (page.title, page.language) == (TITLE, "en")


@pytest.mark.parametrize("furniture", FURNITURE)
@pytest.mark.parametrize("place", ["above", "below", "within"])
def test_furniture_leaves_no_word_in_the_text_wherever_it_stands(furniture: str, place: str) -> None:
    block = FURNITURE[furniture]
    if place == "within":
        page = html(*STORY).replace("</div></article>", f"{block}</div></article>")
    else:
        page = html(*STORY, **{place: block})

    text = read(page).text

    assert all(paragraph in text for paragraph in STORY)
    assert [words for words in WORDS_OF_FURNITURE if words in text] == []


def test_all_furniture_at_once_is_left_out() -> None:
    blocks = "".join(FURNITURE.values())

    assert read(html(*STORY, above=blocks, below=blocks)).text == "\n\n".join(STORY)


def test_a_heading_of_the_publisher_within_the_text_does_not_end_it() -> None:
    """“Related” closes a text only in its second half, and only alone in its paragraph."""
    text = read(
        html(STORY[0], "Related news", *STORY[1:], "Related to that, Quantor named a new head of research.")
    ).text

    assert STORY[4] in text
    assert "Related to that" in text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(datePublished="2026-11-23T23:30:00-05:00"), date(2026, 11, 23)),
        ('<meta property="article:published_time" content="2026-11-23T08:00:00Z">', date(2026, 11, 23)),
        ('<meta name="DC.date" content="2026-11-23">', date(2026, 11, 23)),
        (ld(datePublished="soon") + '<meta itemprop="datePublished" content="2026-11-23">', date(2026, 11, 23)),
        ("", None),
    ],
)
def test_the_day_of_publication_is_the_one_that_the_page_gives(head: str, expected: date | None) -> None:
    assert read(html(*STORY, head=head)).published == expected


def test_a_day_in_words_is_found_where_no_metadata_gives_one() -> None:
    page = html(*STORY).replace("</h1>", '</h1><p class="date">Published 22nd December 2022</p>')

    assert read(page).published == date(2022, 12, 22)


def test_of_several_articles_in_the_metadata_the_page_s_own_counts() -> None:
    others = ld(headline="Ostrava Gene buys a plant", url="https://news.example/1", datePublished="2019-01-01")
    graph = json.dumps({"@graph": [{"@type": "WebSite", "name": "Example News"}, {
        "@type": ["Thing", "NewsArticle"], "headline": TITLE, "datePublished": "2026-11-23"}]})  # fmt: skip
    by_heading = others + f'<script type="application/ld+json">{graph}</script>'
    by_address = others + ld(headline="A shorter name", url=URL, datePublished="2026-11-23")

    assert read(html(*STORY, head=by_heading)).published == date(2026, 11, 23)
    assert read(html(*STORY, head=by_address)).published == date(2026, 11, 23)


def test_the_publisher_s_own_body_counts_only_when_it_is_no_teaser() -> None:
    teaser, whole = STORY[0], "\n".join(f"<i>{paragraph}</i>" for paragraph in STORY)

    assert read(html(*STORY, head=ld(articleBody=teaser))).text == "\n\n".join(STORY)
    assert read(html(*STORY, head=ld(articleBody=f"{teaser}\nMore below"))).text == "\n\n".join(STORY)
    assert read(html(*STORY, head=ld(articleBody=whole))).text == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("title", "heading", "head"),
    [
        (f"{TITLE} | Example News", TITLE, ""),
        (f"{TITLE} | Example News", "Example News", ""),
        (f"{TITLE} - Example News", "", ""),
        ("Example News", TITLE, ""),
        ("Example News", "Example News", ld()),
        ("Example News", "Example", f'<meta property="og:title" content="{TITLE}">'),
        ("Norvela licenses B7-H3 engager", TITLE, ""),
        ("", TITLE, ""),
    ],
)
def test_the_title_is_the_headline_and_not_the_name_of_the_site(title: str, heading: str, head: str) -> None:
    assert read(html(*STORY, title=title, heading=heading, head=head)).title == TITLE


def test_markup_and_entities_in_a_heading_are_no_part_of_the_title() -> None:
    heading = "Norvela&nbsp;licenses <em>IFN&#8209;γ</em>\n blocker to Quantor &amp; Co"

    assert read(html(*STORY, heading=heading, title="")).title == "Norvela licenses IFN‑γ blocker to Quantor & Co"


@pytest.mark.parametrize(
    "byline", ['<meta name="author" content="Ada Reed">', ld(author={"@type": "Person", "name": "Ada Reed"})]
)
def test_the_author_is_the_one_that_the_page_names(byline: str) -> None:
    assert read(html(*STORY, head=byline)).author == "Ada Reed"


def test_a_byline_is_the_name_without_the_by() -> None:
    page = html(*STORY).replace("</h1>", '</h1><div class="author">Article by Ada Reed</div>')

    assert read(page).author == "Ada Reed"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<link rel="canonical" href="https://news.example/a">', "https://news.example/a"),
        ('<link rel="canonical" href="/a">', "https://news.example/a"),
        ('<link rel="shortlink canonical" href="/a">', "https://news.example/a"),
        ('<link rel="canonical" href=""><link rel="canonical" href="/b">', "https://news.example/b"),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ('<link rel="alternate" href="/rss">', None),
    ],
)
def test_the_canonical_address_is_what_the_page_claims(link: str, expected: str | None) -> None:
    assert read(html(*STORY, head=link)).canonical == expected


@pytest.mark.parametrize(
    ("encoding", "header", "head"),
    [
        ("utf-8", "text/html; charset=utf-8", ""),
        ("utf-8", "text/html", '<meta charset="utf-8">'),
        ("utf-8", "", ""),
        ("cp1252", "text/html; charset=windows-1252", ""),
        ("cp1252", 'text/html; Charset="ISO-8859-1"', ""),
        ("iso-8859-2", "text/html; charset=ISO-8859-2", ""),
        ("utf-8", "text/html; charset=x-none", '<meta charset="utf-8">'),
        ("utf-8", "text/html; charset=undefined", '<meta charset="utf-8">'),
    ],
)
def test_pages_are_read_in_the_encoding_that_is_declared(encoding: str, header: str, head: str) -> None:
    story = [paragraph.replace("€", "EUR ") for paragraph in STORY]
    if encoding == "iso-8859-2":
        story = [paragraph.replace("“", '"').replace("”", '"').replace("Mirela", "Łucja") for paragraph in story]

    assert read(html(*story, head=head).encode(encoding), header).text == "\n\n".join(story)


def test_a_page_of_xhtml_with_its_declaration_is_read_too() -> None:
    page = html(*STORY).replace("<!DOCTYPE html>", '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>')

    assert read(page, "application/xhtml+xml; charset=utf-8").text == "\n\n".join(STORY)


def test_a_long_article_that_speaks_of_subscribers_is_no_wall() -> None:
    text = "The service is for subscribers only, and to access the data Quantor pays a fee every year."

    assert text in read(html(*STORY, text)).text


@pytest.mark.parametrize(
    ("page", "content_type", "reason"),
    [
        (b"%PDF-1.7", "application/pdf", "application/pdf"),
        (b"", "text/html", "parsed|no text"),
        (b"   ", "text/html", "parsed|no text"),
        (b"\x00\x00\x00", "text/html", "parsed|no text"),
        (b"<html><body></body></html>", "text/html", "no text|words"),
        ("\n\n".join(STORY).encode(), "text/plain", "parsed"),
        (html("Three words only.").encode(), "text/html", "words of text"),
        (html(*["Gallery"] * 3).encode(), "text/html", "words of text|no text"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(page: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(NotAnArticleError, match=reason):
        read(page, content_type)


def test_metadata_that_is_broken_or_endless_does_no_harm() -> None:
    deep = '{"@graph": ' * 5000 + "1" + "}" * 5000
    scripts = [
        deep,
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": 5}',
        "not json",
        '{"@type": [[]]}',
        "null",
        "",
    ]
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)

    assert read(html(*STORY, head=head)).text == "\n\n".join(STORY)


PIECES = """
<html> <head> <title> </title> <meta charset="utf-8"> <body> <article> <h1> <p> </p> <div> </div> <br> <table> <tr><td>
<script type="application/ld+json"> {"@type":"NewsArticle","headline":"A","datePublished":"9999-99-99"} </script> <link
rel="canonical" href="http://[::1"> <!-- &#0; &amp; \x00 é word <time datetime="0000-00-00"> <frameset> <svg> <?xml
property="article:published_time" content="٢٠٢٦-١١-٢٣"> {"@graph":[{"headline":"B","articleBody":"x\\nx"}]} &#xd800;
"""
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES.split()), max_size=40).map(lambda parts: " ".join(parts).encode()),
    st.text(max_size=300).map(lambda text: html(text, *STORY[:2]).encode("utf-8", "replace")),
)
TYPES = st.sampled_from(
    ["", "text/html", "text/html; charset=utf-16", "text/html; charset=idna", "text/html; charset=utf-7"]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(b"<body><frameset>html", "")
@given(ANYTHING, TYPES)
def test_any_bytes_are_an_article_or_refused(content: bytes, content_type: str) -> None:
    with contextlib.suppress(NotAnArticleError):
        page = read(content, content_type)
        assert len(page.text.split()) >= LEAST_WORDS
        everything = f"{page.title}{page.text}{page.author}{page.canonical}"
        assert "\0" not in everything
        assert everything.encode()
