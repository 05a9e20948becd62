"""Learn the weights in deals/data from a corpus of labelled articles. Needs scikit-learn, which pactwatch does not.

    python benchmarks/train_recognise.py CORPUS [--out deals/data] [--without FILE]

CORPUS is a folder with labelled.jsonl and unlabelled.jsonl.gz. FILE names articles (one id a line) that are left out, for
cross-validation. What is committed are weights of words and signs, never a sentence.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from deals.directions import NAMES, directions
from deals.document import prepare
from deals.features import features, together
from deals.kinds import OTHER_KINDS
from deals.masked import masked
from deals.names import runs_of
from deals.organisations import Organisation, gather
from deals.parties import Candidate, grammar
from deals.partysigns import party_signs
from deals.prior import article_year, old_sentences
from deals.roles import LARGE, spread
from deals.weights import probability
from lexicon import Lexicon, load

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

# What the slots say before anything is learned; the corpus corrects it.
LEANINGS = {
    ("grants"): 1.5,
    ("licenses-to"): 1.0,
    ("licenses-from"): -1.5,
    ("licensed-object"): 1.3,
    ("obtains"): -1.2,
    ("obtains-far"): -0.4,
    ("in-licenses"): -1.5,
    ("paid"): 1.0,
    ("eligible"): 1.0,
    ("pays"): -1.0,
    ("payment-from"): -1.0,
    ("payment-to"): 1.0,
    ("from"): 1.2,
    "developed-by": 0.6,
    "to": -1.0,
    "grant-object": -1.2,
    "owns": 0.7,
    "own-drug": 0.3,
    "duty": -0.7,
    "sell": -0.8,
    "supplies": 0.5,
    "discovers": 0.3,
    "uses-own": 0.3,
    "access": -0.8,
    "distributor": -1.2,
    "licensor": 1.0,
    "returns": -1.0,
    "regains": 1.2,
    "returned-to": 1.2,
    "stake": -0.7,
    "shares-of": 0.5,
}


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


def learn(
    rows: Sequence[Iterable[str]], labels: Sequence[object], weights: Sequence[float], *, strength: float, least: int
) -> tuple[LogisticRegression, list[str]]:
    """Return a logistic model over sets of features, and the features in its order."""
    seen = Counter(feature for row in rows for feature in row)
    names = sorted(name for name, count in seen.items() if count >= least)
    place = {name: number for number, name in enumerate(names)}
    cells = [(r, place[f], 1.0) for r, row in enumerate(rows) for f in row if f in place]
    matrix = csr_matrix(
        ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=(len(rows), len(names))
    )
    model = LogisticRegression(C=strength, max_iter=4000)
    model.fit(matrix, labels, sample_weight=weights)
    return model, names


def table(names: Sequence[str], weights: Iterable[float], constant: float, *, least: float = 0.004) -> dict[str, float]:
    """Return weights by feature, without those that hardly count."""
    named = zip(names, weights, strict=True)
    return {"always": constant, **{n: float(w) for n, w in named if abs(w) >= least and n != "always"}}


def learn_parties(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by which an organisation is a party."""
    rows, labels = [], []
    for one in examples:
        parties = one.parties
        if len(parties) < 2:
            continue
        for number, signs in enumerate(one.signs):
            rows.append(signs - {"always"})
            labels.append(number in dict(parties))
    model, names = learn(rows, labels, [1.0] * len(rows), strength=0.3, least=4)
    return table(names, model.coef_[0], float(model.intercept_[0]), least=0.001)


