"""Which items of a feed are those of kept articles, and how it is told that a publisher edited one. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from lexicon.text import words
from news.article import Entry, LedgerEntry
from news.version import Item


def items_of(entries: Iterable[tuple[Entry, str]], known: Sequence[LedgerEntry]) -> tuple[Item, ...]:
    """Return the items whose articles are kept, each with its digest as the ledger has it and as it is now.

    `entries` come with their canonical addresses; an item is known by its guid, else by its address.
    """
    kept = [k for k in known if k.article is not None and k.decision in {"kept", "perhaps"}]
    told = {**{k.address: k for k in kept}, **{k.entry.guid: k for k in kept}}
    pairs = ((told.get(entry.guid) or told.get(address), entry) for entry, address in entries)
    return tuple(Item(k.article, digest(k.entry), digest(entry)) for k, entry in pairs if k and k.article is not None)


def digest(entry: Entry) -> str:
    """Return what tells an item as its feed has it: its title and summary, word for word, and its date."""
    dated = entry.published.isoformat() if entry.published else ""
    told = "\n".join((*(" ".join(words(each)) for each in (entry.title, entry.summary)), dated))
    return hashlib.sha256(told.encode("utf-8", "ignore")).hexdigest()
