"""`pactwatch init`: a commented config.yaml to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from pactwatch.config import FILE
from pactwatch.console import WrongInputError


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Put a commented config.yaml to start from into DIR (the current folder)."""
    path = folder / FILE
    content = (files("pactwatch") / "data" / FILE).read_bytes()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise WrongInputError(f"{path} is there already, and stays as it is") from error
    except OSError as error:
        raise WrongInputError(f"{path} cannot be written: {error.strerror}") from error
    click.echo(f"{path} is written. Next:")
    inside = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"  {inside}pactwatch sources list     # what it watches")
    click.echo(f"  {inside}pactwatch alerts add nk-engagers '\"NK cell engager\"' --to you@example.org")
    click.echo(f"  {inside}pactwatch run --dry-run    # what you would be told now")
