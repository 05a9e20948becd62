"""`pactwatch sources add|import|export`: what is watched goes into config.yaml, from a site's address or from OPML."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import BinaryIO
from urllib.parse import urlsplit

import click

from crawler import opml
from crawler.opml import Outline
from news.address import canonical
from news.article import Source
from news.errors import FeedParseError
from news.fetch import Access
from pactwatch import values
from pactwatch.advice import advice
from pactwatch.config import Config, check
from pactwatch.console import WrongInputError, count, one_line, table
from pactwatch.contact import with_contact
from pactwatch.edit import add_sources
from pactwatch.finding import find
from pactwatch.options import configured, existing_store
from pactwatch.probing import Found
from pactwatch.wiring import crawl_settings

_USUAL_LABELS = frozenset({"feeds", "feed", "rss", "news", "blog", "www"})


@click.command("add")
@click.argument("url")
@click.option("--key", help="A short name that stays (else made of the address).")
@click.option("--name", help="What people call it (else what the feed calls itself).")
@click.option("--language", help="Its language, such as en (else what the feed says).")
@click.option(
    "--pick", type=click.IntRange(1), default=1, help="Which one to add, where several are found (else the first)."
)
@click.option("--no-check", is_flag=True, help="Do not ask whether it is a feed.")
@configured
def add(
    config: Config, *, url: str, key: str | None, name: str | None, language: str | None, pick: int, no_check: bool
) -> None:
    """Watch what is at URL: a feed, or what its site has (feeds, a sitemap, else the list of headlines on the page).

    It is asked, what was found is shown, the best goes into config.yaml, and the change is printed.
    """
    source = Source(
        _fit("--key", key, values.key) if key else _key(config, url),
        name or "",
        _fit("URL", url, values.web),
        _fit("--language", language, values.language) if language else "",
    )
    _refuse_known(config, url, url)
    if no_check:
        _write(config, [(Source(source.key, name or host_name(url), url, source.language), Access())])
        return
    found = _asked(config, source)
    if pick > len(found):
        raise WrongInputError(f"--pick {pick}: {count(len(found), 'address', 'addresses')} found")
    chosen = found[pick - 1]
    _refuse_known(config, chosen.source.url, url)
    _write(config, [(_named(chosen), Access(chosen.form))])


def _fit(what: str, given: str, read: Callable[[str], str]) -> str:
    """Return what was given in the form that the file takes; refuses what is none, by its name."""
    try:
        return read(given)
    except ValueError as error:
        raise WrongInputError(f"{what} {_shown(given)!r}: {error}") from error


def _asked(config: Config, source: Source) -> Sequence[Found]:
    """Return what was found, after showing it; where nothing was, say so and what to do."""
    config = with_contact(config)
    if sys.stderr.isatty():
        click.echo(f"asking {source.url}; with the pauses between requests this may take a minute", err=True)
    with existing_store(config) as store:
        found = find(source, crawl_settings(config), store)
    fault = found[0].fault
    if fault is not None:
        words = f"{found[0].words} (--no-check adds it all the same); {advice(fault.name)}"
        raise WrongInputError(f"{source.url} was not added: {words}")
    if len(found) > 1:
        click.echo(f"{count(len(found), 'address', 'addresses')} found; --pick 2 adds the second, and so on", err=True)
    for number, each in enumerate(found, 1):
        label = f"{number}. " if len(found) > 1 else ""
        click.echo(f"{label}{each.source.url}: {each.words}", err=True)
        for title in each.headlines:
            click.echo(f"     {one_line(title)}", err=True)
    return found


def _refuse_known(config: Config, url: str, asked: str) -> None:
    taken = {canonical(s.url): s.key for s in config.sources}.get(canonical(url))
    if taken:
        was = "" if url == asked else f"{asked} was not added: "
        raise WrongInputError(f"{was}{url} is watched already, as {taken}")


def _named(found: Found) -> Source:
    """Return a source with what it says of itself where the caller said nothing."""
    source = found.source
    language = source.language or re.sub(r"[^a-z-].*", "", found.language.lower())[:20]
    name = source.name or " ".join(found.title.split()) or host_name(source.url)
    return Source(source.key, name, source.url, language if len(language) > 1 else "")


def _write(config: Config, added: Sequence[tuple[Source, Access]]) -> None:
    """Put sources into the file and print the change."""
    edited = add_sources(config.path, added, partial(check, config.path, os.environ))
    edited.write()
    click.echo(edited.diff())


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@configured
def import_(config: Config, *, file: BinaryIO, dry_run: bool) -> None:
    """Watch the feeds of an OPML FILE (- for standard input), as other readers export it; nobody is asked.

    What is watched already stays as it is. `pactwatch sources check` asks the new ones.
    """
    content = file.read(values.LARGEST_FILE + 1)
    if len(content) > values.LARGEST_FILE:
        raise WrongInputError(f"{file.name}: more than {values.LARGEST_FILE >> 20} MiB is no list of feeds")
    try:
        outlines = opml.read(content)
    except FeedParseError as error:
        raise WrongInputError(f"{file.name}: {error}") from error
    added: list[tuple[Source, Access]] = []
    refused: list[tuple[str, str]] = []
    known = {canonical(source.url) for source in config.sources}
    keys = {source.key for source in config.sources}
    repeated = 0
    for outline in outlines:
        try:
            source, access = _imported(outline, keys)
        except ValueError as error:
            refused.append((_shown(outline.url), str(error)))
            continue
        address = canonical(source.url)
        if address in known:
            repeated += 1
            continue
        known.add(address)
        keys.add(source.key)
        added.append((source, access))
    for url, why in refused:
        click.echo(f"{one_line(url)}: not added: {why}", err=True)
    if added and dry_run:
        table(("key", "name", "address"), [(source.key, source.name, source.url) for source, _ in added])
    elif added:
        _write(config, added)
    verb = "would be added" if dry_run else "added"
    watched = f", {repeated} watched already" if repeated else ""
    click.echo(f"{count(len(added), 'source')} {verb}{watched}, {len(refused)} refused", err=True)


def _imported(outline: Outline, taken: Collection[str]) -> tuple[Source, Access]:
    """Return an outline as a source; raises ValueError with what is wrong with it."""
    url = values.web(outline.url)
    try:
        language = values.language(outline.language)
    except ValueError:
        language = ""
    own = outline.key if outline.key and outline.key not in taken else ""
    key = values.key(own) if own else _free(_base(outline.title) or _base(host_name(url)) or "source", taken)
    links = values.selector(outline.links) if outline.links and outline.form == "listing" else ""
    return Source(key, outline.title or host_name(url), url, language), Access(outline.form, links)


@click.command("export")
@click.argument("file", type=click.File("wb"), default="-")
@configured
def export(config: Config, *, file: BinaryIO) -> None:
    """Write what is watched as OPML into FILE (standard output), for other readers; secrets are no part of it."""
    outlines = []
    for source in config.sources:
        access = config.access.get(source.key, Access())
        outlines.append(
            Outline(source.name, source.url, source.language, source.kind, source.key, access.form, access.links)
        )
    file.write(opml.write(outlines, "pactwatch"))


def host_name(url: str) -> str:
    """Return a host's name as people say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _shown(url: str) -> str:
    """Return an address as it may be shown: without what stands before its host."""
    return re.sub(r"://[^/?#\s]*@", "://…@", url)


def _key(config: Config, url: str) -> str:
    """Return a key made of the host's name, numbered where it is taken."""
    try:
        labels = [label for label in host_name(url).split(".") if label not in _USUAL_LABELS]
    except ValueError:
        labels = []
    word = next((label for label in labels if not label.isdigit()), "source")
    return _free(_base(word) or "source", {source.key for source in config.sources})


def _base(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-")


def _free(base: str, taken: Collection[str]) -> str:
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
