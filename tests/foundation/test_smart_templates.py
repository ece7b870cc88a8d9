"""A template shows and loops; one with many decisions gets a presenter in Python."""

import re
from pathlib import Path

from tests.foundation.test_source import ROOT

MOST = 12
BRANCH = re.compile(r"\{%-?\s*(?:if|elif)\s")
# Those that still decide more, and how often; these numbers may only shrink.
STILL = {
    "django/forms/field.html": 14,
}


def branching(folder: Path) -> dict[str, int]:
    """By path, the number of decisions in templates with more than a dozen."""
    counted = {
        str(path.relative_to(folder)): len(BRANCH.findall(path.read_text()))
        for path in sorted(folder.rglob("*.html"))
    }
    return {path: count for path, count in counted.items() if count > MOST}


def test_no_template_decides_more_than_a_dozen_times() -> None:
    """Lower or remove the number of one that gets simpler, so that it stays so."""
    assert branching(ROOT / "templates") == STILL


def test_a_template_that_decides_much_is_found(tmp_path: Path) -> None:
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells/simple.html").write_text("{% if a %}{% else %}{% endif %}" * MOST)
    (tmp_path / "cells/smart.html").write_text(
        "{% if a %}{%  elif b %}{% endif %}" * (MOST // 2)
        + "{%- if c -%}{% endif %}{% ifchanged %}"
    )
    assert branching(tmp_path) == {"cells/smart.html": MOST + 1}
