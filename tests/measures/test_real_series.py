"""The longest histories of the shared folder, imported as by a person, and charted.

They are not part of the project. Where the folder is missing, the test says so and skips.
"""

import csv
from pathlib import Path

import pytest

from accounts.models import Member
from charts import Chart
from foundation.addresses import at
from foundation.models import Agency
from measures.charting import actions as chart_actions
from measures.charting import computing
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.columns import Columns
from tests.cells.conftest import Define, numbered, told
from tests.conftest import Login

FILE = Path(__file__).parents[2] / "../shared/data/eip-started-within-2-weeks.csv"
pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="needs ../shared/data, which is absent here: real series are skipped"
)
SERIES = [
    ("Lancashire Care NHS Foundation Trust", 64.36, 19, 7, True),
    ("East London NHS Foundation Trust", 89.53, 6, 22, False),
]


def brought_in(measure: Measure, trust: str, by: Member) -> None:
    """One provider's rows, picked from the unchanged file by its column of providers."""
    draft = import_actions.upload(measure, data=FILE.read_bytes(), by=by)
    columns = Columns(period=0, numerator=2, denominator=3, where=1, only=trust)
    draft = import_actions.choose_columns(draft, columns=columns, by=by)
    import_actions.import_numbers(draft, by=by)


@pytest.mark.parametrize(("trust", "median", "longest", "crossings", "signal"), SERIES)
def test_a_real_series_comes_in_and_its_whole_run_chart_says_what_it_should(
    trust: str,
    median: float,
    longest: int,
    crossings: int,
    signal: bool,
    define: Define,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    measure = define(name="Started within two weeks")
    brought_in(measure, trust, facilitator)
    with FILE.open(encoding="utf-8", newline="") as file:
        wanted = sum(each["provider"] == trust for each in csv.DictReader(file))
    assert measure.points.count() == wanted
    # The rules chose a chart with limits; the expected results are those of the line.
    assert [each.firmness for each in measure.chart_choices.all()] == ["established"]
    chart_actions.override_chart(measure, chart="run", reason="To compare.", by=facilitator)
    chart = computing.charted(measure, numbered(measure))
    assert chart.series.chart is Chart.RUN
    part = chart.analysis.parts[0]
    assert len(chart.analysis.parts) == 1
    assert chart.analysis.center[0] == pytest.approx(median, abs=0.005)
    assert (part.longest_run, part.crossings, part.signal) == (longest, crossings, signal)
    page = login(facilitator).get(at(agency, "measures:measure", pk=measure.pk)).content.decode()
    assert told(measure).said.split("(")[0].strip() in page
