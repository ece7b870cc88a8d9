"""The consumers release an Account, management can't hold it back, and nobody rewrites it."""

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.db.models import Model
from django.test import Client
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from foundation.addresses import at
from foundation.quarters import Quarter
from foundation.refusals import Refused
from groups.actions.decisions import take_position, withdraw
from groups.actions.writing import settle_in_writing
from groups.models import Choice, Decision, Group
from notifications.models import Message
from quarterly import actions
from quarterly.facts import AccountLine, PaidInQuarter, QuarterFacts, as_text, of_text
from quarterly.models import AccountStatus, QuarterlyAccount
from quarterly.policies import REPLY
from quarterly.tasks import attend_to, sweep
from tests.conftest import Enter, Login, assert_budget
from tests.quarterly.conftest import OPENING

DAY = timedelta(days=1)


def decided(
    account: QuarterlyAccount,
    said: Iterable[tuple[Member, str]],
    time_machine: TimeMachineFixture,
) -> QuarterlyAccount:
    """Each says this, and the last day passes."""
    decision = account.decision
    assert decision is not None
    for member, choice in said:
        take_position(decision, member=member, choice=choice)
    decision.refresh_from_db()
    assert decision.answers_until is not None
    time_machine.move_to(now() + (decision.answers_until - account.agency.today()) + DAY)
    settle_in_writing(decision)
    return again(account)


def again(account: QuarterlyAccount) -> QuarterlyAccount:
    found = QuarterlyAccount.objects.within(account.agency).get(pk=account.pk)
    found.agency = account.agency
    return found


@pytest.fixture
def released(
    asked: QuarterlyAccount,
    manager: Member,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    time_machine: TimeMachineFixture,
) -> QuarterlyAccount:
    said = [(committee_chair, Choice.AGREE), (second_consumer, Choice.AGREE)]
    return decided(asked, [*said, (provider, Choice.OBJECT)], time_machine)


@pytest.mark.promise("account")
def test_the_consumers_release_it_whatever_others_say(
    released: QuarterlyAccount, manager: Member
) -> None:
    assert released.status == AccountStatus.RELEASED
    assert released.released_on == released.agency.today()
    told = Message.objects.within(released.agency).filter(code="account.released")
    assert [each.member_id for each in told] == [manager.pk]


def test_without_the_consumers_it_goes_back_and_can_be_asked_again(
    asked: QuarterlyAccount,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    time_machine: TimeMachineFixture,
) -> None:
    said = [(committee_chair, Choice.AGREE), (second_consumer, Choice.OBJECT)]
    account = decided(asked, [*said, (provider, Choice.AGREE)], time_machine)
    assert (account.status, account.text, account.checksum) == (AccountStatus.DRAFT, "", "")
    account = actions.write_opening(
        account, opening="Say it again.", version=account.version, by=committee_chair
    )
    account = actions.ask_consumers(account, by=committee_chair)
    assert of_text(account.text)[0] == "Say it again."
    assert Decision.objects.within(account.agency).filter(caucus=True).count() == 2


@pytest.mark.promise("account")
def test_management_replies_beside_it_and_it_is_out_at_once(
    released: QuarterlyAccount, manager: Member, consumer: Member, login: Login
) -> None:
    page = at(released.agency, "quarterly:account", pk=released.pk)
    assert login(consumer).get(page).status_code == 403
    assert login(manager).get(page).status_code == 200
    actions.reply(released, text="We thank you.", by=manager)
    shown = login(consumer).get(page).content.decode()
    assert OPENING in shown
    assert "We thank you." in shown
    assert again(released).text == released.text
    with pytest.raises(Refused):
        actions.reply(released, text="One more thing.", by=manager)


