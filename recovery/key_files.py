"""Files with private keys of age; `-` is standard input, so that the key need not be on disk."""

import sys
from pathlib import Path


def read(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text()
