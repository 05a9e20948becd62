"""config.yaml as a tree that knows its lines, and the environment laid over it; nothing here knows what keys mean.

Scalars stay as they are written (`07:30` is no number of seconds, `no` no boolean); what reads them decides.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from news.errors import Problem
from pactwatch.values import meant

T = TypeVar("T")
D = TypeVar("D")

_SECRETS = ("password", "passwd", "passphrase", "secret", "token", "api_key", "apikey")
_IN_ENVIRONMENT = "set PACTWATCH_MAIL__PASSWORD, or name a file that holds it in PACTWATCH_MAIL__PASSWORD_FILE"
_LOGIN = re.compile(r"://[^/?#\s]*@")
_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the file: its line (None where it comes from elsewhere), and text, items, or items by name."""

    line: int | None
    value: str | tuple[Item, ...] | Mapping[str, Item]


def parse(content: bytes, problems: list[Problem]) -> Item:
    """Return what a file holds; an empty mapping, and a problem, where it cannot be read."""
    try:
        root = compose(content.decode("utf-8-sig"))
        item = Item(1, {}) if root is None or root.tag == _NULL else _item(root, "the file", problems)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(Problem(line, "the file", "bytes that are not UTF-8", "save it as UTF-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = str(error.problem or error.context or "no YAML").splitlines()[0]
        problems.append(Problem(line, "YAML", found, "check this line's indentation, colons, quotes and brackets"))
    except (YAMLError, RecursionError, ValueError) as error:
        found = (str(error).splitlines() or ["nothing readable"])[0]
        problems.append(Problem(None, "YAML", found, "the file must be YAML"))
    else:
        if isinstance(item.value, Mapping):
            return item
        problems.append(Problem(item.line, "the file", kind(item), "it consists of `key: value` lines"))
    return Item(1, {})


def compose(text: str) -> Node | None:
    """Return YAML as nodes with their places, None for nothing; raises YAMLError, RecursionError or ValueError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)  # YAML allows it, and nobody is helped by the words
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    return root


def _item(node: Node, key: str, problems: list[Problem], depth: int = 0) -> Item:
    """Return a node as an item; the depth is bounded because an alias may lead back to its own anchor."""
    line = node.start_mark.line + 1
    if isinstance(node, ScalarNode) or depth > _DEEPEST:
        return Item(line, str(node.value) if isinstance(node, ScalarNode) else "something nested too deeply")
    if isinstance(node, SequenceNode):
        return Item(line, tuple(_item(n, f"{key}[{i}]", problems, depth + 1) for i, n in enumerate(node.value, 1)))
    found: dict[str, Item] = {}
    pairs: list[tuple[Node, Node]] = node.value if isinstance(node, MappingNode) else []
    for name_node, value_node in pairs:
        name = str(name_node.value) if isinstance(name_node, ScalarNode) else "?"
        if name in found:
            where = name_node.start_mark.line + 1
            problems.append(Problem(where, name, f"twice (first in line {found[name].line})", "write each key once"))
        elif value_node.tag != _NULL:
            value = _item(value_node, name, problems, depth + 1)
            found[name] = Item(name_node.start_mark.line + 1, value.value)
    return Item(line, found)


def overlay(root: Item, path: tuple[str, ...], value: str) -> Item:
    """Return the tree with one value from elsewhere in its place."""
    inside = root.value if isinstance(root.value, Mapping) else {}
    below = inside.get(path[0], Item(None, {}))
    new = Item(None, value) if len(path) == 1 else overlay(below, path[1:], value)
    return Item(root.line, {**inside, path[0]: new})


def kind(item: Item) -> str:
    """Return what was found, as an error says it."""
    if isinstance(item.value, str):
        shown = _LOGIN.sub("://…@", item.value)
        return repr(shown if len(shown) <= 200 else shown[:200] + "…")
    return "a list" if isinstance(item.value, tuple) else "a mapping"


class Section:
    """A mapping of the file with the keys that it may have; whatever is wrong in it is added to `problems`."""

    def __init__(self, name: str, item: Item, allowed: tuple[str, ...], problems: list[Problem]) -> None:
        """Report unknown keys at once; a secret is named, never shown."""
        self.name = name
        self.line = item.line
        self.problems = problems
        self._items: Mapping[str, Item] = {}
        if isinstance(item.value, Mapping):
            self._items = item.value
        else:
            self.report(item.line, name, kind(item), f"a mapping with the keys {', '.join(allowed)}")
        for key, value in self._items.items():
            if key in allowed:
                continue
            if any(word in key.lower() for word in _SECRETS):
                own = "auth" in allowed
                advice = "name the variable that holds it: `auth: {basic: VARIABLE}`" if own else _IN_ENVIRONMENT
                self.report(value.line, self.path(key), "a secret", f"secrets do not belong in this file; {advice}")
            else:
                self.report(
                    value.line, self.path(key), "an unknown key", f"allowed: {', '.join(allowed)}{meant(key, allowed)}"
                )

    def __contains__(self, key: str) -> bool:
        """Return whether a key has a value."""
        return key in self._items

    def path(self, key: str) -> str:
        """Return the key as an error names it."""
        return f"{self.name}.{key}" if self.name else key

    def line_of(self, key: str) -> int | None:
        """Return where a key stands, else where the section does."""
        return self._items[key].line if key in self._items else self.line

    def report(self, line: int | None, key: str, found: str, allowed: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(line, key, found, allowed))

    def one(self, key: str, read: Callable[[str], T], default: D) -> T | D:
        """Return a single value, or the default where it is absent or wrong."""
        if key not in self._items:
            return default
        found = self._read(self._items[key], self.path(key), read)
        return default if found is None else found[0]

    def unshown(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return a single value that no error shows, None where it is absent or wrong."""
        item = self._items.get(key)
        if item is None:
            return None
        try:
            return read(item.value if isinstance(item.value, str) else "")
        except ValueError as error:
            self.report(item.line, self.path(key), "something else", str(error))
            return None

    def pairs(self, key: str) -> Mapping[str, Item]:
        """Return the items under a key by their names, whatever the names are."""
        item = self._items.get(key)
        if item is None:
            return {}
        if isinstance(item.value, Mapping):
            return item.value
        self.report(item.line, self.path(key), "something else", "a mapping: a name, a colon, and what it is")
        return {}

    def required(self, key: str, read: Callable[[str], T], why: str) -> T | None:
        """Return a single value; absent is a problem, and `why` says what it is for."""
        if key not in self._items:
            self.report(self.line, self.path(key), "nothing", f"it is needed: {why}")
            return None
        return self.one(key, read, None)

    def many(self, key: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Return the values of a list; a single one may stand without brackets, commas part those of a variable."""
        if key not in self._items:
            return ()
        item = self._items[key]
        items = item.value if isinstance(item.value, tuple) else (item,)
        if item.line is None and isinstance(item.value, str):
            items = tuple(Item(None, word.strip()) for word in item.value.split(","))
        read_ = [self._read(one, self.path(key), read) for one in items]
        return tuple(found[0] for found in read_ if found is not None)

    def section(self, key: str, allowed: tuple[str, ...], *, shown: bool = True) -> Section | None:
        """Return the mapping under a key; where it is none and may be a secret, no error shows it."""
        if key not in self._items:
            return None
        if not shown and not isinstance(self._items[key].value, Mapping):
            advice = f"a mapping with the keys {', '.join(allowed)}"
            self.report(self._items[key].line, self.path(key), "something else", advice)
            return None
        return Section(self.path(key), self._items[key], allowed, self.problems)

    def named(self, key: str, allowed: tuple[str, ...]) -> dict[str, Section]:
        """Return the mappings under a key by their names."""
        item = self._items.get(key)
        if item is None:
            return {}
        if not isinstance(item.value, Mapping):
            self.report(item.line, self.path(key), kind(item), "a mapping: a name, a colon, and what it is")
            return {}
        return {
            name: Section(f"{self.path(key)}.{name}", one, allowed, self.problems) for name, one in item.value.items()
        }

    def listed(self, key: str) -> tuple[Item, ...]:
        """Return the items of a list of mappings."""
        item = self._items.get(key)
        if item is None:
            return ()
        if isinstance(item.value, tuple):
            return item.value
        self.report(item.line, self.path(key), kind(item), "a list: one line beginning with `-` for each")
        return ()

    def _read(self, item: Item, path: str, read: Callable[[str], T]) -> tuple[T] | None:
        if not isinstance(item.value, str):
            self.report(item.line, path, kind(item), "a single value")
            return None
        try:
            return (read(item.value),)
        except ValueError as error:
            self.report(item.line, path, kind(item), str(error))
            return None
