"""Legal orders: what was asked, answered and told stays on record."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from accounts.models import AccessLog, Member
from accounts.permissions import Role
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.waiting import waiting
from privacy.orders import actions
from privacy.orders.models import LegalOrder, OrderAnswer, WhetherTold
from tests.conftest import Enter, Login, Look, assert_budget
from tests.privacy.conftest import EnterOrder

pytestmark = pytest.mark.django_db


def waits(member: Member) -> list[str]:
    """What there is to do about legal orders."""
    items = waiting(member, member.agency.today())
    kinds = {
        "Answer a legal order": "answer",
        "Tell somebody that records about them were asked for": "tell",
    }
    return [kinds[str(item.title)] for item in items if str(item.title) in kinds]


def test_an_order_waits_until_it_is_answered_and_the_person_told(
    enter_order: EnterOrder, administrator: Member, agency: Agency
) -> None:
    order = enter_order()
    assert sorted(waits(administrator)) == ["answer", "tell"]
    today = agency.today()
    actions.answer(
        order, answer=OrderAnswer.PARTLY, answered_on=today, given="Two sheets", by=administrator
    )
    assert waits(administrator) == ["tell"]
    actions.tell(order, told=WhetherTold.TOLD, told_on=today, by=administrator)
    assert waits(administrator) == []
    order.refresh_from_db()
    assert (order.answer, order.given, order.told) == ("partly", "Two sheets", "told")


def test_where_telling_is_forbidden_it_says_by_whom_and_the_ban_can_end(
    enter_order: EnterOrder, administrator: Member, agency: Agency
) -> None:
    order, today = enter_order(), agency.today()
    with pytest.raises(ValidationError):
        actions.tell(order, told=WhetherTold.FORBIDDEN, told_on=today, by=administrator)
    actions.tell(
        order, told=WhetherTold.FORBIDDEN, told_on=today, forbidden_by="Judge Roe", by=administrator
    )
    assert "tell" not in waits(administrator)
    told = actions.tell(order, told=WhetherTold.TOLD, told_on=today, by=administrator)
    assert (told.told, told.forbidden_by) == ("told", "")
    with pytest.raises(Refused):
        actions.tell(order, told=WhetherTold.TOLD, told_on=today, by=administrator)


def test_an_order_about_no_particular_person_has_nobody_to_tell(
    enter_order: EnterOrder, administrator: Member
) -> None:
    assert enter_order(member=None).told == WhetherTold.NOBODY
    assert waits(administrator) == ["answer"]


def test_whoever_it_is_about_neither_enters_nor_answers_it(
    enter_order: EnterOrder, enter: Enter, administrator: Member, agency: Agency
) -> None:
    other = enter("Aisha", roles=(Role.ADMINISTRATOR,))
    with pytest.raises(Refused):
        enter_order(by=other, member=other)
    order, today = enter_order(member=other), agency.today()
    assert waits(other) == []
    with pytest.raises(Refused):
        actions.answer(order, answer=OrderAnswer.NOTHING, answered_on=today, by=other)
    with pytest.raises(Refused):
        actions.tell(order, told=WhetherTold.TOLD, told_on=today, by=other)


@pytest.mark.parametrize("who", ["consumer", "facilitator", "approver", "manager"])
def test_only_administrators_keep_orders(
    who: str, enter_order: EnterOrder, request: pytest.FixtureRequest, agency: Agency, login: Login
) -> None:
    member, order = request.getfixturevalue(who), enter_order()
    with pytest.raises(Refused):
        enter_order(by=member)
    with pytest.raises(Refused):
        actions.answer(order, answer=OrderAnswer.NOTHING, answered_on=agency.today(), by=member)
    client = login(member)
    assert client.get(at(agency, "privacy:orders")).status_code == 403
    assert client.get(at(agency, "privacy:order", pk=order.pk)).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "gossip"}, "kind"),
        ({"received_on": timedelta(days=1)}, "received_on"),
        ({"answer_by": timedelta(days=-1)}, "answer_by"),
    ],
)
def test_what_can_not_be_is_told_at_its_field(
    given: dict[str, object], field: str, enter_order: EnterOrder, agency: Agency
) -> None:
    days = {
        name: agency.today() + value if isinstance(value, timedelta) else value
        for name, value in given.items()
    }
    with pytest.raises(ValidationError) as error:
        enter_order(**days)
    assert [*error.value.message_dict] == [field]
    assert not LegalOrder.objects.within(agency).exists()


@pytest.mark.parametrize(
    "change",
    [
        "scope = 'Nothing'",
        "member_id = NULL, told = 'nobody', told_on = received_on, told_by_id = entered_by_id",
        "received_on = received_on - 1",
        "answer = 'objected'",
        "answered_by_id = member_id",
        "answered_on = answered_on + 1",
        "given = 'Less'",
        "told = ''",
    ],
)
def test_by_sql_nobody_changes_what_is_on_record(
    change: str, enter_order: EnterOrder, administrator: Member, agency: Agency
) -> None:
    order, today = enter_order(), agency.today()
    actions.answer(
        order, answer=OrderAnswer.COMPLIED, answered_on=today, given="All", by=administrator
    )
    actions.tell(order, told=WhetherTold.TOLD, told_on=today, by=administrator)
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE privacy_legalorder SET {change} WHERE id = %s", [order.pk])  # noqa: S608


def test_by_sql_nobody_deletes_an_order(enter_order: EnterOrder) -> None:
    order = enter_order()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_legalorder WHERE id = %s", [order.pk])


def test_whose_order_is_read_is_in_their_access_log(
    enter_order: EnterOrder, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    order = enter_order()
    login(administrator).get(at(agency, "privacy:order", pk=order.pk))
    assert AccessLog.objects.within(agency).filter(about=consumer).exists()


def test_an_order_goes_its_way_on_the_pages(
    administrator: Member, consumer: Member, agency: Agency, login: Login, look: Look
) -> None:
    client = login(administrator)
    look(client, at(agency, "privacy:orders"))
    look(client, at(agency, "privacy:enter_order"))
    order = actions.enter(
        kind="warrant",
        received_on=agency.today(),
        asked_by="County sheriff",
        scope="Who came to the council in May",
        member=consumer,
        by=administrator,
    )
    for name in ("order", "answer_order", "tell_order"):
        look(client, at(agency, f"privacy:{name}", pk=order.pk))
    look(client, at(agency, "privacy:orders"))


def test_the_list_costs_the_same_however_many_there_are(
    enter_order: EnterOrder, enter: Enter, administrator: Member, agency: Agency, login: Login
) -> None:
    enter_order()
    client, url = login(administrator), at(agency, "privacy:orders")
    few = assert_budget(client, url)
    for number in range(3):
        enter_order(member=enter(f"One {number}"))
    assert assert_budget(client, url) == few
