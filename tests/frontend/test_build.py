"""The files under static/ can be served under a strict policy."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
BUILT = ["icons.svg", "mark.svg", "portal.css", "portal.js", "supported.js"]


@pytest.mark.parametrize("name", BUILT)
def test_a_built_file_names_no_map_and_fetches_nothing(name: str) -> None:
    text = (STATIC / name).read_text()
    assert "sourceMappingURL" not in text
    addresses = set(re.findall(r"https?://[^\s\"'`)]+", text))
    assert {address for address in addresses if "www.w3.org" not in address} <= {
        "https://github.com/alphagov/govuk-frontend/blob/main/LICENSE"
    }


def test_the_style_sheet_has_neither_the_crown_nor_its_font_nor_pictures() -> None:
    css = (STATIC / "portal.css").read_text()
    assert "GDS Transport" not in css
    assert "crown" not in css
    assert "url(" not in css
    assert "@font-face" not in css


def test_the_lock_names_no_host_for_its_packages() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def test_fixtures_are_of_the_version_that_is_used() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    fixtures = json.loads((ROOT / "tests" / "frontend" / "govuk_fixtures.json").read_text())
    assert fixtures["version"] == package["devDependencies"]["govuk-frontend"]


def test_no_template_has_inline_script_or_style() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), path
        for opening in re.findall(r"<script[^>]*>", text):
            assert "src=" in opening or 'type="application/json"' in opening, path
