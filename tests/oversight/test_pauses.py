"""A pause of access: who is told, what it leaves alone, what the committee does about it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.utils import timezone

from accounts import actions as account_actions
from accounts.models import Member, Pause, PauseEnd, PauseReason, StandingKind
from accounts.permissions import Role
from accounts.policies import PAUSE_LONGER
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments import actions as paying
from compensation.plan import actions as planning
from devtools import ratified
from devtools.established import establish
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as groups
from groups import tally
from groups.models import Choice, Decision, Group, Seat
from indicators import engine
from notifications.models import Message
from notifications.waiting import waiting
from oversight.actions import propose_longer, rule_on_pause
from oversight.models import PauseRuling
from oversight.policies import PAUSE_REVIEW
from tests.conftest import Enter, Login
from tests.oversight.conftest import post


def pause(member: Member, by: Member, reason: str = PauseReason.THREAT) -> Pause:
    return account_actions.pause_access(member, reason=reason, answer_to="555-0100", by=by)


def told(made: Pause) -> set[Member]:
    rows = Message.objects.within(made.agency).filter(code="access_of.paused", subject_id=made.pk)
    return {row.member for row in rows.select_related("member")}


def test_the_consumer_who_leads_the_committee_is_told_besides_a_second_administrator(
    committee_group: Group,
    administrator: Member,
    committee_chair: Member,
    consumer: Member,
    enter: Enter,
    login: Login,
) -> None:
    alone = pause(consumer, administrator)
    assert told(alone) == {committee_chair}
    page = at(alone.agency, "accounts:pause", pk=alone.pk)
    assert login(committee_chair).get(page).status_code == 200
    second = enter("Bea", StandingKind.OTHER, roles=(Role.ADMINISTRATOR,))
    # Pausing the other administrator is seen by somebody, too.
    assert told(pause(second, administrator)) == {committee_chair}
    other = enter("Cem", StandingKind.PROVIDER)
    enter("Dee", StandingKind.OTHER, roles=(Role.ADMINISTRATOR,))
    assert len(told(pause(other, administrator))) == 2


def test_a_message_of_a_pause_says_of_nobody_how_they_take_part(
    committee_group: Group,
    administrator: Member,
    committee_chair: Member,
    consumer: Member,
    login: Login,
) -> None:
    made = pause(consumer, administrator, PauseReason.COURT_ORDER)
    inbox = login(committee_chair).get(at(made.agency, "notifications:inbox")).content.decode()
    page = login(committee_chair).get(at(made.agency, "accounts:pause", pk=made.pk))
    assert "Rosa" in inbox
    for shown in (inbox, page.content.decode()):
        assert str(StandingKind.PRIMARY_CONSUMER.label) not in shown
    assert "ourt order" not in inbox


@pytest.fixture
def at_work(
    agency: Agency,
    committee_group: Group,
    administrator: Member,
    committee_chair: Member,
    second_judge: Member,
    provider: Member,
    approver: Member,
    long_ago: date,
    today: date,
) -> Agency:
    """A committee that met, whose members are owed for it, with a proposal half answered."""
    establish(agency)
    plan = planning.draft(
        text="We pay.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    ratified.adopt(plan, on=today, by=administrator)
    seat(committee_group, provider, since=long_ago, by=administrator)
    for member in (committee_chair, second_judge):
        choosing.elect(member, choice="accept", on=today)
    meeting = groups.plan_meeting(committee_group, starts_at=timezone.now(), by=administrator)
    came = {member: Decimal(2) for member in (committee_chair, second_judge, provider)}
    groups.record_attendance(meeting, present=came, by=administrator)
    decision = groups.propose(committee_group, title="A", text="B", by=committee_chair)
    groups.take_position(decision, member=second_judge, choice="agree")
    return agency


def state(agency: Agency, today: date) -> dict[str, Any]:
    """Seats, quorum and the seven indicators, with their evidence."""
    decision = Decision.objects.within(agency).get(title="A")
    seats = Seat.objects.within(agency).order_by("pk")
    results = engine.evaluate([agency.pk], today)[agency.pk]
    return {
        "seats": list(seats.values()),
        "tally": tally.tally(decision, today),
        "judged": {code: (each.status, each.judged) for code, each in results.items()},
    }


def test_seats_quorum_and_all_seven_indicators_stay_as_they_were(
    at_work: Agency,
    committee_group: Group,
    administrator: Member,
    second_judge: Member,
    provider: Member,
    consumer: Member,
    facilitator: Member,
    today: date,
) -> None:
    before = state(at_work, today)
    assert len(before["judged"]) == 7
    for member in (second_judge, provider, consumer):
        pause(member, administrator)
    assert state(at_work, today) == before
    # The comparison is not empty: another seat changes it.
    seat(committee_group, facilitator, since=today, by=administrator)
    assert state(at_work, today)["judged"] != before["judged"]


def test_what_was_earned_goes_on_being_approved_and_paid(
    at_work: Agency,
    administrator: Member,
    second_judge: Member,
    approver: Member,
    payer: Member,
    today: date,
) -> None:
    pause(second_judge, administrator)
    owed = Claim.objects.within(at_work).to_approve().filter(member=second_judge)
    (payment,) = paying.pay(
        claiming.approve(owed, by=approver, on=today), by=payer, paid_on=today, method="cash"
    )
    assert payment.member == second_judge


def test_the_page_of_the_pause_says_who_decides_and_by_when_the_committee_looks_at_it(
    committee_group: Group,
    second_judge: Member,
    administrator: Member,
    consumer: Member,
    login: Login,
) -> None:
    pause(consumer, administrator)
    made = pause(second_judge, administrator)
    by = (made.since + PAUSE_REVIEW.span).strftime("%B %-d, %Y")
    url = at(made.agency, "home_of")
    plain, reviewed = (login(each).get(url).content.decode() for each in (consumer, second_judge))
    assert committee_group.name in plain
    assert by not in plain
    assert by in reviewed


def test_the_committee_reviews_the_pause_of_its_member_and_ends_it_at_once(
    agency: Agency,
    committee_group: Group,
    second_judge: Member,
    administrator: Member,
    committee_chair: Member,
    consumer: Member,
    login: Login,
    today: date,
) -> None:
    pause(consumer, administrator)
    made = pause(second_judge, administrator)
    review = at(agency, "oversight:review_pause", pk=made.pk)
    (item,) = [each for each in waiting(committee_chair, today) if each.url == review]
    assert item.due == made.since + PAUSE_REVIEW.span
    assert not [each for each in waiting(administrator, today) if each.url == review]
    chair = login(committee_chair)
    assert review in chair.get(at(agency, "accounts:pause", pk=made.pk)).content.decode()
    assert login(administrator).get(review).status_code == 403
    assert login(consumer).get(review).status_code == 403
    assert post(chair, review, upheld="no")["Location"] == at(agency, "accounts:pause", pk=made.pk)
    made.refresh_from_db()
    assert made.ended_why == PauseEnd.DECIDED
    assert not made.runs(today)
    assert login(second_judge).get(at(agency, "home_of")).status_code == 200
    assert not [each for each in waiting(committee_chair, today) if each.url == review]


def test_a_pause_that_the_committee_upholds_goes_on_and_waits_no_longer(
    committee_group: Group,
    second_judge: Member,
    administrator: Member,
    committee_chair: Member,
    login: Login,
    today: date,
) -> None:
    made = pause(second_judge, administrator)
    by = (made.since + PAUSE_REVIEW.span).strftime("%B %-d, %Y")
    page, home = at(made.agency, "accounts:pause", pk=made.pk), at(made.agency, "home_of")
    chair, theirs = login(committee_chair), login(second_judge)
    assert by in chair.get(page).text
    assert by in theirs.get(home).text
    rule_on_pause(made, upheld=True, by=committee_chair)
    made.refresh_from_db()
    assert made.runs(today)
    # Nobody is told of an upcoming review that already took place.
    assert by not in chair.get(page).text
    assert by not in theirs.get(home).text
    assert not [each for each in waiting(committee_chair, today) if "/pauses/" in each.url]
    with pytest.raises(Refused, match="already"):
        rule_on_pause(made, upheld=False, by=committee_chair)


def test_who_paused_or_is_paused_or_does_not_vote_there_decides_nothing(
    committee_group: Group,
    second_judge: Member,
    administrator: Member,
    consumer: Member,
    advisor: Member,
) -> None:
    made = pause(second_judge, administrator)
    for by in (administrator, second_judge, consumer, advisor):
        with pytest.raises(Refused):
            rule_on_pause(made, upheld=False, by=by)
        with pytest.raises(Error), transaction.atomic():
            PauseRuling.objects.within(made.agency).create(
                pause=made, upheld=False, by=by, on=made.since
            )


def test_a_pause_lasts_longer_when_the_committee_agrees(
    committee_group: Group,
    committee_chair: Member,
    administrator: Member,
    consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    made = pause(consumer, administrator)
    assert made.until is not None
    page = at(made.agency, "accounts:pause", pk=made.pk)
    url = at(made.agency, "oversight:propose_longer", pk=made.pk)
    assert url in login(administrator).get(page).content.decode()
    assert login(facilitator).get(url).status_code == 404
    post(login(administrator), url, reason="The court has not decided yet.")
    decision = Decision.objects.within(made.agency).get(subject_type="pause")
    with pytest.raises(ValidationError, match="already"):
        propose_longer(made, reason="Once more.", by=administrator)
    groups.take_position(decision, member=committee_chair, choice=Choice.AGREE)
    groups.close_decision(decision, by=committee_chair)
    before, made = made, Pause.objects.within(made.agency).get(pk=made.pk)
    assert made.until == before.until + PAUSE_LONGER.span
    assert made.decision_id == decision.pk


def test_no_pause_lasts_longer_by_sql_without_a_decision_of_the_committee(
    committee_group: Group,
    committee_chair: Member,
    administrator: Member,
    consumer: Member,
) -> None:
    made = pause(consumer, administrator)
    assert made.until is not None
    decision = propose_longer(made, reason="The court.", by=administrator)
    other = groups.propose(committee_group, title="Tea", text="Tea.", by=committee_chair)
    groups.take_position(other, member=committee_chair, choice=Choice.AGREE)
    groups.close_decision(other, by=committee_chair)
    later = made.until + PAUSE_LONGER.span
    for key in (decision.pk, other.pk, None):
        with pytest.raises(Error), transaction.atomic():
            Pause.objects.within(made.agency).filter(pk=made.pk).update(
                until=later, decision_id=key
            )
