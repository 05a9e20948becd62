"""Shared knowledge and text: folding, sentences, boilerplate, ontology, company names; bundled read-only data.

`load()` is called once, in pactwatch/ and in worker processes; the `Lexicon` that it returns is passed down.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from lexicon.companies import Companies
from lexicon.ontology import Kind, Ontology

_ONTOLOGY: tuple[tuple[Kind, str], ...] = (
    ("modality", "modalities.tsv"),
    ("target", "targets.tsv"),
    ("indication", "indications.tsv"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The bundled knowledge: company names and their other forms, and the ontology."""

    companies: Companies
    ontology: Ontology


def load() -> Lexicon:
    """Read the bundled data; the only I/O of this room. Raises ValueError where the data contradicts itself."""
    return Lexicon(
        companies=Companies.of(_read("companies.tsv")),
        ontology=Ontology.of({kind: _read(name) for kind, name in _ONTOLOGY}),
    )


def _read(name: str) -> str:
    return files("lexicon").joinpath("data", name).read_text(encoding="utf-8")
