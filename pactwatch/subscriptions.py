"""`sources:` of config.yaml: groups of the bundled catalogue, and addresses of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from news.address import canonical
from news.article import Source, SourceForm
from news.errors import Problem
from news.fetch import Access
from pactwatch import values
from pactwatch.auth import AUTH_KEYS, credentials
from pactwatch.catalogue import GROUPS, catalogue
from pactwatch.document import Section

SOURCE_KEYS = ("key", "name", "url", "language", "kind", "links", "sitemap", "auth")
CATALOGUE_KEYS = ("catalogue", "except")


FORMS: tuple[SourceForm, ...] = get_args(SourceForm)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched; `access` and `locked` are as in Config."""

    sources: tuple[Source, ...]
    access: Mapping[str, Access]
    locked: tuple[Problem, ...]


def sources(top: Section, environment: Mapping[str, str]) -> Watched:
    """Return what is to be watched, each source once; what is wrong is added to the section's problems."""
    found: dict[str, Source] = {}
    access: dict[str, Access] = {}
    locked: list[Problem] = []
    addresses: dict[str, str] = {}
    for item in top.listed("sources"):
        named = isinstance(item.value, str | tuple) or "catalogue" in item.value
        section = Section("sources", item, CATALOGUE_KEYS if named else SOURCE_KEYS, top.problems)
        if named:
            found |= {source.key: source for source in _chosen(section) if source.key not in found}
            continue
        source, own = _own(section), _access(section, environment, locked)
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
        if own != Access():
            access[source.key] = own
    return Watched(tuple(found.values()), access, tuple(locked))


def _own(section: Section) -> Source | None:
    key = section.required("key", values.key, "a short name that stays, such as our-cdmo")
    url = section.required("url", values.web, "the address of the feed, sitemap or listing page")
    name = section.one("name", values.text, key or "")
    language = section.one("language", values.language, "")
    return Source(key, name, url, language) if key and url else None


def _access(section: Section, environment: Mapping[str, str], locked: list[Problem]) -> Access:
    """Return how a source is read, and what opens it."""
    form = section.one("kind", values.choice(FORMS), None)
    links = section.one("links", values.selector, "")
    if links and form != "listing":
        advice = "they are a listing page's: add `kind: listing`"
        section.report(section.line_of("links"), section.path("links"), f"links of a {form or 'feed'}", advice)
    auth = section.section("auth", AUTH_KEYS, shown=False)
    opened = None if auth is None else credentials(auth, environment, locked)
    origin = section.one("url", str, "") if opened else ""
    return Access(form, links, section.one("sitemap", values.web, ""), opened, origin)


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
