"""What can be wrong with the ontology's files, said as whoever edits them needs it: file, line, and what to do.

`problems({"targets.tsv": text, …}, products) -> ["lexicon/data/targets.tsv:12: … : …", …]`, empty where all is well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lexicon.phrases import phrase_key

_FOLDER = "lexicon/data"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNSURE = "~"
_EVERYDAY_WORDS = (
    "a about act after again aim all also an and any are arm as ask at away back bad be been best bid big bit bite "
    "both but buy by call came can case cash cast clear close cost could cut data day deal did do down drive due each "
    "early east easy end even ever fact fall far fast few field find fire first fit five flip for form four free from "
    "full gain game gap gas get give go good great group grow had hand hard has have he head help her here high him "
    "his hit hold home hope how if impact in into is it its jump just keep key kit know lack land large last late law "
    "lead led less let life light like line link list little live long look lost lot low made main make many mark "
    "mast may met might mile mission more most move much must name near need net new next nod not notch now of off on "
    "once one only open or other our out over own pair park part pass past path pay peak per pick plan play point "
    "pole post price put raise ran range rate reach real rest ret ride right ring rise road rock role rose rule run "
    "said same save say see seek seen sell send sense serve set she ship short show side sign since site size so some "
    "soon spin spot star start stay step still stop strong such sure table take talk team tell term test than that "
    "the their them then there these they thing this those three through tie time to told toll took top total track "
    "trap tree trial true try turn two under unit until up us use used very view vision was wave way we week well "
    "went were west what when where which while who whole why wide will win wish with work would year yes yet you"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table with what stands in it; `forms` begin with the name."""

    place: str
    identity: str
    forms: tuple[str, ...]


def problems(tables: Mapping[str, str], products: str = "") -> list[str]:
    """Return what is wrong with the tables of concepts, and with the modalities that the table of products names."""
    found: list[str] = []
    rows: list[Row] = []
    for name, text in tables.items():
        for each in _lines(name, text, found):
            rows.append(each)
            found += _of_row(each)
    found += _doubles(rows)
    found += _strangers(products, {row.identity for row in rows})
    return found


def _lines(name: str, text: str, found: list[str]) -> Iterator[Row]:
    """Yield the rows of a table that can be read; what is wrong with the others goes to `found`."""
    path = f"{_FOLDER}/{name}"
    if not text.startswith("# "):
        found.append(f"{path}:1: the file does not begin with a note: let its first line say what the columns are")
    if not text.endswith("\n"):
        found.append(f"{path}:{text.count(chr(10)) + 1}: the last line has no end: add a line break")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        place, cells = f"{path}:{number}", line.split("\t")
        if len(cells) != 3:
            found.append(f"{place}: {len(cells)} columns: separate id, name and other forms by one tab each")
            continue
        yield Row(place, cells[0], (cells[1], *(cells[2].split(" | ") if cells[2] else ())))


def _of_row(row: Row) -> Iterator[str]:
    """Yield what is wrong with a row by itself."""
    if not _ID.fullmatch(row.identity):
        yield f"{row.place}: the id {row.identity!r}: write it in small letters and digits with single hyphens"
    if row.forms[0].startswith(_UNSURE):
        yield f"{row.place}: the name {row.forms[0]!r}: a name cannot be unsure; let ~ stand before another form"
    seen: dict[str, str] = {}
    for written in row.forms:
        form = written.removeprefix(_UNSURE)
        yield from (f"{row.place}: {written!r}: {advice}" for advice in _of_form(form, sure=form == written))
        key = phrase_key(form)
        if key in seen:
            yield f"{row.place}: {form!r} is found as {seen[key]!r} anyway: remove one of them"
        seen.setdefault(key, form)


def _of_form(form: str, *, sure: bool) -> Iterator[str]:
    if not form.strip():
        yield "an empty form: remove it, or write what belongs there"
        return
    if form != " ".join(form.split()) or "|" in form:
        yield "spaces or a bar too many: write forms as “one | two”, with single spaces"
    if form != unicodedata.normalize("NFC", form) or not form.isprintable():
        yield "letters that do not show or are put together: type the form anew"
    key = phrase_key(form)
    if len(key.replace(" ", "")) < 2:
        yield "one letter is found everywhere: write the form out, or remove it"
    if sure and key in _EVERYDAY and not (form.isupper() and form.isalpha()) and not any(c.isupper() for c in form[1:]):
        yield "an everyday word: put ~ before it, so that it counts beside a word that says what it is"


def _doubles(rows: list[Row]) -> Iterator[str]:
    """Yield the ids and forms that stand in two places."""
    ids: dict[str, str] = {}
    forms: dict[str, Row] = {}
    for row in rows:
        if row.identity in ids:
            yield f"{row.place}: the id {row.identity!r} stands at {ids[row.identity]} too: rename or join one of them"
        ids.setdefault(row.identity, row.place)
        for form in row.forms:
            other = forms.setdefault(phrase_key(form.removeprefix(_UNSURE)), row)
            if other is not row:
                where = f"{other.identity!r} ({other.place})"
                yield f"{row.place}: {form!r} is a form of {where} already: let it stand with one of them"


def _strangers(products: str, known: set[str]) -> Iterator[str]:
    for number, line in enumerate(products.split("\n"), 1):
        cells = line.split("\t")
        if line.strip() and not line.startswith("#") and (len(cells) < 2 or cells[1] not in known):
            modality = cells[1] if len(cells) > 1 else ""
            yield (
                f"{_FOLDER}/products.tsv:{number}: the modality {modality!r} is no id of modalities.tsv: "
                "write one that is, or add it there"
            )
