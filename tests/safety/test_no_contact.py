"""Two people who must not meet: who reads it, and that no group seats them together."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions as account_actions
from accounts import changes
from accounts.models import AccessLog, Member, StandingKind
from accounts.permissions import Role
from devtools import seating
from dialogues.dialogue import actions as dialogues
from dialogues.dialogue.models import DialogueKind
from foundation import events
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refusal, Refused
from groups import actions as groups
from groups import rules as group_rules
from groups.models import Group, GroupKind, How, Office, Seat, SeatOffer
from notifications.models import Message
from notifications.waiting import waiting
from safety import actions, apart
from safety.models import ApartEnd, ApartReason, NoContact
from safety.policies import NO_CONTACT_REVIEW
from tests.accounts.answers import send
from tests.conftest import Enter, Login, assert_budget
from tests.safety.conftest import Order, offered

pytestmark = pytest.mark.django_db


def waits(member: Member) -> set[str]:
    return {each.url for each in waiting(member, member.agency.today())}


def test_a_pair_is_recorded_once_in_whatever_order_and_a_second_administrator_is_told(
    keep_apart: Order, consumer: Member, provider: Member, second_administrator: Member
) -> None:
    order = keep_apart(provider, consumer)
    assert order.one_id < order.other_id
    assert order.is_known_to(provider)
    assert not order.is_known_to(consumer)
    told = Message.objects.within(order.agency).filter(code="no_contact.recorded")
    assert [each.member for each in told] == [second_administrator]
    for pair in ((consumer, provider), (provider, consumer)):
        with pytest.raises(ValidationError):
            keep_apart(*pair)


def test_the_portal_tells_neither_of_the_two_and_names_nobody(
    keep_apart: Order, consumer: Member, provider: Member, second_administrator: Member
) -> None:
    for member in (consumer, provider):
        member.email_level = "each"
        member.save()
    before = set(Message.objects.within(consumer.agency).values_list("pk", flat=True))
    order = keep_apart()
    actions.both_know(order, by=second_administrator)
    actions.end_apart(order, why=ApartEnd.LIFTED, by=second_administrator)
    new = Message.objects.within(consumer.agency).exclude(pk__in=before)
    assert not new.filter(member__in=(consumer, provider)).exists()
    assert {message.title for message in new} == {""}
    for event in Event.objects.within(order.agency).filter(subject_type="no_contact"):
        assert not {consumer.pk, provider.pk} & set(event.data.values())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"second": "consumer"}, "second"),
        ({"second": "administrator"}, "first"),
        ({"reason": "gossip"}, "reason"),
        ({"known_to": []}, "known_to"),
        ({"known_to": ["administrator"]}, "known_to"),
        ({"reason": ApartReason.AGREEMENT}, "known_to"),
        ({"until": "today"}, "until"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(
    changed: dict[str, object],
    field: str,
    keep_apart: Order,
    consumer: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    people = {"consumer": consumer, "administrator": administrator, "today": agency.today()}
    facts: dict[str, object] = {
        key: [people[str(each)] for each in value]
        if isinstance(value, list)
        else people.get(str(value), value)
        for key, value in changed.items()
    }
    with pytest.raises(ValidationError) as refused:
        keep_apart(**facts)
    assert set(refused.value.message_dict) == {field}
    assert not NoContact.objects.within(agency).exists()


def test_only_administrators_and_who_of_the_two_was_told_can_read_it(
    keep_apart: Order,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    committee_chair: Member,
    manager: Member,
    agency: Agency,
    login: Login,
) -> None:
    order = keep_apart()
    readers = {administrator, second_administrator, consumer}
    everybody = readers | {provider, facilitator, committee_chair, manager}
    page = at(agency, "safety:no_contact", pk=order.pk)
    for member in everybody:
        reads = member in readers
        assert (login(member).get(page).status_code == 200) is reads, member
        assert apart.readable(member).filter(pk=order.pk).exists() is reads
        seen = events.seen_by(member).filter(name="no_contact.recorded")
        assert seen.exists() is reads, member
    for name in ("review_no_contact", "told_no_contact", "end_no_contact"):
        url = at(agency, f"safety:{name}", pk=order.pk)
        assert login(consumer).get(url).status_code == 404
        assert login(facilitator).get(url).status_code == 404
        assert login(administrator).get(url).status_code == 200


def test_one_of_the_two_reads_it_on_their_own_page_once_they_know(
    keep_apart: Order,
    administrator: Member,
    consumer: Member,
    provider: Member,
    agency: Agency,
    login: Login,
) -> None:
    order = keep_apart()
    mine, link = at(agency, "accounts:me"), at(agency, "safety:my_no_contacts")
    assert link in login(consumer).get(mine).text
    assert str(provider) in login(consumer).get(link).text
    assert link not in login(provider).get(mine).text
    assert str(consumer) not in login(provider).get(link).text
    told = at(agency, "safety:told_no_contact", pk=order.pk)
    # It can't be undone, so the page says whom it is about.
    page = login(administrator).get(told).text
    assert str(consumer) in page
    assert str(provider) in page
    send(login(administrator), told)
    assert link in login(provider).get(mine).text
    assert str(consumer) in login(provider).get(link).text


def test_an_administrator_who_is_one_of_the_two_settles_nothing_and_reads_only_what_they_know(
    keep_apart: Order,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    order = keep_apart(consumer, administrator, by=second_administrator)
    page, everyones = at(agency, "safety:no_contact", pk=order.pk), at(agency, "safety:no_contacts")
    client = login(administrator)
    assert client.get(page).status_code == 404
    assert page not in client.get(everyones).text
    assert page in login(second_administrator).get(everyones).text
    assert not events.seen_by(administrator).filter(name="no_contact.recorded").exists()
    actions.both_know(order, by=second_administrator)
    assert client.get(page).status_code == 200
    with pytest.raises(Refused):
        actions.end_apart(order, why=ApartEnd.LIFTED, by=administrator)
    assert client.get(at(agency, "safety:end_no_contact", pk=order.pk)).status_code == 404


def test_a_look_at_it_is_on_record_as_a_look_at_their_page(
    keep_apart: Order, administrator: Member, consumer: Member, provider: Member, login: Login
) -> None:
    order = keep_apart()
    login(administrator).get(at(order.agency, "safety:no_contact", pk=order.pk))
    looks = AccessLog.objects.within(order.agency).filter(reader=administrator)
    assert {(look.about, look.what) for look in looks} == {
        (consumer, "profile"),
        (provider, "profile"),
    }


def test_whoever_offers_a_seat_cannot_tell_and_the_offer_is_kept_from_the_person(
    keep_apart: Order,
    cell: Group,
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    keep_apart()
    held = offered(cell, consumer, facilitator)
    free = offered(cell, second_consumer, facilitator)
    client = login(facilitator)
    pages = [client.get(at(agency, "groups:offer", pk=each.pk)).text for each in (held, free)]
    assert cleaned(pages[0], held) == cleaned(pages[1], free)
    told = Message.objects.within(agency).filter(code="seat.offered")
    assert told.filter(member=second_consumer).exists()
    assert not told.filter(member=consumer).exists()
    assert not changes.of(consumer).filter(name="seat.offered").exists()
    assert changes.of(second_consumer).filter(name="seat.offered").exists()

    url = at(agency, "groups:offer", pk=held.pk)
    assert url not in waits(consumer)
    assert at(agency, "groups:offer", pk=free.pk) in waits(second_consumer)
    page = login(consumer).get(url)
    assert page.context["form"] is None
    assert not page.context["waiting"]
    with pytest.raises(Refused) as refused:
        groups.accept_seat(held, by=consumer)
    groups.withdraw_offer(free, by=facilitator)
    with pytest.raises(Refused) as taken_back:
        groups.accept_seat(free, by=second_consumer)
    # To its recipient, the offer looks withdrawn.
    assert refused.value.refusal == taken_back.value.refusal
    held.refresh_from_db()
    assert held.state == "waiting"


def cleaned(page: str, offer: SeatOffer) -> str:
    """What the page of an offer says, whoever its recipient is."""
    for said in (str(offer.member), f"/{code_of(offer)}/"):
        page = page.replace(said, "-")
    start = page.index("<main")
    return page[start : page.index("</main")]


def test_when_it_ends_the_offer_is_there_as_it_was_made(
    keep_apart: Order, cell: Group, administrator: Member, consumer: Member, facilitator: Member
) -> None:
    order = keep_apart()
    offer = offered(cell, consumer, facilitator)
    actions.end_apart(order, why=ApartEnd.LIFTED, by=administrator)
    assert at(cell.agency, "groups:offer", pk=offer.pk) in waits(consumer)
    assert groups.accept_seat(offer, by=consumer).group == cell


def test_who_enters_a_yes_for_somebody_reads_the_same_whatever_stands_against_it(
    keep_apart: Order,
    cell: Group,
    administrator: Member,
    second_administrator: Member,
    provider: Member,
    facilitator: Member,
    enter: Enter,
    agency: Agency,
) -> None:
    """Rosa is on paper; Mona, on paper, is known to answer for management."""
    today = agency.today()
    rosa, mona = (
        account_actions.enter_member(
            by=administrator, name=name, display_name=name, since=today, roles=roles
        )
        for name, roles in (("Rosa Paper", ()), ("Mona Paper", (Role.MANAGEMENT,)))
    )
    keep_apart(rosa, provider)
    committee = groups.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=today
    )
    barred = seating.decided(
        committee, mona, voting=True, office=Office.NONE, since=today, by=facilitator
    )
    offers = (offered(cell, rosa, facilitator), barred)

    def refusals(by: Member) -> list[Refusal]:
        found = []
        for offer in offers:
            with pytest.raises(Refused) as refused:
                groups.accept_seat(offer, by=by, agreed_on=today, agreed_how=How.IN_PERSON)
            found.append(refused.value.refusal)
        return found

    assert refusals(facilitator) == [group_rules.SOMETHING_IN_THE_WAY] * 2
    reasons = refusals(second_administrator)
    assert group_rules.SOMETHING_IN_THE_WAY not in reasons
    assert len(set(map(str, reasons))) == 2


def test_an_administrator_who_offers_it_reads_what_stands_against_it(
    keep_apart: Order, cell: Group, administrator: Member, consumer: Member, login: Login
) -> None:
    keep_apart()
    with pytest.raises(ValidationError) as refused:
        offered(cell, consumer, administrator)
    assert set(refused.value.message_dict) == {"member"}


def test_nobody_is_asked_to_lead_a_dialogue_together_with_whom_they_must_not_meet(
    keep_apart: Order, consumer: Member, provider: Member, facilitator: Member, agency: Agency
) -> None:
    dialogue = dialogues.open_dialogue(
        agency, kind=DialogueKind.OPEN, name="Open", purpose="", by=facilitator, on=agency.today()
    )
    sides = ((provider, StandingKind.PROVIDER), (consumer, StandingKind.PRIMARY_CONSUMER))
    keep_apart()
    made = [
        dialogues.name_co_facilitator(dialogue, member, standing=side, by=facilitator, agreed=True)
        for member, side in sides
    ]
    # Both are asked; whoever answers first has the seat.
    groups.accept_seat(made[0], by=provider)
    with pytest.raises(Refused):
        groups.accept_seat(made[1], by=consumer)
    assert at(agency, "groups:offer", pk=made[1].pk) not in waits(consumer)


def test_who_sits_together_already_waits_for_administrators_and_goes_on_as_it_is(
    keep_apart: Order,
    cell: Group,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    seat = seating.seat(cell, consumer, since=agency.today(), by=facilitator)
    order = keep_apart()
    page = at(agency, "safety:no_contact", pk=order.pk)
    for reader in (administrator, second_administrator):
        assert page in waits(reader)
    for reader in (facilitator, consumer):
        assert page not in waits(reader)
    shown = login(administrator).get(page).text
    assert at(agency, "groups:people", pk=cell.pk) in shown
    # An office for a seated member brings nobody together.
    offer = groups.offer_seat(
        cell, consumer, office=Office.NOTE_TAKER, since=agency.today(), by=facilitator
    )
    assert groups.accept_seat(offer, by=consumer).office == Office.NOTE_TAKER
    seat = Seat.objects.within(agency).get(member=consumer, until=None)
    groups.end_seat(seat, on=agency.today(), by=facilitator)
    assert page not in waits(administrator)


def test_an_offer_that_is_kept_back_waits_for_administrators(
    keep_apart: Order,
    cell: Group,
    administrator: Member,
    consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    order = keep_apart()
    page = at(cell.agency, "safety:no_contact", pk=order.pk)
    assert page not in waits(administrator)
    offer = offered(cell, consumer, facilitator)
    assert page in waits(administrator)
    assert page not in waits(facilitator)
    assert at(cell.agency, "groups:offer", pk=offer.pk) in login(administrator).get(page).text
    groups.withdraw_offer(offer, by=administrator)
    assert page not in waits(administrator)


def test_who_came_is_written_down_as_it_was(
    keep_apart: Order, cell: Group, consumer: Member, provider: Member, facilitator: Member
) -> None:
    keep_apart()
    meeting = groups.plan_meeting(
        cell, starts_at=timezone.now() - timedelta(hours=1), by=facilitator
    )
    came = groups.record_attendance(
        meeting, present={consumer: Decimal(1), provider: Decimal(1)}, by=facilitator
    )
    assert len(came) == 2


def test_it_is_looked_at_again_or_waits(
    keep_apart: Order, administrator: Member, second_administrator: Member, agency: Agency
) -> None:
    order = keep_apart()
    page = at(agency, "safety:no_contact", pk=order.pk)
    assert page not in waits(administrator)
    due = order.review_by
    assert due == agency.today() + NO_CONTACT_REVIEW.span(agency, agency.today())
    late = {each.url: each.overdue for each in waiting(administrator, due + timedelta(days=1))}
    assert late[page]
    actions.review_apart(order, by=second_administrator)
    order.refresh_from_db()
    assert order.reviewed_by == second_administrator
    actions.end_apart(order, why=ApartEnd.BOTH_AGREE, by=administrator)
    assert page not in {each.url for each in waiting(administrator, due)}
    with pytest.raises(Refused):
        actions.review_apart(order, by=administrator)


def test_it_holds_from_its_first_day_until_the_first_without_it(
    keep_apart: Order, cell: Group, consumer: Member, facilitator: Member, agency: Agency
) -> None:
    today = agency.today()
    keep_apart(since=today - timedelta(days=90), until=today + timedelta(days=3))
    on = cell, consumer
    assert group_rules.in_the_way(*on, today).exists()
    assert group_rules.in_the_way(*on, today + timedelta(days=2)).exists()
    assert not group_rules.in_the_way(*on, today + timedelta(days=3)).exists()


def test_an_administrator_records_it_on_a_page_and_nothing_is_lost_on_a_mistake(
    administrator: Member, consumer: Member, provider: Member, agency: Agency, login: Login
) -> None:
    client, url = login(administrator), at(agency, "safety:record_no_contact")
    assert url in client.get(at(agency, "safety:no_contacts")).text
    assert at(agency, "safety:no_contacts") in client.get(at(agency, "accounts:people")).text
    said = {
        "first": code_of(consumer),
        "second": code_of(consumer),
        "reason": "court_order",
        "since": agency.today().isoformat(),
        "known_to": "first",
    }
    again = send(client, url, **said)
    assert again.status_code == 422
    assert again.context["form"].errors.keys() == {"second"}
    send(client, url, **{**said, "second": code_of(provider)})
    order = NoContact.objects.within(agency).get()
    assert order.is_known_to(consumer)
    assert not order.is_known_to(provider)


def test_the_list_costs_the_same_however_many_there_are(
    keep_apart: Order,
    administrator: Member,
    enter: Enter,
    agency: Agency,
    login: Login,
) -> None:
    keep_apart()
    client, url = login(administrator), at(agency, "safety:no_contacts")
    few = assert_budget(client, url)
    for number in range(3):
        keep_apart(enter(f"One {number}"), enter(f"Other {number}"))
    assert assert_budget(client, url) == few


def test_the_page_costs_the_same_in_however_many_groups_they_would_meet(
    keep_apart: Order,
    administrator: Member,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    order = keep_apart()
    client, url = login(administrator), at(agency, "safety:no_contact", pk=order.pk)

    def another(name: str) -> None:
        group = groups.open_group(
            agency, kind=GroupKind.COUNCIL, name=name, by=administrator, on=agency.today()
        )
        seating.seat(group, provider, since=agency.today(), by=facilitator)
        offered(group, consumer, facilitator)

    another("One")
    few = assert_budget(client, url)
    another("Two")
    another("Three")
    assert assert_budget(client, url) == few
