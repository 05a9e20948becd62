"""Logs: one line a decision, to stderr, as text or as JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from pactwatch.config import Log

_QUIET = ("alembic", "apscheduler", "asyncio", "htmldate", "scrapy", "trafilatura", "twisted", "urllib3")
"""Libraries whose own lines are no decision of ours; their warnings are heard."""


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        words = super().format(record).replace("\r", " ").replace("\n", " | ")
        return f"{_at(record)} {record.levelname.lower()} {words}"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(line)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def start(log: Log, *, least: int = logging.DEBUG) -> None:
    """Log to stderr from the configured level on, or from `least` where that is higher."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if log.format == "json" else _Text())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(least, logging.getLevelNamesMapping()[log.level.upper()]))
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