@pytest.mark.promise("account")
def test_no_reply_holds_it_back(
    released: QuarterlyAccount,
    manager: Member,
    consumer: Member,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    page = at(released.agency, "quarterly:account", pk=released.pk)
    time_machine.move_to(now() + REPLY.span)
    assert login(consumer).get(page).status_code == 403, "management's last day"
    time_machine.move_to(now() + DAY)
    assert login(consumer).get(page).status_code == 200, "whether or not the job ran"
    with pytest.raises(Refused):
        actions.reply(released, text="Too late.", by=manager)
    sweep()
    attend_to(released.agency_id, released.pk)
    account = again(released)
    assert account.status == AccountStatus.OUT
    told = Message.objects.within(released.agency).filter(code="account.out")
    everybody = Member.objects.within(released.agency).today(released.agency.today())
    assert sorted(each.member_id for each in told) == sorted(each.pk for each in everybody)


def test_the_job_does_nothing_before_its_day(released: QuarterlyAccount) -> None:
    attend_to(released.agency_id, released.pk)
    assert again(released).status == AccountStatus.RELEASED


def test_who_is_judged_by_it_writes_and_asks_nothing(
    draft: QuarterlyAccount, manager: Member, consumer: Member, administrator: Member
) -> None:
    for member in (manager, consumer, administrator):
        with pytest.raises(Refused):
            actions.write_opening(draft, opening="All is well.", version=1, by=member)
        with pytest.raises(Refused):
            actions.ask_consumers(draft, by=member)
        with pytest.raises(Refused):
            actions.reply(draft, text="All is well.", by=member)


def test_what_is_asked_for_stays_as_it_is(
    asked: QuarterlyAccount, committee_chair: Member, enter: Enter
) -> None:
    with pytest.raises(Refused):
        actions.write_opening(asked, opening="Other.", version=asked.version, by=committee_chair)
    with pytest.raises(Refused):
        actions.ask_consumers(asked, by=committee_chair)


def test_a_quarter_has_one_account_and_is_over(
    draft: QuarterlyAccount, quarter: Quarter, committee_chair: Member
) -> None:
    for since in (quarter.since, draft.agency.today()):
        with pytest.raises(ValidationError):
            actions.begin_account(since=since, opening=OPENING, by=committee_chair)
    with pytest.raises(ValidationError):
        actions.write_opening(draft, opening=" ", version=draft.version, by=committee_chair)
    with pytest.raises(ValidationError):
        actions.write_opening(draft, opening="A", version=draft.version + 1, by=committee_chair)


def test_a_proposal_that_is_withdrawn_gives_it_back(
    asked: QuarterlyAccount, provider: Member
) -> None:
    assert asked.decision is not None
    withdraw(asked.decision, by=provider)
    assert again(asked).status == AccountStatus.DRAFT


ATTACKS = {
    "released without the consumers": (
        "asked",
        "UPDATE quarterly_quarterlyaccount SET status = 'released', released_on = since,"
        " reply_until = until",
    ),
    "other words than they were asked about": (
        "asked",
        "UPDATE quarterly_quarterlyaccount SET opening = 'All is well.'",
    ),
    "a decision that is not theirs": (
        "asked",
        "UPDATE quarterly_quarterlyaccount SET decision_id = NULL",
    ),
    "a first paragraph by management": (
        "released",
        "UPDATE quarterly_quarterlyaccount SET opening = 'All is well.'",
    ),
    "another text": ("released", "UPDATE quarterly_quarterlyaccount SET text = '{}'"),
    "more time for a reply": (
        "released",
        "UPDATE quarterly_quarterlyaccount SET reply_until = reply_until + 30",
    ),
    "taken back": (
        "released",
        "UPDATE quarterly_quarterlyaccount SET status = 'draft', text = '', checksum = '',"
        " released_on = NULL, reply_until = NULL",
    ),
    "gone": ("released", "DELETE FROM quarterly_quarterlyaccount"),
    "a reply too late": (
        "released",
        "UPDATE quarterly_quarterlyaccount SET status = 'out', out_on = reply_until + 1,"
        " reply = 'Late.', replied_by_id = begun_by_id, replied_on = reply_until + 1",
    ),
}


@pytest.mark.promise("account")
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses(attack: str, request: pytest.FixtureRequest) -> None:
    state, statement = ATTACKS[attack]
    request.getfixturevalue(state)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_one_that_begins_released(
    released: QuarterlyAccount, manager: Member
) -> None:
    row = again(released)
    row.pk, row._state.adding = None, True
    row.since, row.until = row.since - 400 * DAY, row.until - 400 * DAY
    with pytest.raises(Error), transaction.atomic():
        Model.save(row, force_insert=True)


def test_a_text_reads_as_it_was_written() -> None:
    told = QuarterFacts(
        dialogues=2,
        meetings=3,
        said=(AccountLine("Waiting is hard"),),
        begun=(),
        done=(AccountLine("A calmer room", "You said it was loud."),),
        refused=(),
        asked=(AccountLine("REC-2026-001: Answer sooner"),),
        paid=PaidInQuarter("12", "$480.00", "9"),
    )
    assert of_text(as_text("Hello", told)) == ("Hello", told)


def test_a_draft_asks_the_database_seldom(
    draft: QuarterlyAccount, committee_chair: Member, login: Login
) -> None:
    page = at(draft.agency, "quarterly:account", pk=draft.pk)
    assert_budget(login(committee_chair), page, 15)


def test_pages_lead_through_it(
    committee: Group,
    quarter: Quarter,
    committee_chair: Member,
    second_consumer: Member,
    manager: Member,
    enter: Enter,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    """Begun, changed, asked for, released, replied to, printed: all by pages."""
    agency = committee.agency
    chair = login(committee_chair)
    listed = at(agency, "quarterly:accounts")
    assert at(agency, "quarterly:begin") in chair.get(listed).text
    outsider = login(enter("Nia", StandingKind.PROVIDER))
    assert at(agency, "quarterly:begin") not in outsider.get(listed).text

    def send(client: Client, url: str, **said: str) -> None:
        found = dict(
            re.findall(r'name="(submission|version)" value="([^"]+)"', client.get(url).text)
        )
        answer = client.post(url, {**found, **said}, follow=True)
        assert answer.status_code == 200

    send(chair, at(agency, "quarterly:begin"), since=quarter.since.isoformat(), opening=OPENING)
    account = QuarterlyAccount.objects.within(agency).get()
    urls = {
        name: at(agency, f"quarterly:{name}", pk=account.pk)
        for name in ("account", "write", "ask", "reply", "poster", "pdf")
    }
    assert outsider.get(urls["account"]).status_code == 403
    send(chair, urls["write"], opening="Better words.")
    send(chair, urls["ask"])
    account.refresh_from_db()
    assert "Better words." in chair.get(urls["account"]).text
    said = [(committee_chair, Choice.AGREE), (second_consumer, Choice.AGREE)]
    account.agency = agency
    decided(account, said, time_machine)
    chair, outsider, managing = login(committee_chair), login(second_consumer), login(manager)
    assert {chair.get(urls[name]).status_code for name in ("poster", "pdf")} == {403}
    send(managing, urls["reply"], replies="no", text="")
    assert outsider.get(urls["poster"]).status_code == 200
    pdf = outsider.get(urls["pdf"])
    assert pdf.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf.content
    assert urls["account"] in outsider.get(listed).text
