"""What an outlet publishes to people: article pages with all the furniture that news sites put around a text. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pactwatch.newsroom.feeds import Item
from pactwatch.newsroom.outlets import Outlet

HEADING_LENGTH = 40
"""A paragraph this short without a full stop is a heading inside the text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an article: whose site it is, where, and which other articles it points to."""

    outlet: Outlet
    home: str
    others: tuple[Item, ...]


def article(frame: Frame, item: Item, address: str) -> bytes:
    """Return the page of an article; `address` is its canonical address."""
    parts = {"wire": _wire, "magazine": _magazine, "company": _company}[frame.outlet.layout](frame, item)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(item.title)} | {escape(frame.outlet.name)}</title>
<link rel="canonical" href="{escape(address)}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(item.title)}">
<meta property="og:site_name" content="{escape(frame.outlet.name)}">
<meta property="article:published_time" content="{item.published.isoformat(timespec="seconds")}">
<meta name="author" content="{escape(item.author or frame.outlet.name)}">{_json_ld(frame, item, address)}
<style>body {{ font-family: Georgia, serif; max-width: 44em; margin: auto }} nav li {{ display: inline }}</style>
</head>
<body>
<a class="skip-link" href="#main">Skip to main content</a>
<header class="site-header"><a href="/">{escape(frame.outlet.name)}</a>
<nav class="main-nav"><ul>{_links(("Home", "Deals", "Research", "Regulation", "People", "Jobs", "Events"))}</ul></nav>
</header>
{parts}
{_footer(frame)}
</body>
</html>
""".encode()


def front(frame: Frame) -> bytes:
    """Return the front page: a list of what is newest."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(frame.outlet.name)}</title></head>
<body><header><h1>{escape(frame.outlet.name)}</h1></header><main><ul>{_related(frame.others)}</ul></main>
{_footer(frame)}</body></html>
""".encode()


def _wire(frame: Frame, item: Item) -> str:
    return f"""<main id="main"><article class="release">
<h1>{escape(item.title)}</h1>
<div class="release-meta"><time datetime="{item.published.isoformat()}">{item.published:%b %d, %Y, %H:%M} UTC</time>
<span class="source">News provided by {escape(frame.outlet.name)}</span></div>
{_share()}
<div class="release-body">{_paragraphs(item)}</div>
</article>
<aside class="related"><h2>More from {escape(frame.outlet.name)}</h2><ul>{_related(frame.others)}</ul></aside>
<section class="login-box"><h3>Journalist? Sign in</h3><form action="/login"><label>E-mail <input name="user"></label>
<label>Password <input type="password" name="word"></label><button>Log in</button>
<a href="/forgotten">Forgotten your password?</a></form></section>
</main>"""


def _magazine(frame: Frame, item: Item) -> str:
    return f"""<div class="login-box" id="login"><p>You are not currently logged in.</p>
<form action="/login"><input name="user" placeholder="E-mail"><input type="password" name="word">
<button>Log in</button></form><p><a href="/register">Register for free</a></p></div>
<main id="main"><article>
<header><h1>{escape(item.title)}</h1>
<p class="byline">By <a rel="author" href="/authors">{escape(item.author or "the newsdesk")}</a>,
<time datetime="{item.published.isoformat()}">{item.published.day} {item.published:%B %Y}</time></p></header>
{_share()}
<div class="article-body">{_paragraphs(item)}</div>
{_share()}
</article>
<aside class="sidebar"><h2>Most read</h2><ol>{_related(frame.others)}</ol>
<div class="promo"><h3>Upcoming webinars</h3><p><a href="/webinars">Filling syringes without tears</a></p></div></aside>
<section class="newsletter"><h2>Newsletter</h2><p>Sign up for our free daily newsletter.</p>
<form action="/newsletter"><input type="email" name="address"><button>Subscribe</button></form></section>
<section class="comments"><h2>Comments</h2><p>Log in to leave a comment.</p></section>
</main>"""


def _company(frame: Frame, item: Item) -> str:
    return f"""<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/media">Media</a></li></ol>
<main id="main"><section class="press-release">
<p class="kicker">Press release</p>
<h1>{escape(item.title)}</h1>
<time class="date" datetime="{item.published.isoformat()}">{item.published:%Y-%m-%d}</time>
<div class="text">{_paragraphs(item)}</div>
<div class="downloads"><h3>Downloads</h3><ul><li><a href="/files/release.pdf">Release (PDF, 84 kB)</a></li></ul></div>
</section>
<aside class="more"><h2>Latest news</h2><ul>{_related(frame.others)}</ul></aside>
</main>"""


def _paragraphs(item: Item) -> str:
    return "\n".join(
        f"<h3>{escape(p)}</h3>" if len(p) < HEADING_LENGTH and p[-1].isalnum() else f"<p>{escape(p)}</p>"
        for p in item.paragraphs
    )


def _share() -> str:
    return f'<ul class="share-bar">{_links(("Facebook", "LinkedIn", "E-mail", "Print"))}</ul>'


def _links(names: Sequence[str]) -> str:
    return "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in names)


def _related(others: Sequence[Item]) -> str:
    return "".join(f'<li><a href="{escape(other.link)}">{escape(other.title)}</a></li>' for other in others)


def _footer(frame: Frame) -> str:
    return f"""<div class="cookie-notice" role="dialog"><p>We use cookies to count how often a page is read.</p>
<button>Accept all cookies</button></div>
<footer class="site-footer"><ul>{_links(("About", "Contact", "Advertise", "Privacy", "Terms"))}</ul>
<p>© {escape(frame.outlet.name)}. All rights reserved.</p></footer>"""


def _json_ld(frame: Frame, item: Item, address: str) -> str:
    if not frame.outlet.json_ld:
        return ""
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.title,
        "datePublished": item.published.isoformat(timespec="seconds"),
        "author": [{"@type": "Person", "name": item.author or frame.outlet.name}],
        "publisher": {"@type": "Organization", "name": frame.outlet.name},
        "mainEntityOfPage": address,
    }
    data = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
    return f'\n<script type="application/ld+json">{data}</script>'
