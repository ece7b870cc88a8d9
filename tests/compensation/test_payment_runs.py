"""Payments prepared by one and released by another, also if the process dies in the middle."""

import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.ledger.models import Posting
from compensation.payments import actions
from compensation.payments.models import Payment, PaymentRun, RunLine
from compensation.payments.reading import run_now
from compensation.policies import RUNS_NEED_TWO
from compensation.proving.checking import findings
from compensation.receiving import actions as receiving
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from indicators.actions import change_policy
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_lists import cost, crowd, one
from tests.compensation.test_paying_many import Payer
from tests.compensation.test_vouching import approved, refusing
from tests.conftest import Enter, Login, assert_budget
from tests.foundation.test_source import ROOT
from tests.recovery.test_commands import environment

__all__ = ["approved", "council", "earned", "meeting", "one", "plan"]

# What a release takes, however many lines there are.
MOST = 20
LINES = 500


@pytest.fixture
def second_payer(enter: Enter) -> Member:
    return enter("Pat", roles=(Role.PAYER,))


@pytest.fixture
def run(approved: Claim, payer: Member, agency: Agency) -> PaymentRun:
    return actions.prepare([approved], by=payer, paid_on=agency.today(), method="check")


@pytest.fixture
def large(one: Claim, approver: Member, payer: Member, agency: Agency) -> PaymentRun:
    lines = claiming.approve(crowd(one, LINES - 1), by=approver, on=agency.today())
    return actions.prepare(lines, by=payer, paid_on=agency.today(), method="transfer")


def test_nothing_is_posted_before_another_payer_releases_it(
    run: PaymentRun, approved: Claim, payer: Member, approver: Member, second_payer: Member
) -> None:
    agency = run.agency
    assert (run.people, run.total) == (1, approved.amount)
    assert Payment.objects.within(agency).count() == 0
    assert Posting.objects.within(agency).count() == 1
    for by in (payer, approver):
        with pytest.raises(Refused):
            actions.release(run, by=by)
    (payment,) = actions.release(run, by=second_payer)
    assert (payment.paid_by, payment.amount) == (second_payer, approved.amount)
    with pytest.raises(Refused):
        actions.release(run, by=second_payer)
    connection.check_constraints()


def test_who_approved_a_line_does_not_release_it(
    approved: Claim, approver: Member, payer: Member, agency: Agency, enter: Enter
) -> None:
    both = enter("Bo", roles=(Role.PAYER, Role.APPROVER))
    (theirs,) = claiming.approve([cost(approved.member, 5)], by=both, on=agency.today())
    run = actions.prepare([approved, theirs], by=payer, paid_on=agency.today(), method="check")
    with pytest.raises(Refused, match="approved this line"):
        actions.release(run, by=both)
    assert Payment.objects.within(agency).count() == 0


def test_a_run_says_what_changed_and_is_prepared_again(
    run: PaymentRun,
    approved: Claim,
    approver: Member,
    payer: Member,
    second_payer: Member,
    login: Login,
) -> None:
    agency = run.agency
    (bus,) = claiming.approve([cost(approved.member, 5)], by=approver, on=agency.today())
    both = actions.prepare_again(run, by=payer)
    assert (both.people, both.total) == (1, approved.amount)
    run = actions.prepare([approved, bus], by=payer, paid_on=agency.today(), method="check")
    assert run_now(run, second_payer).changed == []
    claiming.undo_approval(bus, by=approver, on=agency.today())
    assert run_now(run, second_payer).changed == [approved.member]
    client, url = login(second_payer), at(agency, "compensation:payment_run", pk=run.pk)
    releasing = at(agency, "compensation:release_run", pk=run.pk)
    page = client.get(url).text
    assert "prepared again" in page
    assert releasing not in page
    assert client.post(releasing, {"submission": uuid4()}).status_code == 422
    assert Payment.objects.within(agency).count() == 0
    again = at(agency, "compensation:prepare_run_again", pk=run.pk)
    assert client.post(again, {"submission": uuid4()}).status_code == 302
    made = PaymentRun.objects.within(agency).latest("pk")
    assert (made.total, made.prepared_by) == (approved.amount, second_payer)
    actions.release(made, by=payer)


