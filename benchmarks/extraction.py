"""How well and how fast articles are extracted from real pages, against trafilatura in the same run.

    make bench-extraction PAGES=FOLDER        or: python -m benchmarks.extraction FOLDER [--rounds 3] [--worst 5]

FOLDER holds html/ID.html.gz, and in ground-truth.json the `articleBody` of each ID. Precision, recall and F1 are
those of the public article-extraction-benchmark: over 4-grams of words, precision and recall averaged over the pages,
F1 of the two averages; ± is the spread (standard deviation) over a thousand samples of the pages, drawn with
replacement. Times are processor time of this process; the best of some rounds of each page counts.

pactwatch extracts what the pipeline extracts: text, title, author, dates, address; of a page that is refused as a wall,
what stands in front of it counts. "its first look" is the cheap pass, which is all that pages get which can be no deal.
trafilatura gives its text only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura

from crawler.pages import extract, look, opened
from news.errors import NotAnArticleError

GRAM = 4
_WORD = re.compile(r"\w+")
_SAMPLES = 1000
_ADDRESS = "https://news.example/article"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and the text that it is known to hold."""

    name: str
    content: bytes
    text: str


@dataclass(slots=True)
class Marks:
    """What one extractor made of each page: precision, recall, and seconds."""

    scores: list[tuple[float, float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    empty: int = 0


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure extraction on pages whose text is known.")
    parser.add_argument("pages", type=Path, help="The folder with html/ and ground-truth.json.")
    parser.add_argument("--rounds", type=int, default=3, help="How often each page is extracted.")
    parser.add_argument("--worst", type=int, default=0, help="Show so many pages on which pactwatch does worst.")
    options = parser.parse_args()
    sheets = _sheets(options.pages)
    marks = {name: _measured(work, sheets) for name, work in EXTRACTORS.items()}
    for _ in range(options.rounds - 1):
        for name, work in EXTRACTORS.items():
            again = [_timed(work, sheet)[1] for sheet in sheets]
            marks[name].seconds = [min(pair) for pair in zip(marks[name].seconds, again, strict=True)]
    _show(marks, sheets)
    worst = sorted(zip(marks["pactwatch"].scores, sheets, strict=True), key=lambda pair: sum(pair[0]))
    for (precision, recall), sheet in worst[: options.worst]:
        print(f"{sheet.name}: precision {precision:.3f}, recall {recall:.3f}")


def _sheets(folder: Path) -> list[Sheet]:
    try:
        truth = json.loads((folder / "ground-truth.json").read_bytes())
    except OSError as error:
        raise SystemExit(f"{error}; name a folder with html/*.html.gz and ground-truth.json") from error
    found = ((path.name.removesuffix(".html.gz"), path) for path in sorted(folder.glob("html/*.html.gz")))
    sheets = [
        Sheet(name, gzip.decompress(path.read_bytes()), truth[name]["articleBody"])
        for name, path in found
        if name in truth
    ]
    if not sheets:
        raise SystemExit(f"{folder}: no page of html/*.html.gz has its text in ground-truth.json")
    return sheets


def _ours(content: bytes) -> str:
    try:
        return extract(content, _ADDRESS, "text/html").text
    except NotAnArticleError as error:
        return error.left.text if error.left else ""


def _look(content: bytes) -> str:
    found = look(opened(content, _ADDRESS, "text/html"))
    return found.page.text if found else ""


def _theirs(*, fast: bool = False, precision: bool = False) -> Callable[[bytes], str]:
    return lambda content: trafilatura.extract(content, fast=fast, favor_precision=precision) or ""


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "pactwatch": _ours,
    "pactwatch, its first look": _look,
    "trafilatura, default": _theirs(),
    "trafilatura, favor_precision": _theirs(precision=True),
    "trafilatura, fast": _theirs(fast=True),
}


def _measured(work: Callable[[bytes], str], sheets: Sequence[Sheet]) -> Marks:
    marks = Marks()
    for sheet in sheets:
        text, seconds = _timed(work, sheet)
        marks.scores.append(_score(sheet.text, text))
        marks.seconds.append(seconds)
        marks.empty += not text.strip()
    return marks


def _timed(work: Callable[[bytes], str], sheet: Sheet) -> tuple[str, float]:
    began = time.process_time()
    text = work(sheet.content)
    return text, time.process_time() - began


def _score(known: str, found: str) -> tuple[float, float]:
    """Return precision and recall of a page."""
    of_known, of_found = _grams(known), _grams(found)
    common = sum((of_known & of_found).values())
    return common / max(1, sum(of_found.values())), common / max(1, sum(of_known.values()))


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1)) if words)


def _f1(scores: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    precision, recall = (statistics.fmean(column) for column in zip(*scores, strict=True))
    return 2 * precision * recall / (precision + recall), precision, recall


def _show(marks: dict[str, Marks], sheets: Sequence[Sheet]) -> None:
    size = sum(len(sheet.content) for sheet in sheets) / len(sheets)
    print(f"{len(sheets)} pages of {size / 1e3:.0f} kB each; one core")
    print(f"{'':30}{'F1':>15}{'precision':>11}{'recall':>8}{'ms/page':>9}{'pages/s':>9}{'empty':>7}")
    draw = random.Random(5)  # noqa: S311  # samples to estimate a spread with
    picks = [draw.choices(range(len(sheets)), k=len(sheets)) for _ in range(_SAMPLES)]
    for name, mark in marks.items():
        f1, precision, recall = _f1(mark.scores)
        spread = statistics.stdev(_f1([mark.scores[at] for at in pick])[0] for pick in picks)
        took = statistics.fmean(mark.seconds)
        print(
            f"{name:30}{f1:7.3f} ± {spread:.3f}{precision:11.3f}{recall:8.3f}{took * 1e3:9.1f}{1 / took:9.0f}"
            f"{mark.empty:7d}"
        )


if __name__ == "__main__":
    main()
