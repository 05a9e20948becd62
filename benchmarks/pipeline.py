"""What an article costs from its page to its place: fetch, extract, read, match and store together.

    make bench-pipeline        or: python -m benchmarks.pipeline [--pages 1000] [--passing 2]

A feed leads to a thousand pages of 90 kB, each on a host of its own. One in ten is a deal, made of the newsroom's
articles as in benchmarks/reading.py. The others are what a feed brings beside: results, approvals, appointments,
earnings, research, meetings (benchmarks/othernews.py); of them about half have no word of an agreement at all, which is
assumed, not measured on a feed: `--passing 1` gives all of them one. One in seven is of the newsroom's own articles
that are no deal and were written to look like one.

A process of its own serves the pages. `pactwatch run` takes them in with a fresh database, ten searches and the
smallest delay; robots.txt of every host is known already, as it is for a day after it was fetched. Counted is the
processor time of the run and its workers, from start to end. The split: looking, extracting and reading are timed here,
in one process, on the same pages; the rest is fetching, storing, matching and starting up.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.feedserver import address
from benchmarks.installed import DATABASE, installed
from benchmarks.othernews import articles
from benchmarks.reading import NOW, furnished, pages_of
from crawler.pages import extract
from deals.reader import ArticleText, read
from jobs import tasks
from lexicon import load
from news.article import Entry
from pactwatch.newsroom.feeds import Item
from pactwatch.newsroom.outlets import OUTLETS
from storage import Store

GOAL = 60
"""Articles for each second of processor time."""
DEALS = 10
"""One page in so many is a deal."""
HARD = 7
"""One in so many is no deal and looks like one."""
SIZE = 5_000
"""Characters of an article."""
_SEARCHES = ("licensee:Helvia", '"NK cell engager"', "upfront > 20m EUR", "antibody", "target:PD-1", "type:license")


def main(count: int, passing: int) -> None:
    """Measure and print; one in `passing` of the ordinary other news has a word of an agreement."""
    pages = [_own(page, number) for number, page in enumerate(_pages(count, passing))]
    theirs, ours = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(pages, ours), daemon=True)
    server.start()
    port = theirs.recv()
    with tempfile.TemporaryDirectory(prefix="bench-pipeline-") as name:
        folder = Path(name)
        command = _prepared(folder, port, count)
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        with Store.open(str(folder / DATABASE)) as store:
            (run,) = store.last_runs()
    server.terminate()
    cpu = usage.ru_utime + usage.ru_stime
    done = run.articles + run.duplicates
    size = sum(map(len, pages)) / count / 1e3
    print(
        f"{count} pages of {size:.0f} kB, one in {DEALS} a deal: {run.articles} articles, {run.duplicates} duplicates,"
    )
    print(f"{run.kept} kept, {run.perhaps} perhaps, {run.deals} deals; {time.monotonic() - began:.1f} s by the clock")
    rate = done / cpu
    print(
        f"articles for a second of processor time: {rate:.1f} (goal {GOAL}: {'reached' if rate >= GOAL else 'missed'})"
    )
    _split(pages, cpu / done)


def _split(pages: Sequence[bytes], whole: float) -> None:
    """Print what the steps take, in milliseconds of one core an article."""
    tasks.prepare(load)
    lexicon = load()
    taking = reading = exact = 0.0
    dismissed = 0
    for number, content in enumerate(pages):
        url = f"http://{address(number)}/article"
        began = time.process_time()
        page, judged = tasks.take_page(content, url, "text/html; charset=utf-8", Entry(url, url, ""))
        taken = time.process_time()
        if judged is None:
            read(ArticleText(page.title, page.text, url, page.published, "page", page.language), lexicon)
        read_by = time.process_time()
        extract(content, url, "text/html; charset=utf-8")
        exact += time.process_time() - read_by
        taking, reading, dismissed = taking + taken - began, reading + read_by - taken, dismissed + (judged is not None)
    each = 1e3 / len(pages)
    rest = whole * 1e3 - (taking + reading) * each
    print(f"{'':4}{'look, judge, extract what may be one':40}{taking * each:6.2f} ms  ({dismissed} pages need no more)")
    print(f"{'':4}{'(to extract every page exactly)':40}{exact * each:6.2f} ms")
    print(f"{'':4}{'read what may be one':40}{reading * each:6.2f} ms")
    print(f"{'':4}{'fetch, match, store, start up':40}{rest:6.2f} ms")


def _pages(count: int, passing: int) -> Iterator[bytes]:
    """Yield pages as a feed leads to them."""
    other_news = articles(SIZE, passing)
    for number, page in enumerate(pages_of(count, SIZE, DEALS)):
        if number % DEALS and number % HARD:
            title, paragraphs = next(other_news)
            item = Item(str(number), "", title, "", NOW, tuple(paragraphs))
            yield furnished(OUTLETS[number % len(OUTLETS)], item)
        else:
            yield page


def _own(page: bytes, number: int) -> bytes:
    """Return a page whose text no other has."""
    above, heading, below = page.partition(b"</h1>")
    return above + heading + below.replace(b"</p>", f" The newsdesk filed it under {number}.</p>".encode(), 6)


def _prepared(folder: Path, port: int, count: int) -> list[str]:
    """Write the configuration and the database; return the command of the run."""
    searches = "".join(f"  s{n}: {{query: '{query}', to: [me]}}\n" for n, query in enumerate(_SEARCHES))
    config = (
        "contact: bench@pipeline.example\nlog: {level: error}\n"
        f"first_fetch: {count}\nsearches:\n{searches}"
        "recipients:\n  me: {email: me@pipeline.example, when: '07:30 mon-fri'}\n"
        "network: {allow: [127.1.0.0/16], delay: 0.01s}\n"
        f"sources:\n  - {{key: bench, name: Bench, url: 'http://{address(0)}:{port}/feed'}}\n"
    )
    return installed(folder, config, (f"{address(number)}:{port}" for number in range(count)))


def _serve(pages: Sequence[bytes], told: Connection) -> None:
    asyncio.run(_served(pages, told))


async def _served(pages: Sequence[bytes], told: Connection) -> None:
    port = 0
    at = format_datetime(datetime.now(UTC), usegmt=True)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1]
                _, _, third, fourth = (int(part) for part in writer.get_extra_info("sockname")[0].split("."))
                body, kind = pages[third * 250 + fourth - 1], "text/html; charset=utf-8"
                if path == b"/feed":
                    items = "".join(
                        f"<item><title>News {n}</title><guid>{n}</guid><pubDate>{at}</pubDate>"
                        f"<link>http://{address(n)}:{port}/article</link></item>"
                        for n in range(len(pages))
                    )
                    body = f"<rss version='2.0'><channel><title>B</title>{items}</channel></rss>".encode()
                    kind = "application/rss+xml"
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=500)  # noqa: S104  # all of 127.0.0.0/8
    port = server.sockets[0].getsockname()[1]
    told.send(port)
    await server.serve_forever()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Measure the whole pipeline.")
    arguments.add_argument("--pages", type=int, dest="count", default=1000, help="How many pages are served.")
    arguments.add_argument("--passing", type=int, default=2, help="One in so many of the others has a word in passing.")
    main(**vars(arguments.parse_args()))
