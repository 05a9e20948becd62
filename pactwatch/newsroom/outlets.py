"""The outlets of the newsroom: who they are, which dialect their feed speaks, and how their pages are built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["rss-2.0", "rss-1.0", "atom", "json", "broken"]
Layout = Literal["wire", "magazine", "company"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet.

    `whole` feeds carry the whole text beside the summary. `validators` says how the feed can be asked whether it has
    changed. `ttl` is in minutes, 0 where the feed does not say. `json_ld` pages tell machines what they are.
    """

    key: str
    name: str
    dialect: Dialect
    layout: Layout
    whole: bool = False
    cdata: bool = False
    validators: Literal["none", "etag", "modified", "both"] = "none"
    ttl: int = 0
    json_ld: bool = False


OUTLETS: tuple[Outlet, ...] = (
    Outlet("biowire", "Biowire", "rss-2.0", "wire", whole=True, cdata=True, validators="both", ttl=60),
    Outlet("ledger", "The Pharma Ledger", "rss-2.0", "magazine", cdata=True, ttl=30, json_ld=True),
    Outlet("courier", "Biotech Courier", "atom", "magazine", validators="etag", json_ld=True),
    Outlet("gazette", "Life Science Gazette", "rss-1.0", "magazine", validators="modified"),
    Outlet("clinic", "Clinic and Lab Review", "json", "magazine", whole=True, json_ld=True),
    Outlet("dispatch", "Deal Dispatch", "rss-2.0", "magazine", whole=True, cdata=True),
    Outlet("beacon", "Smallcap Beacon", "rss-2.0", "magazine"),
    Outlet("nordkap", "Nordkap Pharma newsroom", "rss-2.0", "company", validators="modified"),
    Outlet("helvia", "Helvia Therapeutics newsroom", "atom", "company", whole=True),
    Outlet("kestrel", "Kestrel Biosciences newsroom", "json", "company", validators="etag"),
    Outlet("observer", "Molecule Observer", "broken", "magazine"),
)

FAULT = ("observer", "html instead of a feed")
"""The one fault that is expected: an outlet that rebuilt its site and serves a torn page where its feed was."""
