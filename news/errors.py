"""Everything that may go wrong and that a caller treats differently: one root, one leaf per treatment."""

from __future__ import annotations

from dataclasses import dataclass

from news.article import NoArticle, Page


class PactwatchError(Exception):
    """The root of all errors that pactwatch raises on purpose; `str()` is one line that says what to do."""

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from a worker process whole, whatever the constructor's arguments are."""
        return _revived, (type(self), self.args, vars(self))


def _revived(kind: type[PactwatchError], args: tuple[object, ...], state: dict[str, object]) -> PactwatchError:
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(state)
    return error


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a configuration: where, what was found, what is allowed."""

    line: int | None
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.key}: found {self.found}; {self.allowed}"


class ConfigurationError(PactwatchError):
    """The configuration is not usable; `problems` names every error at once."""

    def __init__(self, path: str, problems: tuple[Problem, ...]) -> None:
        """Keep the file's name and its problems."""
        self.path = path
        self.problems = problems
        super().__init__("\n".join([f"{path} has {len(problems)} error(s):", *(f"  {p}" for p in problems)]))


class FeedParseError(PactwatchError):
    """The bytes are no feed; `fault` is the name under which that is recorded."""

    def __init__(self, fault: str, message: str) -> None:
        """Keep the fault's name beside the message."""
        self.fault = fault
        super().__init__(message)


class NotAnArticleError(PactwatchError):
    """The page holds no article: `kind` names what it is instead, the message says by what that is seen.

    `left` is what stands in front of a wall, None where nothing does or there is none.
    """

    def __init__(self, kind: NoArticle, message: str, left: Page | None = None) -> None:
        """Keep the name beside the message."""
        self.kind: NoArticle = kind
        self.left = left
        super().__init__(message)


class AddressError(PactwatchError):
    """The text is no absolute http or https address."""


class QuerySyntaxError(PactwatchError):
    """A saved search cannot be read; `position` is the offset of the culprit in the query."""

    def __init__(self, query: str, position: int, message: str) -> None:
        """Keep the place; the message shows the query with a caret under it."""
        self.query = query
        self.position = position
        self.reason = message
        super().__init__(f"{message}\n  {query}\n  {' ' * position}^")


class StorageError(PactwatchError):
    """The database cannot be opened, is of another version, or refused a write."""


class AnotherRunError(PactwatchError):
    """Another run holds the crawler's lock on this database."""


class CorrectionError(PactwatchError):
    """What a person says of a deal cannot be: the message names the deal, or the correction, and why."""


class DeliveryError(PactwatchError):
    """A message could not be handed over.

    `temporary` says whether trying again can help, `server` that nothing at all could be handed over there now.
    """

    def __init__(self, message: str, *, temporary: bool, server: bool = False) -> None:
        """Keep the kind beside the server's words."""
        self.temporary = temporary
        self.server = server
        super().__init__(message)


class TaskFailedError(PactwatchError):
    """A worker did not come back with a result: it ran out of time or memory, or died; `fault` names which."""

    def __init__(self, fault: str, message: str) -> None:
        """Keep the fault's name beside the message."""
        self.fault = fault
        super().__init__(message)
