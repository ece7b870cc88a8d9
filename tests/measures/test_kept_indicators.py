"""What the dashboard reads: the same by kept queries as built anew, on every day."""

from datetime import timedelta
from functools import partial

from accounts.models import Member
from foundation.models import Agency
from indicators.history import monthly
from measures.local.evaluating import evaluate_days, seen_by
from measures.local.models import LocalSource, LocalVersion
from tests.keeping import WITH_DEMO, Both

pytestmark = WITH_DEMO


def test_the_months_of_the_seven_are_the_same(inside: Agency, both: Both) -> None:
    for back in (0, 31, 200, 400):
        until = inside.today() - timedelta(days=back)
        assert len(both(partial(monthly, inside, until))) == 7
        one = both(partial(monthly, inside, until, months=3, indicator="membership"))
        assert set(one) == {"membership"}
        assert len(one["membership"]) <= 3


def test_an_agency_s_own_indicators_are_the_same(inside: Agency, both: Both) -> None:
    today = inside.today()
    days = [today - timedelta(days=back) for back in (0, 1, 40, 90, 200)]
    versions = list(LocalVersion.objects.within(inside).select_related("measure", "indicator"))
    assert {version.source for version in versions} == set(LocalSource)
    found = both(partial(evaluate_days, inside, versions, days))
    assert len({each.said for each in found.values()}) > 2
    (reader,) = Member.objects.within(inside).filter(name__startswith="Rosa").with_roles(today)
    reader.agency = inside
    shown = [both(partial(seen_by, inside, reader, on)) for on in days]
    assert len(shown[0]) > len(shown[-1])
