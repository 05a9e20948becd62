"""The server of benchmarks/polling.py: a thousand invented feeds of 35 items, each at an address of its own.

    python -m benchmarks.feedserver FEEDS

It prints its port and answers GET /feed of 127.1.0.0/16. Of the feeds 79 in 100 have an ETag or a Last-Modified. PUT
/round/N, asked of any host, puts N new items on top of each feed; GET /count gives the requests for feeds and the 304s
so far, and begins to count anew. All is made beforehand: the server costs the one that is measured as little as it can.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

ITEMS = 35
WITH_VALIDATOR = 79
"""Of a hundred."""
START = datetime(2025, 3, 3, 8, tzinfo=UTC)
"""Old enough that no page is fetched for an item: whom pactwatch is compared with fetches none."""
_WORDS = (
    "The companies said that the programme covers two antibodies against solid tumours and that both sides share the"
    " costs of development until the first study in people has been read out. Norvela keeps the rights in Japan."
)
_MARKUP = (
    '<p><img src="{link}/i/{number}.png" alt="" width="300"/>{words}</p><p>Item <a href="/news/{number}">{number}</a>, '
    '<b>upfront EUR 10m</b>, <em>milestones</em>.</p><p><a href="{link}/more" rel="nofollow">Read on</a></p>'
)


def address(number: int) -> str:
    """Return the loopback address of a feed's host."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


class Feeds:
    """The bodies and validators of all feeds in one round."""

    def __init__(self, count: int, newer: int) -> None:
        """Make them; `newer` items were added since the first round."""
        self.answers = dict(self._answer(number, newer) for number in range(count))

    def _answer(self, number: int, newer: int) -> tuple[str, tuple[bytes, bytes, bytes]]:
        host = address(number)
        kind, make = _ATOM if number % 10 == 9 else _RDF if number % 10 == 8 else _RSS
        body = make(host, newer).encode()
        etag = last = ""
        if number % 100 < WITH_VALIDATOR:
            if number % 3:
                etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            else:
                last = format_datetime(START + timedelta(hours=newer), usegmt=True)
        lines = [f"Content-Type: {kind}"]
        lines += [f"ETag: {etag}"] if etag else []
        lines += [f"Last-Modified: {last}"] if last else []
        head = "\r\n".join(["HTTP/1.1 200 OK", *lines, f"Content-Length: {len(body)}", "", ""]).encode()
        return host, (head + body, etag.encode(), last.encode())


def _items(host: str, newer: int, form: str) -> str:
    numbers = range(newer + ITEMS - 1, newer - 1, -1)
    made = []
    for number in numbers:
        at = START + timedelta(hours=number)
        made.append(
            form.format(
                link=f"http://{host}/news/{number}-norvela-and-quantor",
                title=f"Norvela and Quantor agree on programme {number} of {host}",
                words=_MARKUP.format(link=f"http://{host}", number=number, words=_WORDS).replace("<", "&lt;"),
                mail=format_datetime(at, usegmt=True),
                iso=at.isoformat(),
                number=number,
            )
        )
    return "".join(made)


def _rss(host: str, newer: int) -> str:
    form = (
        "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>n-{number}</guid>"
        "<dc:creator>Ada Reed</dc:creator><category>Oncology</category><category>Licensing</category>"
        "<pubDate>{mail}</pubDate><description>{words}</description></item>\n"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>News of {host}</title><link>http://{host}/</link><description>All news</description>"
        f"<language>en</language><ttl>60</ttl>\n{_items(host, newer, form)}</channel></rss>\n"
    )


def _rdf(host: str, newer: int) -> str:
    form = (
        '<item rdf:about="{link}"><title>{title}</title><link>{link}</link><dc:creator>Ada Reed</dc:creator>'
        "<dc:date>{iso}</dc:date><description>{words}</description></item>\n"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="http://{host}/"><title>News of {host}</title><link>http://{host}/</link>'
        f"<description>All news</description></channel>\n{_items(host, newer, form)}</rdf:RDF>\n"
    )


def _atom(host: str, newer: int) -> str:
    form = (
        '<entry><title>{title}</title><link href="{link}"/><id>tag:{link}</id><author><name>Ada Reed</name></author>'
        '<published>{iso}</published><updated>{iso}</updated><summary type="html">{words}</summary></entry>\n'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f'<title>News of {host}</title><id>http://{host}/</id><link href="http://{host}/"/>'
        f"<updated>{START.isoformat()}</updated>\n{_items(host, newer, form)}</feed>\n"
    )


_RSS = ("application/rss+xml; charset=utf-8", _rss)
_RDF = ("application/rdf+xml", _rdf)
_ATOM = ("application/atom+xml; charset=utf-8", _atom)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Server:
    """Answers from what is prepared."""

    def __init__(self, count: int) -> None:
        """Begin with the first round."""
        self._count = count
        self._feeds = Feeds(count, 0).answers
        self._asked = self._unchanged = self._other = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
                writer.write(self._answer(lines, writer.get_extra_info("sockname")[0]))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, lines: list[bytes], host: str) -> bytes:
        method, path, _ = lines[0].split(b" ", 2)
        if method == b"PUT":
            self._feeds = Feeds(self._count, int(path.rpartition(b"/")[2])).answers
            return _json({})
        if path == b"/count":
            told = {"asked": self._asked, "unchanged": self._unchanged, "other": self._other}
            self._asked = self._unchanged = self._other = 0
            return _json(told)
        if path != b"/feed" or host not in self._feeds:
            self._other += 1
            return _MISSING
        self._asked += 1
        answer, etag, last = self._feeds[host]
        for line in lines[1:]:
            name, _, value = line.partition(b": ")
            if (name.lower() == b"if-none-match" and etag == value) or (
                name.lower() == b"if-modified-since" and last == value
            ):
                self._unchanged += 1
                return b"HTTP/1.1 304 Not Modified\r\n" + (b"ETag: " + etag + b"\r\n" if etag else b"") + b"\r\n"
        return answer


def _json(value: object) -> bytes:
    body = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def _main(count: int) -> None:
    server = await asyncio.start_server(Server(count).serve, "0.0.0.0", 0, backlog=500)  # noqa: S104  # all of 127.0.0.0/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
