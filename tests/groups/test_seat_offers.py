"""An offered seat becomes theirs only when they accept; nothing is revealed on the way."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import changes
from accounts.models import Member, StandingKind
from foundation import keys
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions
from groups.models import Choice, Group, How, OfferState, Office, Seat, SeatOffer
from notifications.models import Message
from notifications.waiting import waiting
from tests.conftest import Enter, Login
from tests.groups.conftest import DAY, Propose, send


@pytest.fixture
def offer(seated: Group, manager: Member, chair: Member, today: date) -> SeatOffer:
    return actions.offer_seat(seated, manager, since=today, by=chair)


def held(group: Group, member: Member, on: date) -> list[Seat]:
    return list(Seat.objects.within(group.agency).on(on).filter(group=group, member=member))


def test_it_begins_when_they_accept_and_they_are_told_of_it(
    seated: Group, offer: SeatOffer, manager: Member, today: date
) -> None:
    assert held(seated, manager, today) == []
    told = Message.objects.within(seated.agency).filter(member=manager, code__startswith="seat.")
    assert list(told.values_list("code", flat=True)) == ["seat.offered"]
    assert [each.url for each in waiting(manager, today)] == [
        at(seated.agency, "groups:offer", pk=offer.pk)
    ]
    taken = actions.accept_seat(offer, by=manager)
    assert held(seated, manager, today) == [taken]
    assert (taken.since, taken.offer) == (today, offer)
    assert waiting(manager, today) == []


def test_it_never_begins_before_the_yes(
    seated: Group, manager: Member, chair: Member, today: date
) -> None:
    offer = actions.offer_seat(seated, manager, since=today + 5 * DAY, by=chair)
    assert offer.begins(today) == today + 5 * DAY
    assert offer.begins(today + 9 * DAY) == today + 9 * DAY


def test_a_seat_that_began_in_the_past_says_why_it_is_entered_late(
    seated: Group, manager: Member, chair: Member, today: date
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.offer_seat(seated, manager, since=today - DAY, by=chair)
    assert set(error.value.message_dict) == {"late_reason"}
    offer = actions.offer_seat(
        seated, manager, since=today - DAY, late_reason="The list came late.", by=chair
    )
    assert actions.accept_seat(offer, by=manager).since == today - DAY
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        SeatOffer.objects.within(seated.agency).update(late_reason="")


@pytest.mark.parametrize("state", ["waiting", "accepted", "declined", "withdrawn"])
@pytest.mark.parametrize("who", ["manager", "chair", "administrator", "facilitator", "consumer"])
def test_who_answers_and_takes_back_an_offer(
    who: str,
    state: str,
    seated: Group,
    offer: SeatOffer,
    manager: Member,
    chair: Member,
    request: pytest.FixtureRequest,
) -> None:
    by: Member = request.getfixturevalue(who)
    if state == "accepted":
        actions.accept_seat(offer, by=manager)
    elif state == "declined":
        actions.decline_seat(offer, by=manager)
    elif state == "withdrawn":
        actions.withdraw_offer(offer, by=chair)
    answers = state == "waiting" and who == "manager"
    withdraws = state == "waiting" and who in {"chair", "administrator", "facilitator"}
    told: dict[str, Any] = {"agreed_on": by.agency.today(), "agreed_how": How.PHONE}
    acts: list[tuple[Callable[[], object], bool]] = [
        (lambda: actions.accept_seat(offer, by=by, **told), answers),
        (lambda: actions.decline_seat(offer, by=by), answers),
        (lambda: actions.withdraw_offer(offer, by=by), withdraws),
    ]
    for act, allowed in acts:
        if allowed:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
        else:
            with pytest.raises(Refused):
                act()


def test_for_somebody_without_a_way_to_sign_in_the_yes_is_entered_with_day_and_how(
    seated: Group, on_paper: Member, chair: Member, provider: Member, today: date
) -> None:
    offer = actions.offer_seat(seated, on_paper, since=today, by=chair)
    told: dict[str, Any] = {"agreed_on": today, "agreed_how": How.IN_PERSON}
    with pytest.raises(Refused):
        actions.accept_seat(offer, by=provider, **told)
    tomorrow = {"agreed_on": today + DAY, "agreed_how": How.PHONE}
    wrongs: tuple[dict[str, Any], ...] = ({}, {"agreed_on": today}, tomorrow)
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            actions.accept_seat(offer, by=chair, **wrong)
    taken = actions.accept_seat(offer, by=chair, **told)
    offer.refresh_from_db()
    assert (offer.entered_by, offer.agreed_on, offer.agreed_how) == (chair, today, How.IN_PERSON)
    assert (offer.state, taken.is_consumer) == (OfferState.ACCEPTED, True)
    with pytest.raises(IntegrityError, match="on_record"), transaction.atomic():
        SeatOffer.objects.within(seated.agency).filter(pk=offer.pk).update(agreed_how="")


def test_one_says_oneself_as_what_one_takes_the_seat(
    seated: Group, enter: Enter, facilitator: Member, today: date
) -> None:
    both = enter("Bo", StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    asked = actions.offer_seat(
        seated, both, standing=StandingKind.PROVIDER, since=today, by=facilitator
    )
    taken = actions.accept_seat(asked, by=both, standing=StandingKind.PRIMARY_CONSUMER)
    assert taken.is_consumer
    silent = enter("Si", StandingKind.PRIMARY_CONSUMER)
    asked = actions.offer_seat(seated, silent, since=today, by=facilitator)
    assert actions.accept_seat(asked, by=silent, standing=StandingKind.UNDISCLOSED).standing == (
        StandingKind.UNDISCLOSED
    )


def test_nobody_gets_an_office_or_a_vote_without_saying_yes(
    seated: Group, consumer: Member, chair: Member, administrator: Member, today: date
) -> None:
    seat = held(seated, consumer, today)[0]
    for by in (chair, administrator):
        with pytest.raises(Refused, match="without saying yes"):
            actions.change_office(seat, office=Office.CO_CHAIR, on=today, by=by)
    # Taking away takes effect at once, and they are told.
    seat = actions.change_office(seat, office=Office.NONE, voting=False, on=today, by=chair)
    with pytest.raises(Refused, match="without saying yes"):
        actions.change_office(seat, office=Office.NONE, voting=True, on=today, by=chair)
    assert [each.name for each in changes.of(consumer)][:1] == ["seat.changed"]


def test_an_office_given_on_the_page_waits_for_their_yes(
    seated: Group, consumer: Member, chair: Member, login: Login, today: date
) -> None:
    seat = held(seated, consumer, today)[0]
    url = at(seated.agency, "groups:change_seat", pk=seat.pk)
    answer = send(login(chair), url, office="co_chair", voting="yes", on=today.isoformat())
    assert answer.status_code == 302
    assert held(seated, consumer, today)[0].office == ""
    offer = SeatOffer.objects.within(seated.agency).waiting().get(member=consumer)
    page = at(seated.agency, "groups:offer", pk=offer.pk)
    assert send(login(consumer), page, standing="primary_consumer").status_code == 302
    assert held(seated, consumer, today)[0].office == Office.CO_CHAIR


def test_an_offer_is_known_to_whom_it_is_for_and_to_those_who_run_the_group(
    offer: SeatOffer,
    manager: Member,
    chair: Member,
    consumer: Member,
    payer: Member,
    login: Login,
) -> None:
    page = at(offer.agency, "groups:offer", pk=offer.pk)
    codes = [login(each).get(page).status_code for each in (manager, chair, consumer, payer)]
    assert codes == [200, 200, 404, 404]


def test_the_page_of_an_offer_leads_to_a_no_and_to_taking_it_back(
    seated: Group,
    offer: SeatOffer,
    manager: Member,
    on_paper: Member,
    chair: Member,
    login: Login,
    today: date,
) -> None:
    agency, theirs, chairs = seated.agency, login(manager), login(chair)
    people = at(agency, "groups:people", pk=seated.pk)

    def say(client: Client, asked: SeatOffer, name: str) -> tuple[str, str, bool]:
        """Open this page from the page of the offer and send it.

        Returns the offer's state, where it led, and whether the page mentioned its reader.
        """
        url = at(agency, f"groups:{name}", pk=asked.pk)
        assert url in client.get(at(agency, "groups:offer", pk=asked.pk)).content.decode()
        page = client.get(url)
        answer = send(client, url)
        assert send(client, url).status_code == 403, "It is answered."
        asked.refresh_from_db()
        return asked.state, answer["Location"], "You can be asked" in page.content.decode()

    for name, client in (("decline_offer", chairs), ("withdraw_offer", theirs)):
        assert send(client, at(agency, f"groups:{name}", pk=offer.pk)).status_code == 403
    home = at(agency, "home_of")
    assert say(theirs, offer, "decline_offer") == (OfferState.DECLINED, home, True)
    again = actions.offer_seat(seated, manager, since=today, by=chair)
    assert say(chairs, again, "withdraw_offer") == (OfferState.WITHDRAWN, people, False)
    # For somebody without a way to sign in, whoever runs the group enters the no.
    paper = actions.offer_seat(seated, on_paper, since=today, by=chair)
    assert say(chairs, paper, "decline_offer") == (OfferState.DECLINED, people, False)
    assert not held(seated, manager, today)
    assert not held(seated, on_paper, today)


def test_who_leaves_or_whose_group_ends_has_no_offer_any_more(
    seated: Group, offer: SeatOffer, manager: Member, administrator: Member, today: date
) -> None:
    actions.close_group(seated, on=today, by=administrator)
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    with pytest.raises(Refused):
        actions.accept_seat(offer, by=manager)


def test_a_chair_chooses_among_names_that_they_can_read_somewhere(
    seated: Group,
    chair: Member,
    consumer: Member,
    payer: Member,
    administrator: Member,
    login: Login,
) -> None:
    """The list of people is private, and a form is no way around that."""
    url = at(seated.agency, "groups:add_seat", pk=seated.pk)
    for reader, listed in ((chair, False), (administrator, True)):
        people = login(reader).get(url).context["form"].fields["member"].queryset
        assert (payer in people) is listed
        assert consumer not in people  # sits there already


def _main(client: Client, url: str) -> str:
    page = client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(rf'value="[0-9a-zA-Z-]{{36,64}}"|/{keys.REGEX}/', "", page)


@pytest.mark.parametrize("answers", [1, 2, 3])
@pytest.mark.parametrize("office", ["", "co_facilitator"])
def test_who_runs_a_group_learns_nothing_by_seating_asking_and_closing(
    answers: int,
    office: str,
    seated: Group,
    propose: Propose,
    chair: Member,
    provider: Member,
    enter: Enter,
    login: Login,
    today: date,
) -> None:
    """Whatever somebody's standing, each page, refusal and code on the way is the same."""
    for seat in Seat.objects.within(seated.agency).of_consumers().filter(group=seated):
        actions.end_seat(seat, on=today, by=chair)
    client, seen = login(chair), []
    for number, kind in enumerate(
        (StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER, StandingKind.UNDISCLOSED)
    ):
        tried = enter(f"Tried {number}", kind)
        trail: list[object] = []
        asked = actions.offer_seat(seated, tried, office=office, since=today, by=chair)
        trail.append(_main(client, at(seated.agency, "groups:people", pk=seated.pk)))
        trail.append(_main(client, at(seated.agency, "groups:offer", pk=asked.pk)))
        taken = actions.accept_seat(asked, by=tried)
        trail.append(_main(client, at(seated.agency, "groups:people", pk=seated.pk)))
        decision = propose(by=chair)
        for member in (chair, provider, tried)[3 - answers :]:
            actions.take_position(decision, member=member, choice=Choice.AGREE)
        trail.append(_main(client, at(seated.agency, "groups:decision", pk=decision.pk)))
        url = at(seated.agency, "groups:close_decision", pk=decision.pk)
        for _try in ("refused without a reason", "closed with one"):
            sent = send(client, url, adopted="yes", round=1)
            trail.append((sent.status_code, _main(client, url)))
            if sent.status_code == 302:
                break
            actions.waive(decision, reason="We met.", by=chair)
        trail.append(_main(client, at(seated.agency, "groups:decision", pk=decision.pk)))
        actions.end_seat(taken, on=today, by=chair)
        seen.append([str(each).replace(f"Tried {number}", "Tried") for each in trail])
    assert seen[0] == seen[1] == seen[2]
