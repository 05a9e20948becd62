"""The corpus as the learners of train_recognise.py see it: articles with their features, organisations and slots."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deals.directions import directions
from deals.document import prepare
from deals.features import features
from deals.masked import masked
from deals.names import runs_of
from deals.organisations import Organisation, gather
from deals.partysigns import party_signs
from deals.prior import article_year, old_sentences
from lexicon import Lexicon

ROOT = Path(__file__).resolve().parent.parent

# Articles of the unlabelled part that a person read: announced agreements, and those on which readers could differ.
# All others count as no announcement of an agreement.
KEPT = """c7242dc2ac1f 5de39a9555aa 0d851fe2b761 43695622db4b 560a3a4afc1e 74855de2c507 9db786d4988d 1e392e3042cc
b895b5205c23 df41d6b55594 efe951102a21 e72d3d9afa91 ea7ba2c3c52a 11820919ae52 4e6756b83c4b 104a577ed221 81a2a4918bb1
8a879419496c 102f5af51fdb a60fb82146f2 e6813254eac7 98a8b80d2f82 7c7849b6ad47 67d7f7e0c60e 6bd5392d15e5 f3e84d992dd2
83b14e97dbd7 48bc3ce694c9 a82f635eed2c 3a685446895a 073f0ed56306 e6fa087afc7c dc2face24654 3a346f134dd8 582462a2ad7f"""
UNSURE = """5a3c9e80e564 95ae9d45d3aa d25ad02ebb4c 2e24010c0ee0 1116a47c2556 069060593c62 05f69ee3d0c3 f9883f9afde2
16efa31c41dc 73c5c869b6ac b15bfa964a08 ad54b149f814 c9c2e121d51b f1bf23bc64a0 ace476d1fea7 f323ef52be68 c7d0a75a9908
9f83b84e47c1 6b409bbd1e2c 78cb35390866 345eb747f67e a70b4e5f09ad fc7ae52e4a67 29c3eea1cb9d 63172ed76a32 f3cc4173f5ce
4e692680d6b0 67f11734f2fe d39c80d9d4c1 3c5989adcb9b 29a760196b73 125f8280e2b4 152286060308 73bc927eb5ea"""
WEIGHT_OF_UNLABELLED = 0.2
WEIGHT_OF_NEWSROOM = 1.5


@dataclass(slots=True)
class Example:
    """An article as the learners see it."""

    gold: Mapping[str, Any] | None
    weight: float
    keep: bool | None
    words: frozenset[str]
    organisations: tuple[Organisation, ...]
    signs: list[set[str]]
    slots: list[Counter[str]]

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
    return Example(
        article.get("gold"),
        weight,
        keep,
        features(document, old),
        organisations,
        party_signs(document, organisations, sentences),
        directions(len(organisations), sentences, old),
    )


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


def examples_of(corpus: Path, lexicon: Lexicon, without: frozenset[str] = frozenset()) -> list[Example]:
    """Return the corpus as the learners see it."""
    with (corpus / "labelled.jsonl").open(encoding="utf-8") as lines:
        labelled = [json.loads(line) for line in lines]
    with gzip.open(corpus / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        others = [json.loads(line) for line in lines]
    kept, unsure = set(KEPT.split()), set(UNSURE.split())
    found = []
    for article in labelled:
        if article["id"] not in without:
            keep = article["gold"]["keep"]
            found.append(example(article, lexicon, weight=1.0, keep=keep if isinstance(keep, bool) else None))
    for article in others:
        if article["id"] not in without | unsure:
            keep = article["id"] in kept
            found.append(example(article, lexicon, weight=1.0 if keep else WEIGHT_OF_UNLABELLED, keep=keep))
    return found + [
        example(article, lexicon, weight=WEIGHT_OF_NEWSROOM, keep=article["gold"]["keep"]) for article in newsroom()
    ]


def newsroom() -> list[dict[str, Any]]:
    """Return the articles of the demo newsroom, which are ours, with what is expected of them as labels."""
    found = []
    for path in sorted((ROOT / "pactwatch/newsroom/articles").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        head, _, text = path.with_suffix(".txt").read_text(encoding="utf-8").partition("---\n")
        title = next(line.removeprefix("title: ") for line in head.splitlines() if line.startswith("title: "))
        parties = (expected.get("deal") or {}).get("parties") or []
        gold = {"keep": None if expected["perhaps"] else expected["keep"], "kind": expected["kind"], "parties": parties}
        found.append(
            {"id": path.stem, "title": title, "text": text.replace("{date}", "November 23, 2026"), "gold": gold}
        )
    return found
