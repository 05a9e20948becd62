"""Marketed and well-known medicines: their generic names, their brands, and what they are.

    products.find(text) -> ((product, start, end), …)       the names that a text writes, in order
    products.named("Keytruda") -> Product | None            also by the generic name

Brand names count with a capital only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lexicon.tables import forms, rows

_WORD = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_ORDINARY = "~"
"""Stands in the table before a generic name that is an ordinary word too."""


@dataclass(frozen=True, slots=True)
class Product:
    """A medicine: its generic name, its brands, and the id of its modality in the ontology."""

    generic: str
    modality: str
    brands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """All medicines, by every name in small letters; `_brands` are those names that need a capital."""

    _names: Mapping[str, Product]
    _brands: frozenset[str]

    @classmethod
    def of(cls, table: str) -> Products:
        """Return the medicines of a table (columns: generic name, modality, brands).

        Raises ValueError naming the line where a name stands twice.
        """
        names: dict[str, Product] = {}
        capitalised: set[str] = set()
        for number, (generic, modality, others) in rows(table, 3):
            brands = tuple(forms(others))
            product = Product(generic.removeprefix(_ORDINARY), modality, brands)
            for name in (*brands, *(() if generic.startswith(_ORDINARY) else (generic,))):
                if names.setdefault(name.lower(), product) is not product:
                    raise ValueError(f"products, line {number}: {name!r} stands twice")
            capitalised |= {brand.lower() for brand in brands} | ({generic.lower()} if generic[0].isupper() else set())
        return cls(names, frozenset(capitalised))

    def named(self, name: str) -> Product | None:
        """Return the medicine with this name, in whatever case."""
        return self._names.get(name.lower())

    def find(self, text: str) -> Iterator[tuple[Product, int, int]]:
        """Yield the medicines that a text names, each with its place."""
        matches = list(_WORD.finditer(text))
        place = 0
        while place < len(matches):
            for size in (2, 1):
                first, last = matches[place], matches[min(place + size, len(matches)) - 1]
                words = text[first.start() : last.end()]
                product = self._names.get(words.lower())
                if product is not None and (words[0].isupper() or words.lower() not in self._brands):
                    yield product, first.start(), last.end()
                    place += size - 1
                    break
            place += 1
