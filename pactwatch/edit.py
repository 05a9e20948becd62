"""Edit config.yaml as a person would: one piece of text goes in, every other character stays as it is.

The result is read before it is written; a file in a form that cannot be edited this way is left alone, with the line
to add by hand.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from news.alert import Examples, Search
from news.article import Source
from news.errors import ConfigurationError, Problem
from news.fetch import Access
from pactwatch.document import compose

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@-]*(?: [A-Za-z0-9_./@-]+)*")
_CONTACT = re.compile(r"^contact:[ \t]*(?=#|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edited:
    """A file before and after; nothing is written yet."""

    path: Path
    before: str
    after: str

    def diff(self) -> str:
        """Return the change as a unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), self.path.name, self.path.name, lineterm="", n=2
        )
        return "\n".join(lines)

    def write(self) -> None:
        """Put the new text in the place of the old; a crash leaves one of the two."""
        path = self.path.resolve()
        new = path.with_name(f".{path.name}.new")
        try:
            new.write_bytes(self.after.encode())
            shutil.copymode(path, new)
            os.replace(new, path)  # noqa: PTH105  # Path.replace would do the same and read like a string's
        except OSError as error:
            new.unlink(missing_ok=True)
            raise ConfigurationError(
                str(path), (Problem(None, "the file", "no way to write it", str(error)),)
            ) from error


def add_sources(path: Path, added: Sequence[tuple[Source, Access]], check: Callable[[bytes], object]) -> Edited:
    """Return the file with some sources more, one at least; `check` reads the result and raises ConfigurationError."""
    return _add(path, [("sources", "", _flow(_pairs(source, access))) for source, access in added], check)


def _pairs(source: Source, access: Access) -> dict[str, str]:
    form = "" if access.form in {None, "feed"} else str(access.form)
    written = {"key": source.key, "name": source.name, "url": source.url, "language": source.language}
    return written | {"kind": form, "links": access.links, "sitemap": access.sitemap}


def add_search(path: Path, search: Search, people: Mapping[str, str], check: Callable[[bytes], object]) -> Edited:
    """Return the file with one saved search more, and with new recipients (addresses by key); `check` as above."""
    urgent = ", urgent: true" if search.urgent else ""
    line = f"{{query: {_single(search.query)}, to: [{', '.join(search.to)}]{urgent}{_examples(search.examples)}}}"
    lines = [("recipients", key, _flow({"email": address})) for key, address in people.items()]
    return _add(path, [*lines, ("searches", search.key, line)], check)


def _examples(examples: Examples) -> str:
    """Return the examples of a search as a further value of its flow mapping."""
    kinds = {"match": examples.match, "not": examples.never}
    shown = (f"{name}: [{', '.join(map(_double, each))}]" for name, each in kinds.items() if each)
    return f", examples: {{{', '.join(shown)}}}" if any(kinds.values()) else ""


def set_contact(path: Path, contact: str) -> None:
    """Write the contact into a file that has none."""
    before = _read(path)
    line = f"contact: {_scalar(contact)}"
    found = _CONTACT.search(before)
    if found is None:
        after = f"{line}{_newline(before)}{before}"
    else:
        gap = "  " if before[found.end() : found.end() + 1] == "#" else ""
        after = before[: found.start()] + line + gap + before[found.end() :]
    Edited(path, before, after).write()


def _add(path: Path, lines: Sequence[tuple[str, str, str]], check: Callable[[bytes], object]) -> Edited:
    """Return the file with values in sections: each a section, a key ("" for an item of a list) and what it is."""
    before = after = _read(path)
    for section, key, value in lines:
        after = _inserted(after, section, key, value)
    section, key, value = lines[-1]
    written = f"{key}: {value}" if key else f"- {value}"
    try:
        check(after.encode())
    except ConfigurationError as error:
        by_hand = Problem(None, section, "a form that cannot be edited here", f"add this by hand: {written}")
        known = tuple(problem for problem in error.problems if problem.key != "YAML")
        raise ConfigurationError(str(path), known or (by_hand,)) from error
    return Edited(path, before, after)


def _inserted(text: str, section: str, key: str, value: str) -> str:
    """Return the text with a value in a section: into its list, or under a key of its mapping."""
    newline = _newline(text)
    item = f"{key}: {value}" if key else f"- {value}"
    place = next(_sections(text, section), None)
    if place is None:
        gap = "" if not text or text.endswith(newline) else newline
        return f"{text}{gap}{newline}{section}:{newline}  {item}{newline}"
    name, node = place
    if isinstance(node, MappingNode | SequenceNode):
        if node.flow_style:
            return _into_flow(text, node, f"{key}: {value}" if key else value)
        column = _indent(text, node)
        end = _end_of_line(text, _last_leaf(node).end_mark.index - 1)
    else:
        column = 2
        end = _end_of_line(text, name.end_mark.index)
    return f"{text[:end]}{newline}{' ' * column}{item}{text[end:]}"


def _into_flow(text: str, node: Node, item: str) -> str:
    """Return the text with an item before the bracket that closes a list or mapping."""
    close = node.end_mark.index - 1
    inside = text[node.start_mark.index + 1 : close].rstrip()
    comma = "" if not inside or inside.endswith(",") else ", "
    at = node.start_mark.index + 1 + len(inside)
    return f"{text[:at]}{comma}{item}{text[at:]}"


def _sections(text: str, section: str) -> Iterator[tuple[Node, Node]]:
    try:
        root = compose(text)
    except (YAMLError, RecursionError, ValueError):  # whoever checks the result will say what is wrong
        return
    if isinstance(root, MappingNode):
        yield from ((name, node) for name, node in root.value if name.value == section)


def _indent(text: str, node: MappingNode | SequenceNode) -> int:
    """Return how far the items of a block stand in."""
    first = node.value[0]
    at = (first[0] if isinstance(first, tuple) else first).start_mark
    line = text[at.index - at.column : at.index]
    return len(line) - len(line.lstrip(" "))


def _last_leaf(node: Node) -> Node:
    """Return the last thing written in a block; a block's own end lies behind the comments that follow it."""
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        last: Node | tuple[Node, Node] = node.value[-1]
        name, node = last if isinstance(last, tuple) else (None, last)
        if name is not None and isinstance(node, ScalarNode) and not node.value:
            return name
    return node


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _flow(pairs: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in pairs.items() if value) + "}"


def _scalar(value: str) -> str:
    """Return a text as YAML reads it back in a flow mapping, plain where that is plain enough."""
    plain = _PLAIN.fullmatch(value) and value.lower() not in {"null", "true", "false"}
    return value if plain else _double(value)


def _single(value: str) -> str:
    """Return a text in single quotes, which leave the double ones of a query alone."""
    return "'" + value.replace("'", "''") + "'" if value.isprintable() else _double(value)


def _double(value: str) -> str:
    """Return a text in double quotes; what cannot be printed is escaped (YAML 1.2, 5.7)."""
    shown = (f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08X}" for c in value)
    return f'"{"".join(shown)}"'
