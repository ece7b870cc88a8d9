"""That was not me, or not right: said by the person, answered by somebody who did not do it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from accounts import access
from accounts import actions as people
from accounts.models import AccessLog, Member
from accounts.permissions import Role
from foundation import events, links
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from privacy.agreements.models import DataAgreement
from privacy.denials import actions
from privacy.denials.models import Denial, DeniedKind
from privacy.orders import actions as ordering
from privacy.orders.models import OrderAnswer, WhetherTold
from tests.conftest import Enter, Login, Look, assert_budget
from tests.privacy.conftest import EnterOrder

pytestmark = pytest.mark.django_db
LOOK, ENTRY = DeniedKind.LOOK, DeniedKind.ENTRY


def looked(by: Member, about: Member) -> int:
    """The key of the log's line."""
    access.log(by=by, about=about, what="profile")
    return AccessLog.objects.within(by.agency).filter(about=about).latest("pk").pk


def entered(by: Member, for_: Member) -> int:
    """The key of an event of an entry on somebody's behalf."""
    row = {"name": "opportunity.raised", "subject_type": "member", "subject_id": for_.pk}
    return Event.objects.within(by.agency).create(**row, actor=by, on_behalf_of=for_).pk


def waits(member: Member) -> int:
    items = waiting(member, member.agency.today())
    return sum("something was not right" in str(item.title) for item in items)


def said(member: Member, by: Member) -> Denial:
    return actions.say(kind=LOOK, source=looked(by, member), by=member)


def test_what_is_said_waits_for_others_than_who_did_it(
    consumer: Member, administrator: Member, second_administrator: Member
) -> None:
    denial = said(consumer, administrator)
    assert (waits(administrator), waits(second_administrator), waits(consumer)) == (0, 1, 0)
    with pytest.raises(Refused):
        actions.answer(denial, answer="I may.", by=administrator)
    actions.answer(denial, answer="She set up your letter.", by=second_administrator)
    assert waits(second_administrator) == 0
    told = Message.objects.within(consumer.agency).filter(member=consumer, code="denial.answered")
    assert told.count() == 1
    with pytest.raises(Refused):
        actions.answer(denial, answer="Again", by=second_administrator)


def test_an_administrator_does_not_answer_themself(
    administrator: Member, second_administrator: Member, enter: Enter
) -> None:
    denial = said(second_administrator, administrator)
    third = enter("Theo", roles=(Role.ADMINISTRATOR,))
    assert [waits(each) for each in (administrator, second_administrator, third)] == [0, 0, 1]
    with pytest.raises(Refused):
        actions.answer(denial, answer="Fine", by=second_administrator)


def test_an_answer_has_words(consumer: Member, facilitator: Member, administrator: Member) -> None:
    denial = said(consumer, facilitator)
    with pytest.raises(ValidationError):
        actions.answer(denial, answer="  ", by=administrator)
    with pytest.raises(Refused):
        actions.answer(denial, answer="Fine", by=facilitator)


def test_an_entry_can_be_denied_once_and_only_by_whom_it_was_made_for(
    consumer: Member, second_consumer: Member, facilitator: Member
) -> None:
    source = entered(facilitator, consumer)
    with pytest.raises(ObjectDoesNotExist):
        actions.say(kind=ENTRY, source=source, by=second_consumer)
    with pytest.raises(ObjectDoesNotExist):
        actions.say(kind=DeniedKind.CHANGE, source=source, by=consumer)
    own = entered(consumer, consumer)
    with pytest.raises(ObjectDoesNotExist):
        actions.say(kind=ENTRY, source=own, by=consumer)
    first = actions.say(kind=ENTRY, source=source, by=consumer)
    assert actions.say(kind=ENTRY, source=source, by=consumer) == first
    assert first.accused == facilitator


def test_a_look_of_somebody_else_can_not_be_denied(
    consumer: Member, second_consumer: Member, administrator: Member
) -> None:
    with pytest.raises(ObjectDoesNotExist):
        actions.say(kind=LOOK, source=looked(administrator, consumer), by=second_consumer)


def test_a_change_that_somebody_denies_is_looked_into_by_others(
    consumer: Member, administrator: Member, second_administrator: Member, agency: Agency
) -> None:
    people.grant_role(consumer, role=Role.FACILITATOR, since=agency.today(), by=administrator)
    change = Event.objects.within(agency).filter(name="role.granted").latest("pk")
    people.deny(change, by=consumer, staying=None)
    denial = Denial.objects.within(agency).get()
    assert (denial.kind, denial.what, denial.accused) == ("change", "role.granted", administrator)
    assert (waits(administrator), waits(second_administrator)) == (0, 1)


def test_a_message_leads_to_what_somebody_entered_for_me(
    consumer: Member, facilitator: Member, agency: Agency
) -> None:
    agreement = DataAgreement.objects.within(agency).get()
    for by, for_ in ((facilitator, consumer), (consumer, consumer), (facilitator, None)):
        events.record("agreement.recorded", agreement, by=by, on_behalf_of=for_)
    message = Message.objects.within(agency).get(code="entry.for_you")
    assert message.member == consumer
    link = links.link(message.subject_type, message.subject_id, consumer)
    assert link is not None
    assert link.url == at(agency, "accounts:who_looked")
    assert links.link(message.subject_type, message.subject_id, facilitator) is None


