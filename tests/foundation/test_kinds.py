"""Whatever depends on the kind of a measure or chart belongs in that kind's object."""

import ast
import re
from collections import Counter
from enum import Enum

import pytest

from charts import Chart
from measures.charting.models import ChartKind
from measures.kinds.shape import MeasureKind
from measures.kinds.shapes import SHAPES
from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes

# The kinds' own modules, whose objects answer every question about a kind.
HOME = {"charts/kinds.py", "measures/kinds/shapes.py"}
ENUMERATIONS: dict[str, type[Enum]] = {
    "Chart": Chart,
    "ChartKind": ChartKind,
    "MeasureKind": MeasureKind,
}
# The fields and names that hold a kind, and their values.
VALUES = {
    "kind": {member.value for member in MeasureKind},
    "chart": {member.value for member in Chart},
}
# Facts that differ between kinds: no wording may depend on them elsewhere.
FACTS = {"is_periodic", "has_values"}
WORDS = {"_", "_t", "gettext", "gettext_lazy", "ngettext", "Refusal"}
# Remaining exceptions, with number and reason; may only shrink.
STILL = {
    "charts/bench.py": (1, "it times four charts and no others"),
    "measures/definitions/models.py": (2, "the database holds what a kind may have"),
    "measures/numbers/models.py": (5, "the database holds what a kind may have"),
    "measures/charting/models.py": (1, "the database holds which chart can have which rules"),
}
TAG = re.compile(r"\{%-?\s*(?:if|elif)\s(?P<test>[^%]*)%\}")


def _is_member(node: ast.AST) -> bool:
    """Chart.RUN, charts.Chart.RUN, MeasureKind.EVENTS.value."""
    if isinstance(node, ast.Attribute) and node.attr == "value":
        node = node.value
    if not isinstance(node, ast.Attribute):
        return False
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    kind = ENUMERATIONS.get(name)
    return kind is not None and node.attr in kind.__members__