def test_it_goes_its_way_over_the_pages(
    approved: Claim, payer: Member, second_payer: Member, agency: Agency, login: Login
) -> None:
    paying = Payer(login(payer), at(agency, "compensation:to_pay"))
    paying.send()
    paying.send(step="review")
    paying.send(paid_on=agency.today().isoformat(), method="cash", step="prepare")
    run = PaymentRun.objects.within(agency).get()
    client, url = login(second_payer), at(agency, "compensation:payment_run", pk=run.pk)
    assert_budget(client, url)
    assert_budget(client, at(agency, "compensation:payment_runs"))
    rows = b"".join(client.get(at(agency, "compensation:payment_run_csv", pk=run.pk)))
    assert b"Rosa Example,40.00,Cash" in rows
    releasing = at(agency, "compensation:release_run", pk=run.pk)
    assert releasing in client.get(url).text
    assert login(payer).get(releasing).status_code == 403
    sent = {"submission": uuid4()}
    assert client.post(releasing, sent)["Location"] == client.post(releasing, sent)["Location"]
    (payment,) = Payment.objects.within(agency)
    paid = at(agency, "compensation:paid")
    for kind, words in (("missing", "Did not come, they said"), ("got", "It came, they said")):
        receiving.say(payment, kind=kind, by=approved.member)
        assert words in client.get(paid).text
    actions.reverse(payment, reason="Lost.", by=payer, on=agency.today())
    assert "Came back" in client.get(paid).text