def learn_roles(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by which a party stands on the giving side."""
    names = [*NAMES, "is-known", "is-public", "is-large"]
    prior = np.array([LEANINGS.get(name, 0.0) for name in names])
    rows = []
    for one in examples:
        sides = {
            role: [_slots(one, n, names) for n, r in one.parties if r == role] for role in ("licensor", "licensee")
        }
        if all(sides.values()):
            row = np.mean(sides["licensor"], axis=0) - np.mean(sides["licensee"], axis=0)
            rows.append(np.append(row, row @ prior))
    both = np.array([*rows, *(-row for row in rows)])
    model = LogisticRegression(C=0.1, fit_intercept=False).fit(both, [1] * len(rows) + [0] * len(rows))
    return dict(zip(names, model.coef_[0][:-1] + model.coef_[0][-1] * prior, strict=True))


def _slots(one: Example, number: int, names: Sequence[str]) -> Any:
    organisation = one.organisations[number]
    extra = {
        "is-known": "known" in organisation.signs,
        "is-public": "public" in organisation.signs,
        "is-large": organisation.name in LARGE,
    }
    return np.array([float(extra.get(name, one.slots[number][name] ** 0.5)) for name in names])


def learn_directed(examples: Sequence[Example], roles: Mapping[str, float]) -> dict[str, float]:
    """Return the weights by which an agreement has a giver and a taker."""
    rows, labels = [], []
    names = list(roles)
    for one in examples:
        parties = one.parties
        if len(parties) < 2:
            continue
        leanings = [float(_slots(one, n, names) @ np.array(list(roles.values()))) for n, _ in parties]
        signs = {word for word in one.words if "#" in word and word[0] in "tlb"}
        rows.append(signs | spread(max(leanings) - min(leanings)))
        labels.append(any(role != "partner" for _, role in parties))
    model, names = learn(rows, labels, [1.0] * len(rows), strength=0.05, least=5)
    return table(names, model.coef_[0], float(model.intercept_[0]))


def everything(one: Example, parties: Mapping[str, float]) -> frozenset[str]:
    """Return all that the recogniser looks at."""
    cast = [
        Candidate(organisation, number, probability(signs, parties), frozenset(signs))
        for number, (organisation, signs) in enumerate(zip(one.organisations, one.signs, strict=True))
    ]
    seen = one.words | grammar(cast)
    return seen | together(seen)


def learn_keep(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights by which an article announces an agreement."""
    chosen = [(_signs(row), one) for row, one in zip(rows, examples, strict=True) if one.keep is not None]
    labelled = Counter(f for row, one in chosen if one.gold for f in row)
    kept = [{f for f in row if labelled[f] >= 4} for row, _ in chosen]
    model, names = learn(
        kept, [one.keep for _, one in chosen], [one.weight for _, one in chosen], strength=0.3, least=4
    )
    return table(names, model.coef_[0], float(model.intercept_[0]))


def learn_licences(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights by which something that exists is licensed, rather than something looked for together."""
    chosen = [(_signs(row), one.kind) for row, one in zip(rows, examples, strict=True) if one.keep is not False]
    chosen = [(row, kind) for row, kind in chosen if kind in {"license", "collaboration"}]
    model, names = learn(
        [r for r, _ in chosen], [k == "license" for _, k in chosen], [1.0] * len(chosen), strength=0.1, least=4
    )
    return table(names, model.coef_[0], float(model.intercept_[0]))


def learn_kinds(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights of each kind of other news, as "kind|feature"."""
    chosen = [(_signs(row), one) for row, one in zip(rows, examples, strict=True) if one.gold and one.keep is False]
    chosen = [(row, one) for row, one in chosen if one.kind in OTHER_KINDS]
    found: dict[str, float] = {}
    model, names = learn(
        [r for r, _ in chosen],
        [one.kind for _, one in chosen],
        [one.weight for _, one in chosen],
        strength=0.1,
        least=4,
    )
    for kind, row, constant in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        weights = table(names, row, float(constant), least=0.02)
        found.update({f"{kind}|{feature}": weight for feature, weight in weights.items()})
    return found


def _signs(row: frozenset[str]) -> set[str]:
    """Return the signs among the features: words are too many for so few articles."""
    return {feature for feature in row if not (feature[1:2] == ":" and feature[0] in "tlb")}


def main() -> None:
    """Learn everything and write it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--out", type=Path, default=Path("deals/data"))
    arguments.add_argument("--without", type=Path)
    options = arguments.parse_args()
    without = frozenset(options.without.read_text().split()) if options.without else frozenset()
    write(examples_of(options.corpus, load(), without), options.out)


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


def write(examples: Sequence[Example], out: Path) -> None:
    """Learn from examples and write the weights into a folder."""
    parties = learn_parties(examples)
    roles = learn_roles(examples)
    rows = [everything(one, parties) for one in examples]
    for name, weights in (
        ("parties", parties),
        ("roles", roles),
        ("directed", learn_directed(examples, roles)),
        (("recognise"), learn_keep(examples, rows)),
        (("licences"), learn_licences(examples, rows)),
        (("kinds"), learn_kinds(examples, rows)),
    ):
        lines = [f"{feature}\t{weight:.4f}" for feature, weight in sorted(weights.items())]
        (out / f"{name}.tsv").write_text("\n".join([HEADS[name], *lines, ""]), encoding="utf-8")


HEADS = {
    "parties": "# what shows that an organisation is a party: feature, weight (benchmarks/train_recognise.py)",
    "roles": "# on which side a party stands: slot, weight; positive is the giver's (benchmarks/train_recognise.py)",
    "directed": "# whether an agreement has a giver and a taker: feature, weight (benchmarks/train_recognise.py)",
    "recognise": "# whether an article announces an agreement: feature, weight (benchmarks/train_recognise.py)",
    ("licences"): (
        "# whether an agreement is a licence rather than a collaboration: feature, weight "
        "(benchmarks/train_recognise.py)"
    ),
    "kinds": "# what kind of news an article is: kind|feature, weight (benchmarks/train_recognise.py)",
}

if __name__ == "__main__":
    main()
