"""`sources:` of config.yaml: groups of the bundled catalogue, and addresses of one's own."""

from __future__ import annotations

from news.address import canonical
from news.article import Source
from pactwatch import values
from pactwatch.catalogue import GROUPS, catalogue
from pactwatch.document import Section

SOURCE_KEYS = ("key", "name", "url", "language")
CATALOGUE_KEYS = ("catalogue", "except")


def sources(top: Section) -> tuple[Source, ...]:
    """Return what is to be watched, each source once; what is wrong is added to the section's problems."""
    found: dict[str, Source] = {}
    addresses: dict[str, str] = {}
    for item in top.listed("sources"):
        named = isinstance(item.value, str | tuple) or "catalogue" in item.value
        section = Section("sources", item, CATALOGUE_KEYS if named else SOURCE_KEYS, top.problems)
        if named:
            found |= {source.key: source for source in _chosen(section) if source.key not in found}
            continue
        source = _own(section)
        if source is None:
            continue
        if source.key in found:
            where = "in the catalogue" if found[source.key].kind != "own" else "in this file"
            advice = f"a key names one source; this one is taken {where}, choose another"
            section.report(section.line_of("key"), "sources.key", repr(source.key), advice)
            continue
        address = canonical(source.url)
        if address in addresses:
            advice = f"{addresses[address]!r} has this address already; a source is asked once"
            section.report(section.line_of("url"), "sources.url", repr(source.url), advice)
        addresses[address] = source.key
        found[source.key] = source
    return tuple(found.values())


def _own(section: Section) -> Source | None:
    key = section.required("key", values.key, "a short name that stays, such as our-cdmo")
    url = section.required("url", values.web, "the feed's address")
    name = section.one("name", values.text, key or "")
    language = section.one("language", _language, "")
    return Source(key, name, url, language) if key and url else None


def _chosen(section: Section) -> list[Source]:
    """Return the catalogue's sources of some groups, without the excepted."""
    bundled = catalogue()
    allowed = (*GROUPS, *bundled)

    def chosen(word: str) -> str:
        if word not in allowed:
            raise ValueError(
                f"allowed: {', '.join(GROUPS)}, or the key of a single source{values.meant(word, allowed)}"
            )
        return word

    def excepted(key: str) -> str:
        if key not in bundled:
            raise ValueError(
                f"the catalogue has no such key; `pactwatch sources list` shows them{values.meant(key, bundled)}"
            )
        return key

    words = set(section.many("catalogue", chosen))
    without = set(section.many("except", excepted))
    return [s for s in bundled.values() if (s.kind in words or s.key in words) and s.key not in without]


def _language(value: str) -> str:
    if not (2 <= len(value) <= 20 and value.replace("-", "").isalnum() and value.isascii()):
        raise ValueError("it is a language code such as en or de")
    return value.lower()
