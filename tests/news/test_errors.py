"""Errors say what to do in words that a person can use."""

from __future__ import annotations

from news.errors import ConfigurationError, Problem, QuerySyntaxError


def test_a_wrong_query_shows_the_culprit() -> None:
    error = QuerySyntaxError("a AND OR b", 6, "two operators in a row")

    message, query, caret = str(error).split("\n")
    assert message == "two operators in a row"
    assert query[caret.index("^") :] == "OR b"


def test_a_wrong_configuration_names_every_problem_with_its_line() -> None:
    problems = (Problem(3, "mail.port", "'x'", "a number is allowed"), Problem(None, "contact", "nothing", "write it"))

    lines = str(ConfigurationError("config.yaml", problems)).split("\n")

    assert lines == [
        "config.yaml has 2 error(s):",
        "  line 3: mail.port: found 'x'; a number is allowed",
        "  contact: found nothing; write it",
    ]
