"""Members say if a payment came; what did not come is answered or undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.policies import ARRIVAL_ASKED, ARRIVAL_DAYS
from compensation.receiving import actions
from compensation.receiving.models import Arrival, ArrivalKind
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import days_later, paid
from tests.conftest import Enter, Login, assert_budget

__all__ = ["council", "earned", "meeting", "paid", "plan"]

GOT, MISSING, FOUND = ArrivalKind.GOT, ArrivalKind.MISSING, ArrivalKind.FOUND


def kinds(member: Member) -> list[tuple[str, bool]]:
    """The titles of what waits for the member about payments that did not come."""
    rows = waiting(member, member.agency.today())
    return [(row.title, row.overdue) for row in rows if "did not come" in row.title]


def test_two_taps_say_that_it_came_or_did_not(
    paid: Payment, consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    client, mine = login(consumer), at(agency, "compensation:my_payments")
    url = at(agency, "compensation:came", pk=paid.pk)
    assert url in client.get(mine).text
    assert_budget(client, url)
    sent = {"submission": uuid4(), "missing": "1"}
    assert client.post(url, sent)["Location"] == mine
    # A second click reaches the same page, and says nothing twice.
    assert client.post(url, sent)["Location"] == mine
    said = Arrival.objects.within(agency).get()
    assert (said.kind, said.due_on) == (
        MISSING,
        agency.today() + timedelta(days=ARRIVAL_DAYS.value(agency, agency.today())),
    )
    assert [late for _title, late in kinds(payer)] == [False]
    assert url in client.get(mine).text
    client.post(url, {"submission": uuid4()})
    assert kinds(payer) == []
    assert url not in client.get(mine).text


def test_what_did_not_come_is_late_for_all_until_it_is_answered(
    paid: Payment,
    consumer: Member,
    payer: Member,
    approver: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    actions.say(paid, kind=MISSING, by=consumer)
    assert kinds(administrator) == kinds(approver) == []
    with days_later(agency, ARRIVAL_DAYS.value(agency, agency.today()) + 1):
        assert [late for _title, late in kinds(payer)] == [True]
        assert [title[-3:] for title, _late in kinds(administrator)] == [": 1"]
        page = login(consumer).get(at(agency, "compensation:my_payments")).text
        assert "late since" in page
        url = at(agency, "compensation:found", pk=paid.pk)
        assert "Late since" in login(payer).get(url).text
        assert "Late since" in login(payer).get(at(agency, "compensation:questions")).text
        answer = {"submission": uuid4(), "words": "It was sent back. You get it Friday."}
        assert login(payer).post(url, answer).status_code == 302
        assert kinds(payer) == kinds(administrator) == []
        assert (
            "You get it Friday." in login(consumer).get(at(agency, "compensation:my_payments")).text
        )
        # The member reads it, and can say again that nothing came.
        again = actions.say(paid, kind=MISSING, by=consumer)
        assert len(kinds(payer)) == 1
        assert again.due_on is not None
        paying.reverse(paid, reason="Lost.", by=payer, on=agency.today())
        assert kinds(payer) == []
        assert Claim.objects.within(agency).get().status == ClaimStatus.APPROVED
        with pytest.raises(Refused, match="undone"):
            actions.say(paid, kind=GOT, by=consumer)


def test_only_payers_are_told_and_only_they_answer(
    paid: Payment, consumer: Member, payer: Member, approver: Member, enter: Enter, agency: Agency
) -> None:
    other = enter("Second payer", roles=(Role.PAYER,))
    with pytest.raises(Refused, match="does not wait"):
        actions.answer(paid, words="Here.", by=payer)
    actions.say(paid, kind=MISSING, by=consumer)
    with pytest.raises(Refused, match="already"):
        actions.say(paid, kind=MISSING, by=consumer)
    told = Message.objects.within(agency).filter(code="payment.missing")
    assert {each.member_id for each in told} == {payer.pk, other.pk}
    for somebody in (approver, consumer):
        with pytest.raises(Refused, match="Only a payer"):
            actions.answer(paid, words="Here.", by=somebody)
    actions.answer(paid, words="Here.", by=other)


def test_for_somebody_on_paper_it_is_entered_by_one_who_had_no_part_in_it(
    paid: Payment, consumer: Member, facilitator: Member, payer: Member, agency: Agency
) -> None:
    with pytest.raises(Refused, match="sign in"):
        actions.say(paid, kind=GOT, by=facilitator, said_how="spoken")
    with pytest.raises(Refused, match="Only the person"):
        actions.say(paid, kind=GOT, by=payer, said_how="spoken")
    execute(f"UPDATE accounts_member SET user_id = NULL WHERE id = {consumer.pk}")  # noqa: S608
    with pytest.raises(ValidationError, match="later day"):
        actions.say(
            paid,
            kind=GOT,
            by=facilitator,
            said_how="spoken",
            said_on=paid.paid_on - timedelta(days=1),
        )
    said = actions.say(paid, kind=MISSING, by=facilitator, said_how="spoken")
    assert (said.by_id, said.member_id, said.said_how) == (facilitator.pk, consumer.pk, "spoken")


def test_who_paid_enters_nothing_for_somebody_on_paper(
    earned: Claim,
    consumer: Member,
    approver: Member,
    administrator: Member,
    enter: Enter,
    agency: Agency,
    login: Login,
) -> None:
    both = enter("Both", roles=(Role.PAYER, Role.FACILITATOR))
    claiming.approve([earned], by=approver, on=agency.today())
    (payment,) = paying.pay([earned], by=both, paid_on=agency.today(), method="cash")
    execute(f"UPDATE accounts_member SET user_id = NULL WHERE id = {consumer.pk}")  # noqa: S608
    with pytest.raises(Refused, match="somebody else writes down"):
        actions.say(payment, kind=GOT, by=both, said_how="spoken")
    helper = enter("Helper", roles=(Role.FACILITATOR,))
    client, url = login(helper), at(agency, "compensation:came_for", pk=consumer.pk)
    person = at(agency, "accounts:member", pk=consumer.pk)
    assert url in login(administrator).get(person).text
    page = client.get(url).text
    assert f"{payment.amount:.2f}" not in page
    assert code_of(payment) in page
    sent = {"submission": uuid4(), "kind": "got", "said_how": "signed"}
    sent["payment"] = code_of(payment)
    sent["said_on"] = agency.today().isoformat()
    assert client.post(url, sent).status_code == 302
    assert Arrival.objects.within(agency).get().by_id == helper.pk


INSERT = (
    "INSERT INTO compensation_arrival (agency_id, payment_id, member_id, kind, said_on, said_how,"
    " due_on, words, by_id, recorded_at) SELECT agency_id, id, {member}, {kind}, paid_on, {how},"
    " {due}, {words}, {by}, now() FROM compensation_payment"
)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"member": "paid_by_id", "by": "paid_by_id"}, "could have reached"),
        ({"by": "paid_by_id", "how": "'spoken'"}, "whoever paid or approved"),
        ({"by": "paid_by_id"}, "whoever paid or approved"),
        ({"kind": "'found'", "words": "'Here.'", "by": "paid_by_id"}, "does not follow"),
        ({"kind": "'missing'"}, "arrival_missing_has_a_clock"),
        ({"words": "'Mine'"}, "arrival_answered_in_words"),
        ({"kind": "'lost'"}, "arrival_kind"),
    ],
)
def test_the_database_takes_only_what_could_be_said(
    change: dict[str, str], match: str, paid: Payment
) -> None:
    usual = {"member": "member_id", "kind": "'got'", "how": "''", "due": "NULL", "words": "''"}
    usual["by"] = "member_id"
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        execute(INSERT.format(**usual | change))
    execute(INSERT.format(**usual))
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        execute(INSERT.format(**usual))


@pytest.mark.parametrize(
    "sql", ["UPDATE compensation_arrival SET kind = 'got'", "DELETE FROM compensation_arrival"]
)
def test_what_was_said_is_never_changed(sql: str, paid: Payment, consumer: Member) -> None:
    actions.say(paid, kind=MISSING, by=consumer)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(sql)


def test_after_some_time_nobody_is_asked_any_more(
    paid: Payment, consumer: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:came", pk=paid.pk)
    mine = at(agency, "compensation:my_payments")
    with days_later(agency, ARRIVAL_ASKED.value + 1):
        assert url not in login(consumer).get(mine).text
        actions.say(paid, kind=MISSING, by=consumer)
        assert url in login(consumer).get(mine).text


def test_of_others_payments_nobody_says_anything(
    paid: Payment, second_consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:came", pk=paid.pk)
    for other in (second_consumer, payer):
        assert login(other).get(url).status_code == 404
        assert login(other).post(url, {"submission": uuid4()}).status_code == 404
    assert (
        login(second_consumer).get(at(agency, "compensation:found", pk=paid.pk)).status_code == 403
    )
