"""`pactwatch deals reject|set|merge|add|undo`: what a person says of a deal, which wins over every reading."""

from __future__ import annotations

import contextlib
import getpass
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

import click

from jobs.context import Pipeline
from jobs.correcting import By, Corrected, add, merge, reject, set_fields, undo
from lexicon import load
from news.address import canonical
from news.article import Article
from news.errors import CorrectionError
from news.story import Deal, DealEvent
from pactwatch.config import Config
from pactwatch.console import WrongInputError, one_line
from pactwatch.history import name
from pactwatch.options import configured, existing_store
from pactwatch.saying import settings_of, terms_of
from pactwatch.stored import deal_of
from pactwatch.wiring import Mute, now_utc
from pactwatch.wiring import settings_of as pipeline_settings
from storage import Store
from stories.history import step

F = TypeVar("F", bound=Callable[..., None])

_CORRECTION = re.compile(r"[cC]?([0-9]{1,12})")


def _said(function: F) -> F:
    """Give a verb `--why` and `--by`."""
    by = click.option("--by", "who", metavar="NAME", help="Who says so; by default who is logged in.")
    return click.option("--why", required=True, metavar="WORDS", help="Why; it stands beside the value.")(by(function))


@click.command("reject")
@click.argument("number", metavar="ID")
@_said
@configured
def reject_(config: Config, *, number: str, why: str, who: str | None) -> None:
    """Say that ID is no deal. Nothing more is told of it, and who was told of it hears that it was none."""
    with _at_work(config, number, why) as pipeline:
        _print(reject(pipeline, deal_of(pipeline.store, number), _by(who, why)))


@click.command("set")
@click.argument("number", metavar="ID")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--event", type=click.IntRange(1), metavar="N", help="The N-th event of its timeline; else the last.")
@_said
@configured
def set_(config: Config, *, number: str, fields: tuple[str, ...], event: int | None, why: str, who: str | None) -> None:
    """Say what is right in a deal; whoever was told another value hears of it.

    \b
      pactwatch deals set D12 "upfront=EUR 25m" "royalties=8-14%" --why "the company's release says so"
      pactwatch deals set D12 "licensor=Ostara Immune" milestones=none --why "another deal's milestones"

    A sum may be "up to EUR 300m", undisclosed, or none (not mentioned); several names are parted by semicolons.
    """  # noqa: D301  # click keeps the lines below a backspace as they are
    by = _by(who, why)
    with _at_work(config, number, why) as pipeline:
        deal = deal_of(pipeline.store, number)
        told = _event(deal, event)
        _print(set_fields(pipeline, deal, told, settings_of(fields, told.terms, by, pipeline.lexicon), by))


@click.command("merge")
@click.argument("number", metavar="ID")
@click.argument("other", metavar="OTHER")
@_said
@configured
def merge_(config: Config, *, number: str, other: str, why: str, who: str | None) -> None:
    """Say that two deals are one. The one that was told first keeps its ID; the other's leads to it from now on."""
    with _at_work(config, number, why) as pipeline:
        _print(merge(pipeline, deal_of(pipeline.store, number), deal_of(pipeline.store, other), _by(who, why)))


@click.command("add")
@click.argument("url")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE...]")
@_said
@configured
def add_(config: Config, *, url: str, fields: tuple[str, ...], why: str, who: str | None) -> None:
    """Say that the article at URL, which was not kept, tells a deal; FIELD=VALUE as for `deals set`.

    It is read as one, put in its place, and told to those whose searches match it.
    """
    by = _by(who, why)
    with _at_work(config, url, why) as pipeline:
        article = _article(pipeline.store, url)
        terms = terms_of(article, fields, by, pipeline.lexicon)
        if not terms.parties:
            raise WrongInputError(f"{url}: no party is found in it; say who, such as licensor=Ostara Immune")
        _print(add(pipeline, article, terms, article.address, by))


@click.command("undo")
@click.argument("number", metavar="CORRECTION")
@_said
@configured
def undo_(config: Config, *, number: str, why: str, who: str | None) -> None:
    """Take back the correction C7 (`pactwatch deals show ID` lists them)."""
    given = _CORRECTION.fullmatch(number)
    if given is None:
        raise WrongInputError(f"{number!r} is no id of a correction; `pactwatch deals show ID` lists them (C7)")
    with _at_work(config, number, why) as pipeline:
        correction = pipeline.store.correction(int(given[1]))
        if correction is None:
            raise WrongInputError(
                f"there is no correction C{given[1]}; `pactwatch deals show ID` lists those of a deal"
            )
        _print(undo(pipeline, correction, _by(who, why)))


COMMANDS = (reject_, set_, merge_, add_, undo_)


@contextlib.contextmanager
def _at_work(config: Config, about: str, why: str) -> Iterator[Pipeline]:
    """Give the installation; what cannot be said of a deal ends in one line."""
    if not why.strip():
        raise WrongInputError("--why: say why, in a few words")
    with existing_store(config) as store:
        if store is None:
            raise WrongInputError(f"{about}: nothing was found yet; `pactwatch run` looks for deals")
        pipeline = Pipeline(store, cache(load), pipeline_settings(config), now_utc, Mute())
        try:
            yield pipeline
        except CorrectionError as error:
            raise WrongInputError(str(error)) from error


def _by(who: str | None, why: str) -> By:
    """Return who says something: by default who is logged in on this machine."""
    name_ = " ".join((who or "").split())
    if not name_:
        try:
            name_ = getpass.getuser()
        except (OSError, KeyError):
            raise WrongInputError("--by: say who you are; this machine does not know") from None
    return By(name_, now_utc(), " ".join(why.split()))


def _event(deal: Deal, number: int | None) -> DealEvent:
    if number is None:
        return deal.latest
    if number > len(deal.events):
        known = ", ".join(f"{n} {step(e.terms)}" for n, e in enumerate(deal.events, 1))
        raise WrongInputError(f"--event {number}: {deal.label} has {len(deal.events)} ({known})")
    return deal.events[number - 1]


def _article(store: Store, url: str) -> Article:
    found = store.explain(canonical(url)).article
    if found is None:
        raise WrongInputError(
            f"{url} is not among the stored articles; `pactwatch explain URL` says what is known of it"
        )
    return found


def _print(done: Corrected) -> None:
    """Say what came of it, what it changes, who is told, and how to take it back."""
    numbers = ", ".join(f"C{said.id}" for said in done.said)
    click.echo(one_line(f"{numbers}: {done.deal.label}  {name(done.deal)}"))
    for change in done.changes:
        click.echo(one_line(f"  {change.field}: {change.was} -> {change.now}"))
    told = ", ".join(done.told)
    click.echo(f"  told with their next message: {told}" if told else "  nobody is to be told of it")
    if done.said[-1].verb != "undo":
        click.echo(f"  to take it back: pactwatch deals undo C{done.said[-1].id} --why …")
