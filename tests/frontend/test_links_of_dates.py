"""A link that is a target of its own lays its parts side by side, so spaces around a date go."""

import re
from pathlib import Path

from tests.foundation.test_source import ROOT

LINK = re.compile(r'<a class="[^"]*app-target[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
NAMED = re.compile(r"\{% day [^%]* as (\w+) %\}")
HIDDEN = re.compile(r'<span class="govuk-visually-hidden">.*?</span>', re.DOTALL)


def glued(folder: Path) -> list[str]:
    """Links in which a date stands beside words that no element holds together with it."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text()
        names = "|".join(NAMED.findall(text)) or "-"
        date = re.compile(rf"\{{% day [^%]*%\}}|\{{\{{ (?:{names}) \}}\}}")
        for inside in LINK.findall(text):
            shown = HIDDEN.sub("", NAMED.sub("", inside)).strip()
            words = re.sub(r"\{%.*?%\}", "", date.sub("", shown)).strip()
            if date.search(shown) and words and not shown.startswith("<span>"):
                found.append(f"{path.relative_to(folder)}: {shown}")
    return found


def test_no_link_loses_the_space_before_a_date() -> None:
    assert glued(ROOT / "templates") == []


def test_a_link_that_loses_it_is_found(tmp_path: Path) -> None:
    link = '<a class="govuk-link app-target" href="/">{}</a>'
    day, said = (
        "{% day poll.ends as ends %}",
        "{% blocktranslate %}Until {{ ends }}{% endblocktranslate %}",
    )
    (tmp_path / "glued.html").write_text(link.format(day + said))
    (tmp_path / "held.html").write_text(link.format(f"{day}<span>{said}</span>"))
    (tmp_path / "alone.html").write_text(link.format("{% day poll.ends %}"))
    assert [each.partition(":")[0] for each in glued(tmp_path)] == ["glued.html"]