@pytest.mark.parametrize("first", ["told", "answered"])
def test_who_gave_records_is_shown_once_the_person_was_told(
    first: str,
    enter_order: EnterOrder,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    order, today = enter_order(), agency.today()
    given = AccessLog.objects.within(agency).filter(about=consumer, what="disclosure")

    def tell(told: WhetherTold) -> None:
        forbidden_by = "Judge Roe" if told == WhetherTold.FORBIDDEN else ""
        ordering.tell(order, told=told, told_on=today, forbidden_by=forbidden_by, by=administrator)

    def answer() -> None:
        ordering.answer(
            order,
            answer=OrderAnswer.PARTLY,
            answered_on=today,
            given="Two sheets",
            by=second_administrator,
        )

    if first == "answered":
        answer()
        tell(WhetherTold.FORBIDDEN)
        assert not given.exists()
        tell(WhetherTold.TOLD)
    else:
        tell(WhetherTold.TOLD)
        assert not given.exists()
        answer()
    assert [each.reader for each in given] == [second_administrator]


@pytest.mark.parametrize(
    "change",
    [
        "accused_id = NULL",
        "source = source + 1",
        "what = 'other'",
        "answer = 'x'",
        "answered_by_id = member_id, answered_at = now(), answer = 'x'",
        "answered_by_id = accused_id, answered_at = now(), answer = 'x'",
    ],
)
def test_by_sql_nobody_changes_what_was_said_or_answers_for_themself(
    change: str, consumer: Member, administrator: Member
) -> None:
    denial = said(consumer, administrator)
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE privacy_denial SET {change} WHERE id = %s", [denial.pk])  # noqa: S608


def test_by_sql_nobody_changes_an_answer_or_deletes(
    consumer: Member, facilitator: Member, administrator: Member
) -> None:
    denial = said(consumer, facilitator)
    actions.answer(denial, answer="It was for your seat.", by=administrator)
    for statement, error in (
        ("UPDATE privacy_denial SET answer = 'No'", InternalError),
        ("DELETE FROM privacy_denial", ProgrammingError),
    ):
        with (
            pytest.raises((IntegrityError, error)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_pages_lead_from_the_line_to_the_answer(
    consumer: Member, facilitator: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    source, entry = looked(facilitator, consumer), entered(facilitator, consumer)
    client = login(consumer)
    page = client.get(at(agency, "accounts:who_looked")).content.decode()
    for kind, key in (("look", source), ("entry", entry)):
        url = at(agency, f"privacy:deny_{kind}", pk=key)
        assert f'href="{url}"' in page
        asked = client.get(url)
        assert asked.status_code == 200
        key_of_form = asked.context["form"]["submission"].value()
        sent = client.post(url, {"submission": key_of_form})
        assert sent.status_code == 302
        assert client.get(url).status_code == 302
        assert client.get(sent["Location"]).status_code == 200
    denial = Denial.objects.within(agency).get(kind=LOOK)
    assert login(facilitator).get(at(agency, "privacy:denial", pk=denial.pk)).status_code == 403
    page = login(administrator).get(at(agency, "privacy:denial", pk=denial.pk)).content.decode()
    assert at(agency, "privacy:answer_denial", pk=denial.pk) in page
    seen = AccessLog.objects.within(agency).filter(about=consumer, reader=administrator)
    assert "denial" in seen.values_list("what", flat=True)


def test_the_only_administrator_who_did_it_does_not_read_it(
    consumer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    denial = said(consumer, administrator)
    url = at(agency, "privacy:denial", pk=denial.pk)
    assert login(administrator).get(url).status_code == 403
    assert login(consumer).get(url).context["nobody"]


def test_the_pages_look_right(
    consumer: Member, facilitator: Member, administrator: Member, login: Login, look: Look
) -> None:
    agency, client = consumer.agency, login(consumer)
    look(client, at(agency, "privacy:denials"))
    look(client, at(agency, "accounts:who_looked"))
    source = looked(facilitator, consumer)
    entered(facilitator, consumer)
    look(client, at(agency, "accounts:who_looked"))
    look(client, at(agency, "privacy:deny_look", pk=source))
    denial = actions.say(kind=LOOK, source=source, by=consumer)
    look(client, at(agency, "privacy:denials"))
    look(client, at(agency, "privacy:denial", pk=denial.pk))
    other = login(administrator)
    look(other, at(agency, "privacy:denial", pk=denial.pk))
    look(other, at(agency, "privacy:answer_denial", pk=denial.pk))
    actions.answer(denial, answer="It was for your seat.", by=administrator)
    look(client, at(agency, "privacy:denial", pk=denial.pk))


def test_the_pages_cost_the_same_however_many_lines(
    consumer: Member, facilitator: Member, administrator: Member, login: Login, agency: Agency
) -> None:
    client = login(consumer)
    said(consumer, facilitator)
    entered(facilitator, consumer)
    names = ("accounts:who_looked", "privacy:denials")
    few = [assert_budget(client, at(agency, name)) for name in names]
    for _number in range(3):
        said(consumer, administrator)
        entered(administrator, consumer)
    AccessLog.objects.within(agency).create(
        reader=facilitator, about=consumer, what="standing", at=_an_earlier_day(agency)
    )
    assert [assert_budget(client, at(agency, name)) for name in names] == few


def _an_earlier_day(agency: Agency) -> datetime:
    return agency.opened - timedelta(days=3)
