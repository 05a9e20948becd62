"""`pactwatch golden`: a wrong reading becomes a test case, and all cases are read again."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click

from deals.reader import ArticleText, as_deal, read
from lexicon import Lexicon, load
from news.reading import DEAL_KINDS
from pactwatch.articles import Bad, given_by_person
from pactwatch.cases import Case, as_kept, cases_in, known_in, names_of, write
from pactwatch.console import WrongInputError, count, one_line
from pactwatch.expectation import FIELDS, Json, corrected, expectation_of, kept_as

Decision = Literal["keep", "perhaps", "drop"]
_CHECKOUT = Path("tests/golden/cases")
_ELSEWHERE = Path("golden")
_NAME = re.compile(r"\w[\w.-]{0,99}")


@click.command("golden")
@click.argument("articles", nargs=-1, metavar="ARTICLE...")
@click.option("--keep", "decision", flag_value="keep", help="It announces an agreement.")
@click.option("--perhaps", "decision", flag_value="perhaps", help="Careful readers would differ.")
@click.option("--drop", "decision", flag_value="drop", help="It does not announce one.")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help=f"What is right: {', '.join(FIELDS)}.")
@click.option("--name", metavar="NAME", help="The name of the case; else the first words of the title.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where cases are kept.")
@click.option("--check", is_flag=True, help="Read all cases of the folder and show those that are read otherwise.")
@click.option("--config", "config_file", metavar="FILE", help="The configuration, for stored articles.")
@click.option("--database", metavar="ADDRESS", help="A file's path or postgresql://…, in place of the configured one.")
def command(
    *,
    articles: tuple[str, ...],
    decision: Decision | None,
    settings: tuple[str, ...],
    name: str | None,
    folder: Path | None,
    check: bool,
    config_file: str | None,
    database: str | None,
) -> None:
    """Turn an article that is read wrongly into a test case.

    ARTICLE is the address or the id of a stored article, a deal (D12: all its articles), or a file as `read --explain`
    takes it (- for standard input). The case expects today's reading, corrected by the options:

    \b
      pactwatch golden https://… --drop
      pactwatch golden D12 --set "upfront=EUR 25m" --set "milestones=up to EUR 300m"
      pactwatch golden article.txt --keep --set "licensor=Ostara Immune" --set event=expansion
      pactwatch golden --check
    """  # noqa: D301  # click keeps the lines below a backspace as they are
    folder = folder or (_CHECKOUT if _CHECKOUT.is_dir() else _ELSEWHERE)
    if check:
        if decision or settings or name or len(articles) > 1:
            raise WrongInputError("--check reads the cases of one folder, and takes nothing but that folder")
        sys.exit(_check(Path(articles[0]) if articles else folder))
    if not articles:
        raise WrongInputError("name an ARTICLE: an address, an id, a file, or - (or say --check)")
    given = (article for each in articles for article in _articles(each, config_file, database))
    found = list(dict.fromkeys(as_kept(article) for article in given))
    if name is not None and len(found) > 1:
        raise WrongInputError(f"--name is for one article, and these are {len(found)}")
    names = [_checked(name)] if name is not None else names_of(found)
    lexicon = load()
    cases = [Case(n, a, _expected(a, lexicon, decision, settings)) for n, a in zip(names, found, strict=True)]
    for case in cases:
        _keep(folder, case, lexicon)


def _checked(name: str) -> str:
    """Return the name of a case that a person gave; it may lead to no other folder."""
    if _NAME.fullmatch(name) is None:
        raise WrongInputError(f"--name {name!r}: letters, digits, hyphens, underscores and dots, no dot in front")
    return name


def _articles(given: str, config_file: str | None, database: str | None) -> Iterator[ArticleText]:
    """Yield the articles that an argument names."""
    if given == "-" or os.path.exists(given):  # noqa: PTH110  # Path.exists raises where a name is too long
        return _in_file(given)
    from pactwatch import stored  # noqa: PLC0415  # a file needs neither a database nor half a second for its library

    return stored.articles(given, config_file, database)


def _in_file(given: str) -> Iterator[ArticleText]:
    try:
        content = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
    except OSError as error:
        raise WrongInputError(f"{given} cannot be read: {error.strerror or error}") from error
    for item in given_by_person(content, lambda words: click.echo(words, err=True)):
        if isinstance(item, Bad):
            raise WrongInputError(f"{given}: {item.error}")
        yield item.article


def _expected(article: ArticleText, lexicon: Lexicon, decision: Decision | None, settings: tuple[str, ...]) -> Json:
    """Return today's reading as an expectation, corrected."""
    expected = expectation_of(read(article, lexicon))
    if decision:
        expected = kept_as(expected, decision, lambda: as_deal(article, lexicon))
    for setting in settings:
        field, equals, value = setting.partition("=")
        if not equals:
            raise WrongInputError(f"--set {setting}: it is FIELD=VALUE, such as upfront=EUR 25m")
        try:
            expected = corrected(expected, field, value)
        except ValueError as error:
            raise WrongInputError(f"--set {error}") from error
    return expected


def _keep(folder: Path, case: Case, lexicon: Lexicon) -> None:
    """Write a case, and say what is left to do."""
    try:
        text, expected = write(folder, case)
    except FileExistsError as error:
        raise WrongInputError(f"{error.filename or error} is there already; choose another --name") from error
    except OSError as error:
        raise WrongInputError(f"{folder} cannot be written to: {error.strerror or error}") from error
    click.echo(f"{text}\n{expected}")
    wrong = case.differences(lexicon)
    for line in wrong:
        click.echo(f"  {one_line(line)}")
    if not case.expected["keep"] and not case.expected["perhaps"] and case.expected["kind"] in DEAL_KINDS:
        click.echo(f"  kind: {case.expected['kind']}, as it is read; say --set kind=… where it is of another")
    if not wrong:
        click.echo(f"  as it is read today; correct {expected.name} where that is wrong")
    if case.article.url:
        click.echo(f"  the words in {text.name} are their publisher's: put your own in their place before you share it")


def _check(folder: Path) -> int:
    """Read all cases of a folder, print those that are read otherwise, and return the exit status."""
    try:
        cases, known = cases_in(folder), known_in(folder)
    except (OSError, ValueError) as error:
        raise WrongInputError(str(error)) from error
    if not cases:
        raise WrongInputError(f"no cases in {folder}; `pactwatch golden ARTICLE` makes one")
    lexicon = load()
    wrong = {case.name: found for case in cases if (found := case.differences(lexicon))}
    for name, lines in wrong.items():
        if name not in known:
            click.echo("\n".join([name, *(f"  {one_line(line)}" for line in lines)]))
    mended = [case.name for case in cases if case.name in known and case.name not in wrong]
    for name in mended:
        click.echo(f"{name}\n  is read as expected now: take it out of known.txt")
    new = len(wrong.keys() - known.keys())
    said = f"{count(len(cases) - len(wrong), 'case')} of {len(cases)} read as expected"
    more = f"; {len(wrong) - new} known not to be" if len(wrong) > new else ""
    click.echo(said + more)
    return int(bool(new or mended))
