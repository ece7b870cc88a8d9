"""Legal holds: what they keep, who sets and ends them, and what nobody can do to them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from accounts.models import Member
from foundation import holding, tenancy
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.holding import Holds
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Group
from notifications.models import Message
from privacy.holds import actions
from privacy.holds.models import HoldScope, LegalHold
from tests.conftest import Enter, Login, Look, assert_budget
from tests.privacy.conftest import EnterOrder, SetHold

pytestmark = pytest.mark.django_db


def test_each_scope_keeps_what_it_says_until_it_ends(
    set_hold: SetHold, administrator: Member, consumer: Member, council: Group, agency: Agency
) -> None:
    today, day = agency.today(), timedelta(days=1)
    assert not holding.in_force(agency, today)
    person = set_hold()
    set_hold(scope=HoldScope.GROUP, member=None, group=council)
    set_hold(scope=HoldScope.PERIOD, member=None, first=today - 9 * day, last=today - 5 * day)
    held = holding.in_force(agency, today)
    assert held.keep(people=[consumer.pk, administrator.pk])
    assert not held.keep(people=[administrator.pk], groups=[council.pk + 1], day=today)
    assert held.keep(groups=[council.pk])
    kept = [held.of_day(today - number * day) for number in (10, 9, 5, 4)]
    assert kept == [False, True, True, False]
    actions.end(person, reason="The suit was dropped", by=administrator)
    assert not holding.in_force(agency, today).keep(people=[consumer.pk])
    # The day before, it was held.
    assert Holds() == holding.in_force(agency, today - day)


def test_a_period_without_an_end_keeps_what_is_still_to_come(
    set_hold: SetHold, agency: Agency
) -> None:
    today = agency.today()
    set_hold(scope=HoldScope.PERIOD, member=None, first=today)
    held = holding.in_force(agency, today)
    assert held.of_day(today + timedelta(days=4000))
    assert not held.of_day(today - timedelta(days=1))


def test_a_second_administrator_is_told_of_both(
    set_hold: SetHold, second_administrator: Member, administrator: Member, agency: Agency
) -> None:
    hold = set_hold()
    actions.end(hold, reason="Over", by=administrator)
    told = Message.objects.within(agency).filter(code="legal_hold.changed")
    assert {message.member_id for message in told} == {second_administrator.pk}
    assert {message.title for message in told} == {""}


def test_whoever_is_held_neither_sets_nor_ends_the_hold_nor_is_told(
    set_hold: SetHold, second_administrator: Member, agency: Agency
) -> None:
    with pytest.raises(Refused):
        set_hold(by=second_administrator, member=second_administrator)
    hold = set_hold(member=second_administrator)
    with pytest.raises(Refused):
        actions.end(hold, reason="Over", by=second_administrator)
    assert not Message.objects.within(agency).filter(code="legal_hold.changed").exists()


@pytest.mark.parametrize("who", ["consumer", "facilitator", "approver", "manager"])
def test_only_administrators_keep_holds(
    who: str, set_hold: SetHold, request: pytest.FixtureRequest, agency: Agency, login: Login
) -> None:
    member, hold = request.getfixturevalue(who), set_hold()
    with pytest.raises(Refused):
        set_hold(by=member)
    with pytest.raises(Refused):
        actions.end(hold, reason="Over", by=member)
    client = login(member)
    assert client.get(at(agency, "privacy:holds")).status_code == 403
    assert client.get(at(agency, "privacy:hold", pk=hold.pk)).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scope": "all"}, "scope"),
        ({"member": None}, "member"),
        ({"scope": "group"}, "group"),
        ({"scope": "period"}, "first"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    given: dict[str, object], field: str, set_hold: SetHold, agency: Agency
) -> None:
    with pytest.raises(ValidationError) as error:
        set_hold(**given)
    assert [*error.value.message_dict] == [field]
    assert not LegalHold.objects.within(agency).exists()


def test_a_period_that_ends_before_it_begins_is_told(set_hold: SetHold, agency: Agency) -> None:
    today = agency.today()
    with pytest.raises(ValidationError) as error:
        set_hold(scope="period", member=None, first=today, last=today - timedelta(days=1))
    assert [*error.value.message_dict] == ["last"]


@pytest.mark.parametrize(
    "change",
    [
        "member_id = by_id",
        "scope = 'period', member_id = NULL, first = since",
        "since = since + 1",
        "reason = 'Another'",
        "until = since",
        "until = since, ended_by_id = member_id, ended_at = now(), end_reason = 'Over'",
        "until = since, ended_by_id = by_id, ended_at = now()",
    ],
)
def test_by_sql_nobody_changes_a_hold(change: str, set_hold: SetHold) -> None:
    hold = set_hold()
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE privacy_legalhold SET {change} WHERE id = %s", [hold.pk])  # noqa: S608


def test_by_sql_a_hold_is_not_deleted_nor_begun_again(
    set_hold: SetHold, administrator: Member
) -> None:
    hold = actions.end(set_hold(), reason="Over", by=administrator)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_legalhold WHERE id = %s", [hold.pk])
    again = (
        "UPDATE privacy_legalhold SET until = NULL, ended_by_id = NULL, ended_at = NULL,"
        " end_reason = '' WHERE id = %s"
    )
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(again, [hold.pk])


def test_a_hold_keeps_nothing_of_another_agency(
    set_hold: SetHold, other_agency: Agency, consumer: Member
) -> None:
    set_hold()
    with tenancy.entering(other_agency):
        assert not holding.in_force(other_agency, other_agency.today())


def test_a_hold_goes_its_way_on_the_pages(
    set_hold: SetHold,
    enter_order: EnterOrder,
    administrator: Member,
    agency: Agency,
    login: Login,
    look: Look,
) -> None:
    client = login(administrator)
    look(client, at(agency, "privacy:holds"))
    look(client, at(agency, "privacy:choose_hold"))
    for scope in HoldScope:
        look(client, at(agency, "privacy:set_hold", scope=scope.value))
    hold = set_hold(order=enter_order())
    look(client, at(agency, "privacy:hold", pk=hold.pk))
    look(client, at(agency, "privacy:end_hold", pk=hold.pk))
    actions.end(hold, reason="Over", by=administrator)
    look(client, at(agency, "privacy:hold", pk=hold.pk))
    look(client, at(agency, "privacy:holds"))
    assert client.get(at(agency, "privacy:end_hold", pk=hold.pk)).status_code == 403


def test_the_list_costs_the_same_however_many_there_are(
    set_hold: SetHold, enter: Enter, administrator: Member, agency: Agency, login: Login
) -> None:
    set_hold()
    client, url = login(administrator), at(agency, "privacy:holds")
    few = assert_budget(client, url)
    for number in range(3):
        set_hold(member=enter(f"One {number}"))
    assert assert_budget(client, url) == few


def test_an_administrator_sets_one_in_the_form(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(administrator), at(agency, "privacy:set_hold", scope="person")
    form = client.get(url).context["form"]
    answer = client.post(url, {**_hidden(form), "reason": ""})
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"member", "reason"}
    chosen = form.fields["member"].choices
    code = next(value for value, label in chosen if str(label).startswith(str(consumer)))
    client.post(url, {**_hidden(form), "member": str(code), "reason": "Lawsuit"})
    hold = LegalHold.objects.within(agency).get()
    assert (hold.member, hold.reason) == (consumer, "Lawsuit")
    unknown = at(agency, "privacy:set_hold", scope="everything")
    assert client.get(unknown).status_code == 404


def _hidden(form: PortalForm) -> dict[str, str]:
    return {field.html_name: field.value() or "" for field in form.hidden_fields()}
