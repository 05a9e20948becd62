"""Where no mail is configured: show a message on the terminal, and keep it as .html and .eml in a folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import TextIO

from digest.files import whole_file
from news.alert import Delivery
from news.errors import DeliveryError


@dataclass(frozen=True, slots=True)
class TerminalOutlet:
    """Shows deliveries on `out` and saves them in `folder`, which is made when it is first needed."""

    folder: Path
    out: TextIO
    sender: str = "pactwatch@localhost"

    def send(self, delivery: Delivery) -> str:
        """Save and show a message; return where it is saved; raises DeliveryError where that is not possible."""
        message = BytesParser(policy=SMTP).parsebytes(delivery.message)
        page = self.folder / f"{_name(delivery)}.html"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(page.with_suffix(".eml"), delivery.message)
            _write(page, _part(message, "html").encode())
        except OSError as error:
            raise DeliveryError(
                f"cannot save a digest in {self.folder} ({error.strerror or error}); make that folder writable",
                temporary=True,
            ) from error
        self._show(f"\n{delivery.subject}\n\n{_part(message, 'plain')}\nOpen it in a browser: {page}\n")
        return f"shown on the terminal, saved as {page}"

    def _show(self, text: str) -> None:
        """Print text; what the terminal's encoding does not have is shown as "?"."""
        encoding = getattr(self.out, "encoding", None) or "utf-8"
        try:
            self.out.write(text.encode(encoding, "replace").decode(encoding))
            self.out.flush()
        except (OSError, ValueError) as error:
            raise DeliveryError(f"cannot show a digest on the terminal ({error})", temporary=True) from error


def _name(delivery: Delivery) -> str:
    """Return a file name that sorts by time, is the same at every attempt and holds nothing from outside."""
    mark = hashlib.sha256(delivery.message_id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{delivery.created_at:%Y-%m-%d-%H%M}-{delivery.kind}-{mark}"


def _part(message: EmailMessage, kind: str) -> str:
    """Return the text of one part with LF, "" where the message has none."""
    part = message.get_body((kind,))
    content = part.get_content() if part is not None else ""
    return str(content).replace("\r\n", "\n")


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)
