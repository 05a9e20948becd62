"""`make bench-outbox`: a thousand digests, a mail server that fails with one message of ten, a sender that is killed.

Says whether every recipient has every deal once, and which messages came twice. Some twenty minutes, most of them waits
for answers that do not come; on loopback only.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.jobs.storm import storm


def main() -> None:
    """Make the storm and say what came of it; exit status 1 where somebody lacks a deal or has it twice."""
    with tempfile.TemporaryDirectory(prefix="pactwatch-") as folder:
        came = storm(Path(folder), readers=250, rounds=4, deals=3, kills=6)
    print(came)
    sys.exit(1 if came.wrong or came.digests != 1000 else 0)


if __name__ == "__main__":
    main()
