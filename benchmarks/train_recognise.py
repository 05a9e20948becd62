"""Learn the weights in lexicon/data/learned from a corpus of labelled articles. Needs scikit-learn.

    python benchmarks/train_recognise.py CORPUS [--out FOLDER] [--without FILE] [--also FILE …]

CORPUS is a folder with labelled.jsonl and unlabelled.jsonl.gz; read.tsv beside this script says what a person found who
read some of the latter. Articles of our own come from the demo newsroom, tests/golden and briefs.tsv. FILE names
articles (one id a line) that are left out, for cross-validation; further files of labelled articles come with --also.
What is committed are weights of words and signs, never a sentence of the corpus.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # the checkout comes onto the path first
from scipy.sparse import csr_matrix  # noqa: E402  # the checkout comes onto the path first
from sklearn.linear_model import LogisticRegression  # noqa: E402  # the checkout comes onto the path first

from benchmarks.examples import Example, examples_of  # noqa: E402  # the checkout comes onto the path first
from deals.directions import NAMES  # noqa: E402  # the checkout comes onto the path first
from deals.features import together  # noqa: E402  # the checkout comes onto the path first
from deals.kinds import OTHER_KINDS  # noqa: E402  # the checkout comes onto the path first
from deals.parties import Candidate, Cast, grammar  # noqa: E402  # the checkout comes onto the path first
from deals.roles import directed_signs, lean, titled  # noqa: E402  # the checkout comes onto the path first
from deals.standing import STANDINGS  # noqa: E402  # the checkout comes onto the path first
from deals.weights import probability  # noqa: E402  # the checkout comes onto the path first
from deals.wording import wording  # noqa: E402  # the checkout comes onto the path first
from lexicon import load  # noqa: E402  # the checkout comes onto the path first

# What the slots and the standing of a party say before anything is learned; the corpus corrects it.
LEANINGS = {
    "grants": 1.5,
    "licenses-to": 1.0,
    "paid": 1.1,
    "eligible": 1.0,
    "payment-to": 1.0,
    "gives-money": 1.2,
    "from": 1.2,
    "of-giver": 0.5,
    "developed-by": 0.6,
    "has-developed": 0.5,
    "licensed-object": 1.3,
    "owns": 0.7,
    "own-drug": 0.3,
    "names-thing": 0.5,
    "supplies": 0.5,
    "discovers": 0.3,
    "uses-own": 0.3,
    "licensor": 1.0,
    "has-licensee": 1.2,
    "finds-taker": 1.4,
    "keeps": 0.8,
    "stays-with": 0.8,
    "says-ours": 0.4,
    "says-added": -0.7,
    "seeks-seller": 1.0,
    "elided-paid": 0.9,
    "regains": 1.4,
    "returned-to": 1.2,
    "shares-of": 0.4,
    "tapped": 1.0,
    "licenses-from": -1.6,
    "obtains": -1.2,
    "obtains-far": -0.4,
    "in-licenses": -1.4,
    "grabs": -1.2,
    "taps": -1.0,
    "pays": -1.0,
    "payment-from": -1.0,
    "to": -1.0,
    "grant-object": -1.2,
    "duty": -0.6,
    "sell": -0.7,
    "sold-by": -1.0,
    "for-sale-by": -1.2,
    "access": -0.8,
    "own-portfolio": -0.7,
    "portfolio": -0.8,
    "network": -0.9,
    "own-network": -0.9,
    "distributor": -1.2,
    "made-for": -0.8,
    "elided-pays": -1.0,
    "sought-seller": -1.0,
    "sales-deal-with": -0.3,
    "abroad-with": -0.5,
    "order-from": -0.8,
    "returns": -1.2,
    "returned-from": -1.5,
    "stake": -0.8,
    "option-of": -0.6,
    "optioned": 0.8,
    "with-for-rights": 1.2,
    "acquires": -0.7,
    "acquirer": -1.0,
    "is-large": -0.5,
    "is-academic": 0.6,
    "is-seller": -0.4,
    "is-inventor": 0.3,
    "is-leader": -0.2,
}


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
    names = [*NAMES, *STANDINGS]
    prior = np.array([LEANINGS.get(name, 0.0) for name in names])
    rows = []
    for one in examples:
        sides = {
            role: [_slots(one.stood[n], names) for n, r in one.parties if r == role]
            for role in ("licensor", "licensee")
        }
        if all(sides.values()):
            row = np.mean(sides["licensor"], axis=0) - np.mean(sides["licensee"], axis=0)
            rows.append(np.append(row, row @ prior))
    both = np.array([*rows, *(-row for row in rows)])
    model = LogisticRegression(C=0.01, fit_intercept=False).fit(both, [1] * len(rows) + [0] * len(rows))
    return dict(zip(names, model.coef_[0][:-1] + model.coef_[0][-1] * prior, strict=True))


def _slots(stood: Counter[str], names: Sequence[str]) -> np.ndarray:
    return np.array([float(stood[name] ** 0.5) for name in names])


def learn_directed(examples: Sequence[Example], roles: Mapping[str, float]) -> dict[str, float]:
    """Return the weights by which an agreement has a giver and a taker."""
    rows, labels = [], []
    for one in examples:
        parties = one.parties
        if len(parties) < 2:
            continue
        stood = [one.stood[number] for number, _ in parties]
        leanings = [lean(slots, roles) for slots in stood]
        article = one.words | titled(one.document.title)
        rows.append(directed_signs(article, max(leanings) - min(leanings), stood))
        labels.append(any(role != "partner" for _, role in parties))
    model, names = learn(rows, labels, [1.0] * len(rows), strength=0.2, least=4)
    return table(names, model.coef_[0], float(model.intercept_[0]))


def everything(one: Example, parties: Mapping[str, float]) -> frozenset[str]:
    """Return all that the recogniser looks at."""
    candidates = tuple(
        Candidate(organisation, number, probability(signs, parties), frozenset(signs))
        for number, (organisation, signs) in enumerate(zip(one.organisations, one.signs, strict=True))
    )
    seen = one.words | grammar(candidates)
    return seen | together(seen) | wording(Cast(candidates, one.sentences, one.document), one.old)


def learn_keep(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights by which an article announces an agreement."""
    chosen = [(row, one) for row, one in zip(rows, examples, strict=True) if one.keep is not None]
    labelled = Counter(f for row, one in chosen if one.gold for f in row)
    kept = [{f for f in row if labelled[f] >= (8 if _is_wording(f) else 4)} for row, _ in chosen]
    model, names = learn(
        kept, [one.keep for _, one in chosen], [one.weight for _, one in chosen], strength=0.1, least=4
    )
    return table(names, model.coef_[0], float(model.intercept_[0]))


