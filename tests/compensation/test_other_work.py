"""Preparation and travel: recorded beside attendance, paid once by the plan's rules."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.offers.models import OfferChoice
from compensation.other_work import actions
from compensation.other_work.models import OtherWork
from compensation.plan.models import RateBasis, WorkKind
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import record_attendance, undo_record, void_attendance
from groups.models import Attendance, Meeting
from tests.compensation.conftest import council, meeting
from tests.compensation.test_rates import in_force, sql
from tests.conftest import Login
from tests.security.test_money import together

__all__ = ["council", "meeting"]

PREPARATION, TRAVEL = WorkKind.PREPARATION, WorkKind.TRAVEL
RATES = {
    PREPARATION: (Decimal(12), RateBasis.HOUR),
    TRAVEL: (Decimal(8), RateBasis.SESSION),
}
THIRD = Decimal("0.33")  # 20 minutes


@state
def came(meeting: Meeting, administrator: Member, consumer: Member, provider: Member) -> Attendance:
    in_force(administrator, RATES)
    present = {consumer: Decimal(1), provider: Decimal(1)}
    rows = record_attendance(meeting, present=present, by=administrator)
    return next(row for row in rows if row.member == consumer)


def record(meeting: Meeting, by: Member, member: Member, **hours: str) -> list[OtherWork]:
    done = {WorkKind(work): Decimal(given) for work, given in hours.items()}
    return actions.enter(meeting, done={member: done}, by=by)


def lines(member: Member) -> dict[str, Claim]:
    claims = Claim.objects.within(member.agency).exclude(other_work=None)
    found = claims.filter(member=member, kind=ClaimKind.PAY).select_related("rule", "other_work")
    return {claim.other_work.work: claim for claim in found if claim.other_work}


def test_it_earns_at_once_by_its_rule_and_minutes_are_exact(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member, provider: Member
) -> None:
    record(meeting, administrator, consumer, preparation="0.33", travel="0.75")
    found = lines(consumer)
    # 20 minutes at $12 an hour; travel is paid each time.
    assert (found["preparation"].amount, found["travel"].amount) == (Decimal(4), Decimal(8))
    assert found["preparation"].status == ClaimStatus.WAITING
    record(meeting, administrator, provider, preparation="1")
    assert lines(provider) == {}


def test_it_follows_the_choice_of_the_member(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    choosing.elect(consumer, choice=OfferChoice.DECLINE, on=agency.today())
    record(meeting, administrator, consumer, preparation="1")
    assert lines(consumer)["preparation"].status == ClaimStatus.WAIVED


def test_a_correction_is_made_in_place_until_it_is_approved_and_then_by_a_line_of_its_own(
    came: Attendance,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> None:
    choosing.elect(consumer, choice=OfferChoice.ACCEPT, on=agency.today())
    record(meeting, administrator, consumer, preparation="1")
    record(meeting, administrator, consumer, preparation="0.50")
    assert lines(consumer)["preparation"].amount == Decimal(6)
    (line,) = claiming.approve([lines(consumer)["preparation"]], by=approver, on=agency.today())
    record(meeting, administrator, consumer, preparation="0")
    claims = Claim.objects.within(agency).filter(other_work=line.other_work)
    correction = claims.get(kind=ClaimKind.ADJUSTMENT)
    assert (correction.amount, correction.entered_by) == (Decimal(-6), administrator)
    claiming.undo_approval(line, by=approver, on=agency.today())
    assert sum(each.amount for each in claims) == 0
    connection.check_constraints()


def test_the_daily_limit_counts_all_work_of_the_day(
    meeting: Meeting, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, RATES, cap=Decimal(25))
    record_attendance(meeting, present={consumer: Decimal(1)}, by=administrator)
    record(meeting, administrator, consumer, preparation="1")
    line = lines(consumer)["preparation"]
    assert (line.amount, line.before_cap) == (Decimal(5), Decimal(12))
    record_attendance(meeting, present={consumer: Decimal("0.50")}, by=administrator)
    line.refresh_from_db()
    assert (line.amount, line.before_cap) == (Decimal(12), None)


def test_who_was_not_there_after_all_did_not_prepare_either(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member
) -> None:
    record(meeting, administrator, consumer, preparation="1")
    void_attendance(came, reason="Wrong box", by=administrator)
    assert lines(consumer)["preparation"].status == ClaimStatus.NOTHING
    with pytest.raises(ValidationError):
        record(meeting, administrator, consumer, preparation="1")


def test_only_who_records_the_meeting_writes_it_down_and_only_what_the_plan_pays(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member
) -> None:
    with pytest.raises(Refused):
        record(meeting, consumer, consumer, preparation="1")
    assert record(meeting, administrator, consumer, dialogue="1") == []


def test_without_a_rule_nobody_is_asked(
    meeting: Meeting, administrator: Member, consumer: Member, login: Login, agency: Agency
) -> None:
    in_force(administrator, {})
    record_attendance(meeting, present={consumer: Decimal(1)}, by=administrator)
    with pytest.raises(Refused):
        record(meeting, administrator, consumer, preparation="1")
    page = at(agency, "compensation:other_work", pk=meeting.pk)
    assert page not in login(administrator).get(at(agency, "groups:meeting", pk=meeting.pk)).text


def test_by_sql_it_is_paid_once_to_whoever_did_it_at_its_own_rule(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member, provider: Member
) -> None:
    record(meeting, administrator, consumer, preparation="1", travel="1")
    for attack in (
        'INSERT INTO compensation_otherwork (agency_id, member_id, work, "on", hours, meeting_id,'
        ' standing, recorded_by_id, recorded_at) SELECT agency_id, member_id, work, "on", 24,'
        " meeting_id, standing, recorded_by_id, recorded_at FROM compensation_otherwork",
        f"UPDATE compensation_otherwork SET member_id = {provider.pk}",  # noqa: S608
        'UPDATE compensation_otherwork SET "on" = "on" - 1',
        "UPDATE compensation_otherwork SET work = 'travel' WHERE work = 'preparation'",
        "DELETE FROM compensation_otherwork",
        "UPDATE compensation_claim SET other_work_id = NULL WHERE other_work_id IS NOT NULL",
        "UPDATE compensation_claim c SET rule_id = o.rule_id, rate = o.rate"
        " FROM compensation_claim o WHERE o.rate = 8 AND c.rate = 12",
    ):
        with pytest.raises(DatabaseError):
            sql(attack)
    copy = Claim.objects.within(administrator.agency).get(pk=lines(consumer)["preparation"].pk)
    copy.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save(force_insert=True)


def test_it_is_written_down_with_the_meeting_and_undone_with_it(
    meeting: Meeting, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    in_force(administrator, RATES)
    client = login(administrator)
    address = at(agency, "groups:after", pk=meeting.pk)
    form = client.get(address).context["form"]
    sent = {
        "submission": form["submission"].value(),
        "version": form["version"].value(),
        "took": "1",
        "guests": "0",
        "came": form["came"].field.widget.choices[0][0],
        "other-work-preparation": "20",
        "other-work-travel": "",
        "step": "save",
    }
    people = {str(label): value for value, label in form["came"].field.widget.choices}
    sent["came"] = people[str(consumer)]
    answer = client.post(address, sent, follow=True)
    assert "Preparing for a meeting" in answer.text
    assert lines(consumer)["preparation"].hours == THIRD
    page = client.get(at(agency, "compensation:other_work", pk=meeting.pk))
    box = next(page.context["form"].lines).boxes[0]
    assert box.value() == "20"
    undo_record(meeting, by=administrator)
    assert lines(consumer)["preparation"].status == ClaimStatus.NOTHING
    assert OtherWork.objects.within(agency).standing().count() == 0


def test_each_person_can_be_corrected_on_a_page_of_its_own(
    came: Attendance,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    client = login(administrator)
    address = at(agency, "compensation:other_work", pk=meeting.pk)
    assert address in client.get(at(agency, "groups:meeting", pk=meeting.pk)).text
    form = client.get(address).context["form"]
    boxes = {line.name: line.boxes[0].html_name for line in form.lines}
    sent = {"submission": form["submission"].value(), boxes[str(consumer)]: "90"}
    assert client.post(address, sent).status_code == 302
    assert lines(consumer)["preparation"].amount == Decimal(18)


@pytest.mark.django_db(transaction=True)
def test_two_sessions_at_once_write_it_once(
    came: Attendance, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    together(
        agency,
        lambda: record(meeting, administrator, consumer, preparation="1"),
        lambda: record(meeting, administrator, consumer, preparation="1"),
    )
    assert Claim.objects.within(agency).exclude(other_work=None).count() == 1
