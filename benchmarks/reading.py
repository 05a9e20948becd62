"""How fast articles are read on one core, whether the time grows with their length, and what extracting them costs.

    make bench-reading            or: python -m benchmarks.reading [--seconds 2]

The articles are made of the newsroom's sixty, joined to 1 kB, 5 kB and 30 kB: agreements only, and one agreement to ten
other articles, as a feed has them. Each is read, and extracted from its page as the pipeline does it: from the page
that its outlet serves, and from that page with as much furniture as news sites put on theirs (90 kB in all). Times are
processor time of this process; the best of several rounds counts, since nothing but other programs makes one slower.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.pages import extract
from deals.reader import ArticleText, read
from lexicon import Lexicon, load
from news.errors import NotAnArticleError
from pactwatch.newsroom import pages
from pactwatch.newsroom.feeds import Item
from pactwatch.newsroom.outlets import OUTLETS, Outlet
from pactwatch.newsroom.pieces import Piece
from pactwatch.newsroom.pieces import load as load_pieces

SIZES = (1_000, 5_000, 30_000)
FURNISHED = 90_000
"""Bytes of a page as news sites serve them."""
OTHERS = 10
"""Articles that are no agreement, to each that is one."""
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ADDRESS = "https://outlet.example/news/article"
_MENU = (
    '<li class="mega-item mega-item--#" role="menuitem"><a class="mega-link" href="/topics/topic-#" data-track="nav-#">'
    '<span class="icon icon-#" aria-hidden="true"></span>Topic number #</a></li>\n'
)
_STORY = (
    '<article class="card card--small" data-id="#"><a href="/news/story-#"><figure><picture>'
    '<source srcset="/img/#-400.webp 400w, /img/#-800.webp 800w" type="image/webp"><img src="/img/#.jpg" alt="" '
    'loading="lazy" width="400" height="225"></picture></figure></a><div class="card-body"><span class="tag">Research'
    '</span><h3 class="card-title"><a href="/news/story-#">A story of another day that has the number #</a></h3>'
    '<p class="card-text">What it is about stands in one sentence, so that readers click.</p><div class="meta">'
    '<time datetime="2026-11-2#">yesterday</time> <a class="author" href="/authors/#">The newsdesk</a></div></div>'
    "</article>\n"
)
_SCRIPT = (
    "<script>window.layer=window.layer||[];layer.push({event:'view',slot:'top-#',size:[[728,90],[970,250]],"
    "targeting:{section:'news',id:'#',consent:false}});(function(d){var s=d.createElement('script');s.async=true;"
    "s.src='/static/vendor-#.js';d.head.appendChild(s)})(document);</script>\n"
    "<style>.slot-# .card{display:grid;grid-template-columns:1fr 2fr;gap:12px}.slot-# a:hover{color:#c00}</style>\n"
)
_BY_KEY = {outlet.key: outlet for outlet in OUTLETS}


@dataclass(frozen=True, slots=True)
class Sample:
    """An article joined to a size, and its page as its outlet serves it, plain and furnished."""

    text: ArticleText
    plain: bytes
    furnished: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """What articles of one size and sort take, in seconds of one core an article."""

    size: int
    sort: str
    letters: float
    reading: float
    plain: float
    furnished: float


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure reading against extracting.")
    parser.add_argument("--seconds", type=float, default=2.0, help="So long at least for each figure.")
    parser.add_argument("--pages", type=Path, help="A folder of real pages, html/*.html.gz, to measure with as well.")
    options = parser.parse_args()
    seconds = options.seconds
    lexicon, pieces = load(), load_pieces()
    rows = [_row(size, sort, pieces, lexicon, seconds) for sort in ("1 in 11", "deals") for size in SIZES]
    _show(rows)
    if options.pages:
        _show_real(options.pages, lexicon)


def _show_real(folder: Path, lexicon: Lexicon) -> None:
    """Print what real pages cost: each is extracted, and its text read, once."""
    extracting = reading = 0.0
    letters = count = 0
    for path in sorted(folder.glob("html/*.html.gz")):
        content = gzip.decompress(path.read_bytes())
        begun = time.process_time()
        try:
            page = extract(content, ADDRESS, "text/html")
        except NotAnArticleError:
            continue
        extracted = time.process_time()
        read(ArticleText(page.title, page.text), lexicon)
        extracting, reading = extracting + extracted - begun, reading + time.process_time() - extracted
        count, letters = count + 1, letters + len(page.text)
    if not count:
        raise SystemExit(f"{folder}: no article in html/*.html.gz")
    print(
        f"{count} real pages, {letters / count / 1e3:.1f} kB of text each: read {reading / count * 1e3:.1f} ms, "
        f"extract {extracting / count * 1e3:.1f} ms, read / extract {reading / extracting:.2f}"
    )


def _row(size: int, sort: str, pieces: Sequence[Piece], lexicon: Lexicon, seconds: float) -> Row:
    deals, others = ([_sample(pool, n, size) for n in range(len(pool))] for pool in _pools(pieces))
    samples = deals if sort == "deals" else [*deals[: max(1, len(others) // OTHERS)], *others]
    return Row(
        size,
        sort,
        sum(len(sample.text.text) for sample in samples) / len(samples),
        _best(lambda sample: read(sample.text, lexicon), samples, seconds),
        _best(lambda sample: extract(sample.plain, ADDRESS, "text/html"), samples, seconds),
        _best(lambda sample: extract(sample.furnished, ADDRESS, "text/html"), samples, seconds),
    )


def pages_of(count: int, size: int, one_in: int) -> list[bytes]:
    """Return pages of 90 kB with articles of a size, one in so many a deal; the texts repeat when they are used up."""
    deals, others = ([_sample(pool, n, size).furnished for n in range(len(pool))] for pool in _pools(load_pieces()))
    pools = (deals if number % one_in == 0 else others for number in range(count))
    return [pool[number % len(pool)] for number, pool in enumerate(pools)]


def _pools(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the articles that tell of an agreement, and those that do not; of equal texts only one."""
    english = list({piece.body: piece for piece in pieces if piece.expected.get("not_read") is None}.values())
    return [p for p in english if p.expected["keep"]], [p for p in english if not p.expected["keep"]]