def learn_licences(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights by which something that exists is licensed, rather than something looked for together."""
    chosen = [(row, one.kind) for row, one in zip(rows, examples, strict=True) if one.keep is not False]
    chosen = [(row, kind) for row, kind in chosen if kind in {"license", "collaboration"}]
    model, names = learn(
        [r for r, _ in chosen], [k == "license" for _, k in chosen], [1.0] * len(chosen), strength=0.1, least=4
    )
    return table(names, model.coef_[0], float(model.intercept_[0]))


def learn_kinds(examples: Sequence[Example], rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weights of each kind of other news, as "kind|feature"."""
    chosen = [(row, one) for row, one in zip(rows, examples, strict=True) if one.gold and one.keep is False]
    chosen = [({f for f in row if not _is_wording(f)}, one) for row, one in chosen if one.kind in OTHER_KINDS]
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


def _is_wording(feature: str) -> bool:
    """Whether a feature is a word of the text (deals/wording.py) rather than a sign."""
    return feature[0] == "w" and feature[2:3] == ":"


def main() -> None:
    """Learn everything and write it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--out", type=Path, default=ROOT / "lexicon" / "data" / "learned")
    arguments.add_argument("--without", type=Path)
    arguments.add_argument("--also", type=Path, nargs="*", default=[])
    options = arguments.parse_args()
    without = frozenset(options.without.read_text().split()) if options.without else frozenset()
    write(examples_of(options.corpus, load(), without, options.also), options.out)


def write(examples: Sequence[Example], out: Path) -> None:
    """Learn from examples and write the weights into a folder."""
    parties = learn_parties(examples)
    roles = learn_roles(examples)
    rows = [everything(one, parties) for one in examples]
    for name, weights in (
        ("parties", parties),
        ("roles", roles),
        ("directed", learn_directed(examples, roles)),
        ("recognise", learn_keep(examples, rows)),
        ("licences", learn_licences(examples, rows)),
        ("kinds", learn_kinds(examples, rows)),
    ):
        lines = [f"{feature}\t{weight:.4f}" for feature, weight in sorted(weights.items())]
        (out / f"{name}.tsv").write_text("\n".join([HEADS[name], *lines, ""]), encoding="utf-8")


HEADS = {
    "parties": "# what shows that an organisation is a party: feature, weight (benchmarks/train_recognise.py)",
    "roles": "# on which side a party stands: slot, weight; positive is the giver's (benchmarks/train_recognise.py)",
    "directed": "# whether an agreement has a giver and a taker: feature, weight (benchmarks/train_recognise.py)",
    "recognise": "# whether an article announces an agreement: feature, weight (benchmarks/train_recognise.py)",
    "licences": (
        "# whether an agreement is a licence rather than a collaboration: feature, weight "
        "(benchmarks/train_recognise.py)"
    ),
    "kinds": "# what kind of news an article is: kind|feature, weight (benchmarks/train_recognise.py)",
}

if __name__ == "__main__":
    main()
