"""The activity list shows nobody what its own pages would hide from them."""

import csv
import io
from decimal import Decimal

import pytest
from django.db.models import Model
from django.utils import timezone

from accounts.actions import grant_role, pause_access
from accounts.models import Member
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.plan import actions as planning
from devtools import ratified, seating
from devtools.established import establish
from foundation import events, keys, links
from foundation.addresses import at
from foundation.models import Agency, Event
from groups import actions as group_actions
from groups.models import GroupKind
from tests.conftest import Enter, Login

MONEY = {"claim", "payment", "offer"}


@pytest.fixture
def lived(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    enter: Enter,
) -> Agency:
    """A plan, a council with a meeting, somebody who is paid and somebody who declined."""
    today = establish(agency).today()
    plan = planning.draft(
        text="We pay.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    ratified.adopt(plan, on=today, by=administrator)
    group = group_actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=today
    )
    for member, choice in ((consumer, "accept"), (second_consumer, "decline")):
        seating.seat(group, member, since=today, by=administrator)
        choosing.elect(member, choice=choice, on=today)
    meeting = group_actions.plan_meeting(group, starts_at=timezone.now(), by=administrator)
    group_actions.record_attendance(
        meeting, present={consumer: Decimal(2), second_consumer: Decimal(2)}, by=administrator
    )
    claims = claiming.approve(Claim.objects.within(agency).to_approve(), by=approver, on=today)
    paying.pay(claims, by=payer, paid_on=today, method="cash")
    newcomer = enter("Nora")
    newcomer.user = None
    newcomer.save()
    pause_access(newcomer, reason="harassment", answer_to="555-0100", by=administrator)
    return agency


def listed(login: Login, member: Member) -> set[tuple[str, int | None]]:
    answer = login(member).get(at(member.agency, "accounts:activity_csv"))
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    return {(row["subject"], keys.key(row["subject"], row["subject_id"])) for row in rows}


@pytest.mark.promise("declining")
def test_who_declined_pay_does_not_follow_from_the_list(
    lived: Agency, administrator: Member, login: Login
) -> None:
    assert {row.subject_type for row in Event.objects.within(lived)} >= MONEY
    assert not {kind for kind, _pk in listed(login, administrator)} & MONEY
    page = login(administrator).get(at(lived, "accounts:activity")).content.decode()
    for words in ("approved a payment", "earned a payment", "chose about payment"):
        assert words not in page
    for event in Event.objects.within(lived).filter(subject_type__in=MONEY):
        url = at(lived, "accounts:activity_subject", pk=event.pk)
        assert login(administrator).get(url).status_code == 404


def test_a_letter_sent_tells_nobody_else_that_something_happened_to_its_reader(
    lived: Agency, administrator: Member, consumer: Member, approver: Member
) -> None:
    consumer.email_level = "each"
    consumer.save()
    claim = claiming.claim_cost(
        member=consumer,
        amount=Decimal(3),
        on=lived.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    claiming.send_back(claim, reason="Which bus?", by=approver)
    sent = Event.objects.within(lived).filter(name="email.posted")
    assert sent.exists()
    assert not events.seen_by(administrator).filter(name="email.posted").exists()
    assert events.seen_by(consumer).filter(name="email.posted").count() == sent.count()


def test_what_is_listed_is_what_its_own_page_shows(
    lived: Agency,
    administrator: Member,
    approver: Member,
    consumer: Member,
    facilitator: Member,
    committee_chair: Member,
) -> None:
    """For every type with a page, the list and the page check the same permission."""
    for reader in (administrator, approver, consumer, facilitator, committee_chair):
        seen = {row.pk for row in events.seen_by(reader)}
        for event in Event.objects.within(lived):
            if event.subject_type == "email":
                continue
            link = links.link(event.subject_type, event.subject_id, reader)
            assert (event.pk in seen) == (link is not None), (event, reader)


def test_a_payment_can_be_followed_by_those_who_handle_payments(
    lived: Agency, approver: Member, consumer: Member
) -> None:
    seen = events.seen_by(approver).filter(subject_type="payment")
    assert seen.count() == Payment.objects.within(lived).count()
    assert events.seen_by(consumer).filter(subject_type="payment").exists()


def test_an_event_about_something_that_nobody_spoke_for_warns_and_is_seen_by_nobody(
    lived: Agency, administrator: Member
) -> None:
    planted: Model = Event.objects.within(lived).first()  # type: ignore[assignment]
    with pytest.warns(RuntimeWarning, match="may see event"):
        events.record("anything.happened", planted, by=administrator)  # type: ignore[arg-type]
    assert not events.seen_by(administrator).filter(name="anything.happened").exists()
    row = Event.objects.within(lived).create(
        name="payment.approved", subject_type="something_new", subject_id=1
    )
    assert row not in events.seen_by(administrator)


def test_who_also_approves_payments_sees_them_in_the_list(
    lived: Agency, administrator: Member, login: Login
) -> None:
    grant_role(administrator, role=Role.APPROVER, since=lived.today(), by=administrator)
    again = Member.objects.within(lived).get(pk=administrator.pk)
    again.agency = lived
    assert {kind for kind, _pk in listed(login, again)} & MONEY