def _named(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _is_value(node: ast.AST, name: str) -> bool:
    """A kind's value as a string, or several of them."""
    return any(
        isinstance(each, ast.Constant) and each.value in VALUES[name] for each in ast.walk(node)
    )


def _compares(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    if any(_is_member(each) for side in sides for each in ast.walk(side)):
        return True
    return any(
        _named(each) == name and any(_is_value(side, name) for side in sides)
        for name in VALUES
        for each in sides
    )


def _picks(node: ast.Call) -> bool:
    """Whether it selects rows of one kind."""
    if _named(node.func) not in {"Q", "filter", "exclude", "get"}:
        return False
    keywords = {(each.arg or "").split("__")[0]: each.value for each in node.keywords}
    return any(
        name in keywords
        and (
            _is_value(keywords[name], name)
            or any(_is_member(each) for each in ast.walk(keywords[name]))
        )
        for name in VALUES
    )


def _words_by_a_fact(node: ast.If | ast.IfExp) -> bool:
    """Whether it checks a fact about kinds, and words depend on the result."""
    if not any(_named(each) in FACTS for each in ast.walk(node.test)):
        return False
    # An elif asks a different question.
    after: list[ast.AST] = (
        [node.body, node.orelse]
        if isinstance(node, ast.IfExp)
        else [*node.body, *(each for each in node.orelse if not isinstance(each, ast.If))]
    )
    return any(
        isinstance(call, ast.Call) and _named(call.func) in WORDS
        for each in after
        for call in ast.walk(each)
    )


def branches(source: str) -> list[int]:
    """Lines that ask for a kind: comparisons, tables and sets of kinds, words by a fact."""
    found = []
    for node in nodes(source):
        match node:
            case ast.Compare():
                is_one = _compares(node)
            case ast.MatchValue():
                is_one = _is_member(node.value)
            case ast.Dict():
                is_one = any(key is not None and _is_member(key) for key in node.keys)
            case ast.Set() | ast.List() | ast.Tuple():
                is_one = len(node.elts) > 1 and all(map(_is_member, node.elts))
            case ast.Call():
                is_one = _picks(node)
            case ast.If() | ast.IfExp():
                is_one = _words_by_a_fact(node)
            case _:
                is_one = False
        if is_one:
            found.append(getattr(node, "lineno", 0))
    return sorted(found)


def branches_of_template(text: str) -> list[str]:
    """Conditions of a template that ask for the kind of a measure or a chart."""
    return [
        test
        for test in TAG.findall(text)
        if any(re.search(rf"\.{fact}\b", test) for fact in FACTS)
        or (
            re.search(r"(measure|chart|series|chosen)\w*\.(kind|chart)\b", test)
            and any(f'"{value}"' in test for values in VALUES.values() for value in values)
        )
    ]


def test_what_depends_on_a_kind_stands_with_the_kind() -> None:
    found: Counter[str] = Counter()
    for path in sources(*APPS, "foundation"):
        name = str(path.relative_to(ROOT))
        if name not in HOME:
            found[name] += len(branches(path.read_text()))
    assert +found == {name: count for name, (count, _why) in STILL.items()}


def test_no_template_asks_for_a_kind() -> None:
    found = {
        str(path): asked
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (asked := branches_of_template(path.read_text()))
    }
    assert found == {}


def test_each_way_to_ask_for_a_kind_is_found() -> None:
    planted = [
        "measure.kind == MeasureKind.RATE",
        "series.chart is not charts.Chart.XBAR",
        "kind in (MeasureKind.RATE, MeasureKind.COUNT)",
        "chart in {Chart.P, Chart.P_PRIME}",
        "measure.kind == 'events'",
        "choice.chart in ('t', 'g')",
        "{MeasureKind.RATE: 1}[kind]",
        "rows.exclude(kind=MeasureKind.EVENTS)",
        "Q(kind='events')",
        "match kind:\n    case MeasureKind.RATE: pass",
        "_('a number') if measure.shape.is_periodic else _('a day')",
        "if found.has_values:\n    raise ValueError(_('No.'))",
    ]
    assert [each for each in planted if not branches(each)] == []
    harmless = [
        "define(kind=MeasureKind.RATE)",
        "Series(chart=Chart.RUN)",
        "claim.kind == 'pay'",
        "code.kind == 'c'",
        "kind in MeasureKind.values",
        "rows if measure.shape.is_periodic else []",
        "if measure.shape.is_periodic:\n    pass\nelif x:\n    say(_('No.'))",
    ]
    assert [each for each in harmless if branches(each)] == []


def test_a_template_that_asks_for_a_kind_is_found() -> None:
    asked = [
        "{% if measure.has_values %}",
        "{% if a %}{% elif not measure.shape.is_periodic %}",
        '{% if measure.kind == "events" %}',
        '{% if page.chart.chart == "t" %}',
    ]
    assert [each for each in asked if not branches_of_template(each)] == []
    assert not branches_of_template('{% if claim.kind == "pay" %}{% if group.kind == "cell" %}')


def test_each_kind_of_measure_has_its_object() -> None:
    assert list(SHAPES) == list(MeasureKind)


def test_a_measure_offers_only_charts_that_it_can_keep() -> None:
    offered = {chart for shape in SHAPES.values() for chart in shape.charts}
    assert {chart.value for chart in offered} == set(ChartKind.values)
    beside = {chart.shape.companion for chart in offered} - {None}
    assert offered | beside == set(Chart)
    assert [str(kind.label) for kind in ChartKind] == [Chart(kind).shape.name for kind in ChartKind]


@pytest.mark.parametrize("kind", MeasureKind)
def test_a_kind_of_measure_does_not_contradict_itself(kind: MeasureKind) -> None:
    shape = SHAPES[kind]
    assert len(shape.columns) == 1 + len(shape.numbers) or not shape.is_periodic
    assert shape.has_denominator is ("denominator" not in shape.leaves_out)
    assert shape.has_denominator or not shape.share
    assert shape.is_periodic is (shape.lacking is None)
    # It leaves out nothing that it asks of a definition.
    assert not shape.leaves_out & set(shape.asks)
    # The available numbers suit the charts on offer.
    for chart in shape.charts:
        assert shape.has_denominator or not chart.shape.sized
        assert shape.has_values or not chart.shape.grouped


@pytest.mark.parametrize("kind", MeasureKind)
def test_the_words_of_a_kind_can_be_filled_in(kind: MeasureKind) -> None:
    said = SHAPES[kind].words
    period = {"period": "May 2026", "times": "2"}
    for template in (said.add_for, said.correct_for, said.there, said.taken_back, said.not_over):
        assert "%" not in str(template) % period
    assert str(said.latest) % {"value": "12", "period": "May 2026"}
    assert "12" in str(said.usual_middle) % {"value": "12"}
    assert "Falls" in str(said.titled) % {"name": "Falls"}
    assert all("%" not in say(n) for say in (said.cut, said.few_since) for n in (1, 12))
