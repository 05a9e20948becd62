"""The corpus as the learners of train_recognise.py see it: articles with their features, organisations and slots."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deals.document import Document, prepare
from deals.features import features
from deals.masked import Masked, masked
from deals.names import runs_of
from deals.organisations import Organisation, gather
from deals.parties import Candidate, Cast
from deals.partysigns import party_signs
from deals.prior import article_year, old_sentences
from deals.roles import stands
from lexicon import Lexicon

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

WEIGHT_OF_UNLABELLED = 0.2
WEIGHT_OF_NEWSROOM = 1.5
WEIGHT_OF_BRIEFS = 0.5


@dataclass(slots=True)
class Example:
    """An article as the learners see it."""

    gold: Mapping[str, Any] | None
    weight: float
    keep: bool | None
    words: frozenset[str]
    organisations: tuple[Organisation, ...]
    signs: list[set[str]]
    stood: dict[int, Counter[str]]
    sentences: tuple[Masked, ...]
    document: Document
    old: frozenset[int]

    @property
    def kind(self) -> str:
        """The kind by the label; the first where several are right."""
        kind = (self.gold or {}).get("kind", "other")
        return str(kind if isinstance(kind, str) else kind[0])

    @property
    def parties(self) -> list[tuple[int, str]]:
        """The organisations that are parties by the label, with their roles."""
        found: list[tuple[int, str]] = []
        for party in (self.gold or {}).get("parties") or []:
            same = [
                n
                for n, one in enumerate(self.organisations)
                if same_name(party["name"], one.name) and n not in dict(found)
            ]
            if same:
                found.append((max(same, key=lambda n: len(self.organisations[n].mentions)), party["role"]))
        return found


def example(article: Mapping[str, Any], lexicon: Lexicon, *, weight: float, keep: bool | None) -> Example:
    """Return an article as the learners see it."""
    document = prepare(article.get("title") or "", article.get("text") or "")
    organisations = gather(runs_of(document, lexicon), lexicon)
    sentences = masked(document, organisations)
    old = old_sentences(document, article_year(document))
    signs = party_signs(document, organisations, sentences)
    words = features(document, old)
    found = Example(article.get("gold"), weight, keep, words, organisations, signs, {}, sentences, document, old)
    parties = [(number, organisations[number]) for number, _ in found.parties]
    if parties:
        candidates = tuple(Candidate(one, n, 0.0, frozenset()) for n, one in enumerate(organisations))
        stood = stands(Cast(candidates, sentences, document), parties, old, lexicon)
        found.stood.update(zip((number for number, _ in parties), stood, strict=True))
    return found


def same_name(one: str, other: str) -> bool:
    """Whether two names are one company's: one's telling words within the other's."""
    mine, theirs = _telling(one), _telling(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _telling(name: str) -> set[str]:
    aliases = {"msd": "merck", "gsk": "glaxosmithkline", "lilly": "eli"}
    words = re.sub(r"[^a-z0-9]+", " ", name.lower()).split()
    weak = {
        "pharma",
        "pharmaceutical",
        "pharmaceuticals",
        "therapeutics",
        "inc",
        "ltd",
        "and",
        "co",
        "the",
        "of",
        "kgaa",
        "biosciences",
        "university",
        "institute",
        "medical",
        "industries",
    }
    return {aliases.get(word, word) for word in words} - weak


def examples_of(
    corpus: Path, lexicon: Lexicon, without: frozenset[str] = frozenset(), also: Sequence[Path] = ()
) -> list[Example]:
    """Return the corpus, `also` files of further labelled articles, and our own articles, as the learners see them."""
    labelled = [json.loads(line) for path in (corpus / "labelled.jsonl", *also) for line in _lines(path)]
    done = without | {article["id"] for article in labelled}
    found = [
        example(article, lexicon, weight=1.0, keep=_decided(article["gold"]["keep"]))
        for article in labelled
        if article["id"] not in without
    ]
    read = people_read()
    with gzip.open(corpus / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        others = [article for article in map(json.loads, lines) if article["id"] not in done]
    for article in others:
        gold = read.get(article["id"])
        if gold is None:
            found.append(example(article, lexicon, weight=WEIGHT_OF_UNLABELLED, keep=False))
        elif gold["keep"] != "measured":
            found.append(example({**article, "gold": gold}, lexicon, weight=1.0, keep=_decided(gold["keep"])))
    ours = [(WEIGHT_OF_NEWSROOM, newsroom()), (1.0, golden()), (WEIGHT_OF_BRIEFS, briefs())]
    return found + [
        example(article, lexicon, weight=weight, keep=_decided(article["gold"]["keep"]))
        for weight, articles in ours
        for article in articles
    ]


def _decided(keep: object) -> bool | None:
    """Return whether an agreement is announced; None where readers could differ."""
    return keep if isinstance(keep, bool) else None


def people_read() -> dict[str, dict[str, Any]]:
    """Return the labels of the articles of the unlabelled part that a person read, by their ids."""
    rows = [line.split("\t") for line in _lines(HERE / "read.tsv") if not line.startswith("#")]
    return {name: {"keep": {"yes": True, "no": False}.get(keep, keep), "kind": kind} for name, keep, kind in rows}


def briefs() -> list[dict[str, Any]]:
    """Return the short articles of briefs.tsv, which are ours."""
    rows = [line.split("\t") for line in _lines(HERE / "briefs.tsv") if not line.startswith("#")]
    return [
        {"id": f"brief-{number}", "title": title, "text": text, "gold": {"keep": event != "-", "kind": kind}}
        for number, (kind, event, title, text) in enumerate(rows)
    ]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def newsroom() -> list[dict[str, Any]]:
    """Return the articles of the demo newsroom, which are ours, with what is expected of them as labels."""
    return _cases(ROOT / "pactwatch/newsroom/articles")


def golden() -> list[dict[str, Any]]:
    """Return the cases of tests/golden, which are ours, with what is expected of them as labels."""
    return _cases(ROOT / "tests/golden/cases")


def _cases(folder: Path) -> list[dict[str, Any]]:
    found = []
    for path in sorted(folder.glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        head, _, text = path.with_suffix(".txt").read_text(encoding="utf-8").partition("---\n")
        title = next((line.removeprefix("title: ") for line in head.splitlines() if line.startswith("title: ")), "")
        parties = (expected.get("deal") or {}).get("parties") or []
        gold = {"keep": None if expected["perhaps"] else expected["keep"], "kind": expected["kind"], "parties": parties}
        found.append(
            {"id": path.stem, "title": title, "text": text.replace("{date}", "November 23, 2026"), "gold": gold}
        )
    return found
