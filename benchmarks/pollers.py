"""The others of benchmarks/polling.py, each as the simplest honest use of it: one round over the feeds of a list.

    python pollers.py reader|loop|scrapy FOLDER

FOLDER holds urls.txt; what a poller remembers between rounds it keeps there. Needs nothing of pactwatch: lemon24/reader
runs in an environment of its own.
"""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any


def reader(folder: Path) -> None:
    """Poll with lemon24/reader as its guide shows it; the first call only registers the feeds."""
    made = importlib.import_module("reader").make_reader(str(folder / "reader.db"))
    if next(iter(made.get_feeds()), None) is None:
        for url in _urls(folder):
            made.add_feed(url)
        return
    for _ in made.update_feeds_iter(scheduled=False, workers=4):
        pass


def loop(folder: Path) -> None:
    """Poll with feedparser alone, its validators and entries in a small database."""
    parse = importlib.import_module("feedparser").parse
    with sqlite3.connect(folder / "loop.db") as database:
        database.execute("CREATE TABLE IF NOT EXISTS feeds (url PRIMARY KEY, etag, modified)")
        database.execute("CREATE TABLE IF NOT EXISTS entries (url, id, link, title, summary, PRIMARY KEY (url, id))")
        known = {row[0]: row[1:] for row in database.execute("SELECT url, etag, modified FROM feeds")}
        for url in _urls(folder):
            etag, modified = known.get(url, (None, None))
            found = parse(url, etag=etag, modified=modified)
            if found.get("status") == 304:
                continue
            rows = [(url, e.get("id"), e.get("link"), e.get("title"), e.get("summary")) for e in found.entries]
            database.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?)", rows)
            validators = (found.get("etag"), found.get("modified"))
            database.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", (url, *validators))
            database.commit()


def scrapy(folder: Path) -> None:
    """Make the same requests with Scrapy and throw the answers away: what its engine costs."""
    base = importlib.import_module("scrapy")
    runner = importlib.import_module("scrapy.crawler")
    kept = folder / "scrapy.json"
    known: dict[str, dict[str, str]] = json.loads(kept.read_text()) if kept.exists() else {}
    urls = _urls(folder)

    class Bare(base.Spider):  # type: ignore[misc, name-defined]  # the class comes from an import by name
        name = "bare"

        async def start(self) -> Any:  # noqa: ANN401  # Scrapy's own type
            for url in urls:
                yield base.Request(url, headers=known.get(url, {}), callback=self.take, dont_filter=True)

        def take(self, response: Any) -> None:  # noqa: ANN401  # likewise
            pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
            found = {ask: response.headers[name].decode() for ask, name in pairs if name in response.headers}
            if response.status == 200:
                known[response.request.url] = found

    process = runner.AsyncCrawlerProcess(
        {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "HTTPERROR_ALLOW_ALL": True, "ROBOTSTXT_OBEY": False}
    )
    process.crawl(Bare)
    process.start()
    kept.write_text(json.dumps(known))


def _urls(folder: Path) -> list[str]:
    return (folder / "urls.txt").read_text().split()


if __name__ == "__main__":
    {"reader": reader, "loop": loop, "scrapy": scrapy}[sys.argv[1]](Path(sys.argv[2]))
