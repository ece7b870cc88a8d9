"""Read the environment; a missing required value stops the start with a line naming it."""

import os


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise SystemExit(f"CQI Portal can't start: the environment variable {name} is not set.")
    return value


def optional(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def names(name: str) -> list[str]:
    return [part.strip() for part in required(name).split(",") if part.strip()]