def _sample(pool: Sequence[Piece], first: int, size: int) -> Sample:
    """Return an article that begins as one of the pool and goes on with paragraphs of the others until it is full."""
    piece = pool[first]
    day = piece.published(NOW).date()
    paragraphs: list[str] = []
    length = 0
    for other in itertools.chain(*itertools.repeat([*pool[first:], *pool[:first]], 1 + size // 1_000)):
        for paragraph in other.text(day).split("\n\n"):
            if length < size:
                paragraphs.append(paragraph[: max(200, size - length)])
                length += len(paragraphs[-1]) + 2
    item = Item(piece.name, ADDRESS, piece.title, piece.author, piece.published(NOW), tuple(paragraphs))
    outlet = _BY_KEY[piece.outlet]
    text = ArticleText(piece.title, "\n\n".join(paragraphs), ADDRESS, day, "page", "en")
    return Sample(text, _plain(outlet, item), furnished(outlet, item))


def _plain(outlet: Outlet, item: Item) -> bytes:
    return pages.article(pages.Frame(outlet, "https://outlet.example", ()), item, ADDRESS)


def furnished(outlet: Outlet, item: Item) -> bytes:
    """Return the page of an article with a site round it: half of what is added is markup, half scripts and styles."""
    page = _plain(outlet, item)
    room = max(0, FURNISHED - len(page))
    menu = _times(_MENU, room // 10)
    stories = _times(_STORY, room * 4 // 10)
    scripts = _times(_SCRIPT, room // 4)
    return (
        page.replace(b"</head>", scripts + b"</head>")
        .replace(b"</nav>", b"</nav><nav class='mega'><ul>" + menu + b"</ul></nav>")
        .replace(b"</body>", b"<div class='grid'>" + stories + b"</div>" + scripts + b"</body>")
    )


def _times(piece: str, length: int) -> bytes:
    """Return a numbered piece of a page, repeated to a length in bytes."""
    return "".join(piece.replace("#", str(n)) for n in range(length // len(piece))).encode()


def _best(work: Callable[[Sample], object], samples: Sequence[Sample], seconds: float) -> float:
    """Return the seconds of processor time that the work takes for one sample, in the best of at least three rounds."""
    rounds: list[float] = []
    while len(rounds) < 3 or sum(rounds) < seconds:
        began = time.process_time()
        for sample in samples:
            work(sample)
        rounds.append(time.process_time() - began)
    return min(rounds[1:]) / len(samples)


def _show(rows: Sequence[Row]) -> None:
    print("one core, milliseconds an article; extracting: from the outlet's own page / from a page of 90 kB")
    print(f"{'articles':10}{'size':>7}{'read':>9}{'a second':>10}{'per kB':>8}{'extract':>16}{'read / extract':>17}")
    for row in rows:
        reading = f"{row.reading * 1e3:9.2f}{1 / row.reading:10.0f}{row.reading * 1e6 / row.letters:8.2f}"
        extracting = f"{row.plain * 1e3:.1f} / {row.furnished * 1e3:.1f}"
        ratio = f"{row.reading / row.plain:.2f} / {row.reading / row.furnished:.2f}"
        print(f"{row.sort:10}{row.size / 1e3:4.0f} kB{reading}{extracting:>16}{ratio:>17}")
    for before, after in itertools.pairwise(rows):
        if before.sort == after.sort:
            grown = math.log(after.reading / before.reading) / math.log(after.letters / before.letters)
            sizes = f"{before.size / 1e3:.0f} to {after.size / 1e3:.0f} kB"
            print(f"{after.sort}, {sizes}: the time grows as length^{grown:.2f} (1 is linear)")


if __name__ == "__main__":
    main()
