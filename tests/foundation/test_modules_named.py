"""Modules named in comments, docstrings and templates exist."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from tests.foundation.test_source import APPS, ROOT

# `cells.ranking.matrix.MatrixPicture`, in a template or between backticks.
IN_TEMPLATES = re.compile(r"\{#.*?#\}", re.DOTALL)
IN_CODE = re.compile(r"`([a-z_]+(?:\.[a-z_]+)*\.[A-Za-z_]+)`")
NAME = re.compile(rf"\b((?:{'|'.join([*APPS, 'charts', 'foundation'])})(?:\.[a-z_]+)*\.[A-Za-z_]+)")


def named(path: Path) -> Iterator[str]:
    text = path.read_text()
    if path.suffix == ".html":
        for comment in IN_TEMPLATES.findall(text):
            yield from NAME.findall(comment)
    else:
        for name in IN_CODE.findall(text):
            yield from NAME.findall(name)


def is_there(name: str) -> bool:
    """Whether it is a module, or something in one."""
    for at in range(len(name.split(".")), 0, -1):
        parts = name.split(".")
        try:
            found: object = importlib.import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        for part in parts[at:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def sources() -> list[Path]:
    apps = [*APPS, "charts", "foundation"]
    files = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    files = [path for path in files if "migrations" not in path.parts]
    return sorted([*files, *(ROOT / "templates").rglob("*.html")])


def test_whatever_is_called_by_its_name_is_there() -> None:
    gone = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources()
        for name in named(path)
        if not is_there(name)
    }
    assert gone == set()


def test_what_is_gone_is_found(tmp_path: Path) -> None:
    (template := tmp_path / "a.html").write_text("{# picture: a cells.matrix.Picture. #}")
    (code := tmp_path / "a.py").write_text('"""See `cells.signs` and `links.link`."""')
    assert list(named(template)) == ["cells.matrix.Picture"]
    assert list(named(code)) == ["cells.signs"]
    assert not is_there("cells.matrix.Picture")
    assert is_there("cells.ranking.matrix.MatrixPicture")
