"""A cell as large as the largest: 200 ideas, 50 measures of 120 points, 100 members."""

from collections.abc import Callable
from datetime import date, timedelta

from accounts.models import Member, StandingKind
from cells.plans.models import ActionPlan
from foundation.addresses import at
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint
from tests.cells.addresses import page_name
from tests.cells.conftest import Define, Raise
from tests.conftest import Login, assert_budget
from tests.lengths import too_long

POINTS = 120


def fill(measure: Measure, since: date, by: Member) -> None:
    """This many weeks of numbers, written in bulk: the test is about reading them."""
    DataPoint.objects.within(measure.agency).bulk_create(
        DataPoint(
            agency=measure.agency,
            measure=measure,
            kind=measure.kind,
            period=since + timedelta(weeks=week),
            numerator=20 + week * 7 % 13,
            denominator=40,
            recorded_by=by,
            came_on=since + timedelta(weeks=week + 1),
        )
        for week in range(POINTS)
    )


def test_pages_keep_within_ten_queries_in_a_large_cell(
    active: ActionPlan,
    raised: Raise,
    define: Define,
    many: Callable[..., list[Member]],
    facilitator: Member,
    consumer: Member,
    login: Login,
    today: date,
) -> None:
    cell, agency = active.opportunity.cell, active.agency
    monday = today - timedelta(days=today.weekday(), weeks=POINTS + 1)
    for number in range(49):
        fill(define(name=f"Measure {number}", frequency="week"), monday, facilitator)
    measure = Measure.objects.within(agency).filter(frequency="week").order_by("pk").first()
    assert measure is not None
    for number in range(198):
        raised(f"Idea number {number}")
    many(StandingKind.PROVIDER, 60)
    many(StandingKind.PRIMARY_CONSUMER, 37)
    pages = [
        at(agency, "cells:cells"),
        at(agency, "cells:board"),
        at(agency, "cells:board_file"),
        at(agency, "measures:measures"),
        *(
            at(agency, page_name(name), pk=cell.pk)
            for name in ("cell", "opportunities", "raise", "together", "open_round", "packet")
        ),
        *(at(agency, page_name(name), pk=measure.pk) for name in ("measure", "chart", "record")),
        *(at(agency, page_name(name), pk=active.pk) for name in ("plan", "standard", "add_step")),
        at(agency, "cells:opportunity", pk=active.opportunity_id),
        at(agency, "home_of"),
    ]
    for member in (facilitator, consumer):
        client = login(member)
        assert too_long(client, at(agency, "home_of")) == {}
        for url in pages:
            if client.get(url).status_code != 403:
                assert_budget(client, url)
