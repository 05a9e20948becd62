"""The contracts of pyproject.toml cover every room: import-linter lets a package pass that no contract names."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOT_ROOMS = {"tests", "benchmarks", "docs"}


def test_every_top_level_package_stands_in_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    packages = {init.parent.name for init in ROOT.glob("*/__init__.py")} - NOT_ROOMS

    assert packages == set(contracts["root_packages"])


def test_every_room_stands_in_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c["id"] == "rooms")

    assert {room.strip() for layer in layers for room in layer.split("|")} == set(contracts["root_packages"])


def test_the_wheel_packs_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]

    assert set(project["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(
        project["importlinter"]["root_packages"]
    )


def test_the_glossary_defines_every_noun_of_the_vocabulary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    nouns = ["Source", "Feed", "Entry", "Article", "Reading", "Evidence", "Terms", "Story", "Deal", "Search", "Match"]
    nouns += ["Telling", "Delivery", "Digest"]

    assert [noun for noun in nouns if f"**{noun}**" not in glossary] == []
