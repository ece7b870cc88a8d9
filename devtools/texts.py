"""A gateway for texts that sends none: each becomes a file, or is kept in memory."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class SentText(NamedTuple):
    key: str
    to: str
    text: str


# What was sent without a folder, oldest first.
outbox: list[SentText] = []


@dataclass(frozen=True)
class Folder:
    folder: str = ""

    def send(self, *, key: str, to: str, text: str) -> None:
        if not self.folder:
            outbox.append(SentText(key, to, text))
            return
        place = Path(self.folder)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{key}.txt").write_text(f"To: {to}\n\n{text}\n", encoding="utf-8")
