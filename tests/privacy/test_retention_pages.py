"""The pages of the schedule: what they say, who opens them, and what their forms do."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.retention import days
from notifications.models import Message
from privacy.retention import actions
from privacy.retention.models import RetentionRule, RetentionRun, RetentionTurn
from privacy.retention.reading import class_of, is_on
from tests.conftest import Login, Look, assert_budget
from tests.privacy.conftest import SetHold
from tests.privacy.rows_over import MAKERS, Rows
from tests.privacy.test_wholes_rules import consent, over

pytestmark = pytest.mark.django_db


def test_what_is_announced_is_shown_and_kept_by_a_tap(
    client: Client, look: Look, on: RetentionTurn, consumer: Member
) -> None:
    agency = consumer.agency
    consent(consumer, over(agency))
    run = actions.announce(agency)
    assert run is not None
    page = at(agency, "privacy:announced", pk=run.pk)
    for url in (page, at(agency, "privacy:runs"), at(agency, "privacy:due")):
        look(client, url)
    keep = at(agency, "privacy:undo_run", pk=run.pk)
    assert keep in client.get(page).text
    look(client, keep)
    form = client.get(keep).context["form"]
    answer = client.post(keep, hidden(form), follow=True)
    assert answer.status_code == 200
    run.refresh_from_db()
    assert run.undone_on == agency.today()
    look(client, page)
    look(client, at(agency, "privacy:kept_class", code="consents"))
    look(client, at(agency, "privacy:resume_class", code="consents"))
    assert client.get(keep).status_code == 403


def hidden(form: PortalForm) -> dict[str, str]:
    return {field.html_name: field.value() or "" for field in form.hidden_fields()}


@pytest.fixture
def client(administrator: Member, login: Login) -> Client:
    return login(administrator)


def test_the_pages_go_their_way_from_an_empty_schedule_to_an_undone_run(
    client: Client, rows: Rows, set_hold: SetHold, look: Look, administrator: Member
) -> None:
    agency = rows.agency
    for name in ("schedule", "due", "runs", "turn_schedule"):
        look(client, at(agency, f"privacy:{name}"))
    look(client, at(agency, "privacy:kept_class", code="logs"))
    look(client, at(agency, "privacy:kept_class", code="sessions"))
    look(client, at(agency, "privacy:change_class", code="logs"))
    for code, make in MAKERS.values():
        make(rows, rows.over(code))
    set_hold()
    look(client, at(agency, "privacy:due"))
    actions.turn(on=True, by=administrator)
    actions.take(agency, "snapshots")
    actions.take(agency, "submissions")
    look(client, at(agency, "privacy:schedule"))
    look(client, at(agency, "privacy:runs"))
    run = RetentionRun.objects.within(agency).get(code="submissions")
    look(client, at(agency, "privacy:undo_run", pk=run.pk))
    actions.undo(run, by=administrator)
    look(client, at(agency, "privacy:runs"))
    look(client, at(agency, "privacy:resume_class", code="submissions"))
    found = class_of("messages")
    today = agency.today()
    actions.change(found, kept=days(90), since=today, reason="Tidier", by=administrator)
    look(client, at(agency, "privacy:kept_class", code="messages"))
    assert client.get(at(agency, "privacy:undo_run", pk=run.pk)).status_code == 403
    assert client.get(at(agency, "privacy:kept_class", code="nothing")).status_code == 404
    assert client.get(at(agency, "privacy:change_class", code="sessions")).status_code == 403


@pytest.mark.parametrize("who", ["consumer", "facilitator", "manager"])
def test_only_administrators_open_them(
    who: str, request: pytest.FixtureRequest, rows: Rows, on: RetentionTurn, login: Login
) -> None:
    rows.message(rows.over("messages"))
    actions.take(rows.agency, "messages")
    run = RetentionRun.objects.within(rows.agency).get()
    client = login(request.getfixturevalue(who))
    addresses = [
        at(rows.agency, f"privacy:{name}") for name in ("schedule", "due", "runs", "turn_schedule")
    ]
    addresses += [
        at(rows.agency, f"privacy:{name}", code="messages")
        for name in ("kept_class", "change_class", "resume_class")
    ]
    addresses.append(at(rows.agency, "privacy:undo_run", pk=run.pk))
    for address in addresses:
        assert client.get(address).status_code == 403, address


def test_another_agency_s_run_is_not_found(
    rows: Rows, on: RetentionTurn, outsider: Member, login: Login
) -> None:
    rows.message(rows.over("messages"))
    actions.take(rows.agency, "messages")
    run = RetentionRun.objects.within(rows.agency).get()
    theirs = at(outsider.agency, "privacy:undo_run", pk=run.pk)
    assert login(outsider).get(theirs).status_code == 404
    assert login(outsider).get(at(rows.agency, "privacy:runs")).status_code == 404


def test_an_administrator_turns_it_on_once_however_often_it_is_sent(
    client: Client, agency: Agency
) -> None:
    page = client.get(at(agency, "privacy:turn_schedule"))
    address = page.context["action"]
    sent = hidden(page.context["form"])
    client.post(address, sent)
    client.post(address, sent)
    assert is_on(agency, agency.today())
    assert RetentionTurn.objects.within(agency).count() == 1


def test_an_administrator_changes_a_class_in_the_form(client: Client, agency: Agency) -> None:
    url = at(agency, "privacy:change_class", code="logs")
    sent = hidden(client.get(url).context["form"])
    given = {"number": "5", "unit": "years", "since": agency.today().isoformat(), "reason": "Less"}
    answer = client.post(url, {**sent, **given, "cites": ""})
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"number"}
    client.post(url, {**sent, **given, "cites": "State rule 12-3"})
    rule = RetentionRule.objects.within(agency).get()
    assert (rule.months, rule.days, rule.cites) == (60, 0, "State rule 12-3")
    assert "State rule 12-3" in client.get(at(agency, "privacy:kept_class", code="logs")).text


def test_an_administrator_undoes_a_run_and_the_job_puts_it_back(
    client: Client, rows: Rows, on: RetentionTurn, django_capture_on_commit_callbacks: object
) -> None:
    message = rows.message(rows.over("messages"))
    actions.take(rows.agency, "messages")
    url = at(rows.agency, "privacy:undo_run", pk=RetentionRun.objects.within(rows.agency).get().pk)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(url, hidden(client.get(url).context["form"]))
    assert Message.objects.within(rows.agency).filter(pk=message.pk).exists()
    assert "(paused)" in client.get(at(rows.agency, "privacy:schedule")).text


def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, rows: Rows, administrator: Member
) -> None:
    agency = rows.agency
    names = ("schedule", "due", "runs")
    few = {name: assert_budget(client, at(agency, f"privacy:{name}")) for name in names}
    for code, make in MAKERS.values():
        make(rows, rows.over(code))
    for code in ("messages", "logs"):
        found = class_of(code)
        later = agency.today() + timedelta(days=1)
        actions.change(
            found, kept=found.usual or days(1), since=later, reason="x", by=administrator
        )
    actions.turn(on=True, by=administrator)
    for code in ("messages", "submissions"):
        actions.take(agency, code)
    for name in names:
        assert assert_budget(client, at(agency, f"privacy:{name}")) <= few[name] + 1, name
    page = at(agency, "privacy:kept_class", code="messages")
    assert_budget(client, page)