def test_where_runs_need_two_nobody_pays_alone(
    approved: Claim, payer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    change_policy(RUNS_NEED_TWO.code, value=True, since=today, reason="Two.", by=administrator)
    with pytest.raises(Refused, match="prepares"):
        actions.pay([approved], by=payer, paid_on=agency.today(), method="cash")
    paying = Payer(login(payer), at(agency, "compensation:to_pay"))
    paying.send()
    paying.send(step="review")
    assert 'value="prepare"' in paying.seen[-1]
    assert 'value="confirm"' not in paying.seen[-1]


@pytest.mark.parametrize(
    ("sql", "match"),
    [
        ("UPDATE {run} SET total = 1", "stays as it is"),
        ("UPDATE {run} SET released_by_id = prepared_by_id, released_on = now()", "two_people|all"),
        ("UPDATE {run} SET released_by_id = {other}, released_on = now()", "all of its payments"),
        ("UPDATE {run} SET prepared_by_id = {other}", "stays as it is"),
        ("DELETE FROM {run}", "permission denied"),
        ("UPDATE compensation_runline SET amount = 1", "permission denied"),
    ],
)
def test_a_run_is_released_as_it_was_prepared(
    sql: str, match: str, run: PaymentRun, second_payer: Member
) -> None:
    """What the serving login writes past the actions."""
    with refusing(match):
        execute(sql.format(run="compensation_paymentrun", other=second_payer.pk))


def test_no_line_joins_a_run_that_is_over(run: PaymentRun, second_payer: Member) -> None:
    line = RunLine.objects.within(run.agency).get()
    bus = cost(line.member, 5)
    actions.release(run, by=second_payer)
    with refusing("open run"):
        RunLine.objects.within(run.agency).create(run=run, claim=bus, member=line.member, amount=5)


def test_few_statements_release_all_lines(large: PaymentRun, second_payer: Member) -> None:
    with CaptureQueriesContext(connection) as releasing:
        made = actions.release(large, by=second_payer)
    assert len(made) == LINES
    said = [each["sql"] for each in releasing if "SAVEPOINT" not in each["sql"][:20]]
    assert len(said) <= MOST, "\n".join(each[:200] for each in said)


RELEASE = """
import sys
import django
django.setup()
from accounts.models import Member
from compensation.payments import actions
from compensation.payments.models import PaymentRun
from foundation import tenancy
from foundation.models import Agency
agency = Agency.objects.get(pk=int(sys.argv[1]))
with tenancy.entering(agency):
    by = Member.objects.within(agency).get(pk=int(sys.argv[3]))
    by.agency = agency
    actions.release(PaymentRun.objects.within(agency).get(pk=int(sys.argv[2])), by=by)
"""
WAITS = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _waiting(count: int) -> None:
    """Wait until this many sessions stand before the books. AssertionError: they never do."""
    for _turn in range(400):
        with connection.cursor() as cursor:
            cursor.execute(WAITS)
            if cursor.fetchone() == (count,):
                return
        time.sleep(0.05)
    raise AssertionError("nobody came to the books")


@pytest.fixture
def releasing(large: PaymentRun, second_payer: Member) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of its own that releases the run."""
    keys = [str(key) for key in (large.agency_id, large.pk, second_payer.pk)]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RELEASE, *keys],
        cwd=ROOT,
        env=environment(str(connection.settings_dict["NAME"]))
        | {"DJANGO_SETTINGS_MODULE": "cqi_portal.settings"},
    )
    yield process
    process.kill()
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_release_killed_in_the_middle_has_paid_nothing_and_can_be_done_again(
    large: PaymentRun,
    second_payer: Member,
    agency: Agency,
    request: pytest.FixtureRequest,
) -> None:
    """It dies with its payments written and its postings not: all of that is gone with it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.books_wait(%s)", [agency.pk])
        process = request.getfixturevalue("releasing")
        _waiting(1)
        process.kill()
        assert process.wait() == -9
    _waiting(0)
    assert [*findings(agency)] == []
    paid = Claim.objects.within(agency).filter(status=ClaimStatus.PAID)
    assert (paid.count(), Payment.objects.within(agency).count()) == (0, 0)
    assert len(actions.release(large, by=second_payer)) == LINES
    assert [*findings(agency)] == []
    assert paid.count() == LINES
    assert Payment.objects.within(agency).count() == LINES
    assert sum(each.amount for each in Payment.objects.within(agency)) == Decimal(large.total)
    with pytest.raises((Refused, ValidationError)):
        actions.release(large, by=second_payer)


@pytest.fixture
def hands(enter: Enter) -> Member:
    """Somebody who approves and pays, and runs groups."""
    return enter("Bo", roles=(Role.PAYER, Role.APPROVER, Role.ADMINISTRATOR))


def test_whoever_approved_a_correction_releases_no_run_without_it(
    earned: Claim,
    meeting: Meeting,
    consumer: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    second_payer: Member,
    hands: Member,
    login: Login,
) -> None:
    """They would pay what they know to be too much; it waits for the next one, and is deducted."""
    agency, on = earned.agency, earned.agency.today()
    claiming.approve([earned], by=approver, on=on)
    attend(meeting, administrator, {consumer: "1.50"})
    prepared = Claim.objects.within(agency).filter(kind="pay")
    run = actions.prepare(prepared, by=payer, paid_on=on, method="check")
    less = Claim.objects.within(agency).get(kind="adjustment")
    claiming.approve([less], by=hands, on=on)
    with pytest.raises(Refused, match="approved a correction"):
        actions.release(run, by=hands)
    # Prepared with it, neither: they decided on what it comes to.
    again = actions.prepare_again(run, by=payer)
    assert again.total == Decimal(30)
    with pytest.raises(Refused, match="approved a correction"):
        actions.release(again, by=hands)
    assert Payment.objects.within(agency).count() == 0
    page = at(agency, "compensation:payment_run", pk=again.pk)
    releasing = at(agency, "compensation:release_run", pk=again.pk)
    for by, offered in ((hands, False), (second_payer, True)):
        assert (releasing in login(by).get(page).text) is offered
        assert ("You had a part" in login(by).get(page).text) is not offered
    (payment,) = actions.release(again, by=second_payer)
    assert (payment.amount, payment.set_off) == (Decimal(30), Decimal(10))


def test_whoever_corrected_hours_pays_them_by_no_way(
    earned: Claim,
    meeting: Meeting,
    consumer: Member,
    approver: Member,
    payer: Member,
    hands: Member,
    login: Login,
) -> None:
    agency, on = earned.agency, earned.agency.today()
    attend(meeting, hands, {consumer: "2.50"})
    (line,) = claiming.approve(Claim.objects.within(agency).filter(kind="pay"), by=approver, on=on)
    assert (line.corrected_by, line.amount) == (hands, Decimal(50))
    with pytest.raises(Refused, match="corrected the hours"):
        actions.pay([line], by=hands, paid_on=on, method="cash")
    run = actions.prepare([line], by=payer, paid_on=on, method="check")
    with pytest.raises(Refused, match="corrected the hours"):
        actions.release(run, by=hands)
    page = at(agency, "compensation:payment_run", pk=run.pk)
    assert at(agency, "compensation:release_run", pk=run.pk) not in login(hands).get(page).text
    assert "somebody else pays it" in login(hands).get(at(agency, "compensation:to_pay")).text
    assert [*Claim.objects.within(agency).payable_by(hands)] == []
    # Neither past the actions.
    rows = Claim.objects.within(agency).filter(pk=line.pk)
    with refusing("claim_corrected_by_another"):
        rows.update(status="paid", paid_by=hands, payment=_made(line, hands))
    with refusing("who corrected line"):
        rows.update(corrected_by=None)


def _made(line: Claim, by: Member) -> Payment:
    made: Payment = Payment.objects.within(line.agency).create(
        member=line.member,
        paid_on=line.agency.today(),
        method="cash",
        amount=line.amount,
        paid_by=by,
    )
    return made


def test_writing_hours_down_once_is_no_correction(
    earned: Claim, meeting: Meeting, consumer: Member, administrator: Member
) -> None:
    assert earned.corrected_by is None
    attend(meeting, administrator, {consumer: "2.00"})
    earned.refresh_from_db()
    assert earned.corrected_by is None
    with refusing("who corrected line"):
        Claim.objects.within(earned.agency).filter(pk=earned.pk).update(corrected_by=administrator)
