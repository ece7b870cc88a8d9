"""A ranking made in a room is recorded as it was."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview import facts
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound, RankingMethod, RoundStatus
from foundation.addresses import at
from foundation.keys import code_of
from foundation.refusals import Refused
from groups import actions as group_actions
from tests.cells.conftest import close, send
from tests.conftest import Login

DAY = timedelta(days=1)


def took_part(cell: Cell, reader: Member, today: date) -> bool:
    cells = Cell.objects.within(cell.agency).filter(pk=cell.pk)
    [found] = facts.facts_of(cells, reader, today)
    return found.took_part[1].consumers


def test_the_order_that_came_out_with_whoever_was_there(
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    consumer: Member,
    today: date,
) -> None:
    on = today - 3 * DAY
    places = {idea: place for place, idea in enumerate(ideas, 1)}
    ranking = ranking_actions.write_down_ranking(seated, on=on, places=places, by=facilitator)
    assert (ranking.method, ranking.status) == (RankingMethod.PAPER, RoundStatus.CLOSED)
    assert (ranking.ended_on, ranking.recorded_on) == (on, today)
    # Attendance shows whether consumers took part.
    assert not took_part(seated, facilitator, today)
    met = group_actions.plan_meeting(seated.group, starts_at=now() - 3 * DAY, by=facilitator)
    group_actions.record_attendance(met, present={consumer: Decimal(1)}, by=facilitator)
    assert took_part(seated, facilitator, today)
    decision = ranking_actions.propose_choice(
        ranking, opportunity=ideas[0], text="First.", by=consumer
    )
    assert decision.subject_id == ideas[0].pk


def test_in_a_cell_that_has_ended_and_however_few_were_there(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, consumer: Member, today: date
) -> None:
    close(seated, facilitator)
    one = {ideas[0]: 1}
    ranking_actions.write_down_ranking(
        seated, on=today - DAY, places=one, took_part=1, by=facilitator
    )
    with pytest.raises(Refused):
        ranking_actions.write_down_ranking(seated, on=today - DAY, places=one, by=consumer)


def test_what_can_t_be(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> None:
    wrong: tuple[tuple[date, dict[Opportunity, int]], ...] = (
        (today + DAY, {ideas[0]: 1}),
        (today, {}),
        (today, {ideas[0]: 0}),
    )
    for on, places in wrong:
        with pytest.raises(ValidationError):
            ranking_actions.write_down_ranking(seated, on=on, places=places, by=facilitator)


def test_nobody_votes_in_a_ranking_on_paper(
    ranking: PriorityRound,
) -> None:
    rows = PriorityRound.objects.within(ranking.agency).filter(pk=ranking.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(method=RankingMethod.PAPER, votes_each=0)


def test_the_pages(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date, login: Login
) -> None:
    client, url = login(facilitator), at(seated.agency, "cells:write_down_ranking", pk=seated.pk)
    listed = client.get(at(seated.agency, "cells:opportunities", pk=seated.pk)).content.decode()
    assert url in listed
    assert client.get(url).status_code == 200
    assert send(client, url, on=today).status_code == 422
    answer = send(client, url, on=today - DAY, **{f"place_{code_of(ideas[1])}": 1, "took_part": 3})
    assert answer.status_code == 302
    shown = client.get(answer["Location"])
    page = shown.context["page"]
    assert (shown.status_code, page.columns, page.notes) == (200, [], [])


def test_a_test_that_was_done_on_paper_has_no_prediction(
    seated: Cell, plan: ActionPlan, provider: Member, manager: Member, today: date, login: Login
) -> None:
    """Even before its plan is complete, and whoever did it: what was learned is kept."""
    client, agency = login(provider), seated.agency
    assert login(manager).get(at(agency, "cells:record_cycle", pk=plan.pk)).status_code == 403
    url = at(agency, "cells:record_cycle", pk=plan.pk)
    assert url in client.get(at(agency, "cells:cycles", pk=plan.pk)).content.decode()
    given = {"title": "Desk", "what": "Water.", "happened": "They drank."}
    days = {"from_day": today - 9 * DAY, "to_day": today - 2 * DAY}
    wrong = {"from_day": today, "to_day": today + DAY}
    assert send(client, url, **given, **wrong).status_code == 422
    answer = send(client, url, **given, **days)
    assert answer.status_code == 302
    assert b"nothing was foretold" in client.get(answer["Location"]).content
    cycle = plan.cycles.get()
    assert (cycle.started_on, cycle.recorded_on) == (today - 9 * DAY, today)
    cycle = plan_actions.record_study(cycle, foretold="no", learned="Water helps.", by=provider)
    cycle = plan_actions.conclude_cycle(cycle, outcome="adopt", reason="It helps.", by=provider)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.cycles.update(prediction="They will drink.")
