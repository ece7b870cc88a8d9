"""Asked to step in or to help: not told whom one must not meet, and not asked again and again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from foundation import events
from foundation.addresses import at
from foundation.links import link
from groups import actions
from groups.models import Alternate, Group, SeatOffer, Supporter
from groups.policies import ASK_ONE, ASK_PEOPLE
from notifications.models import Message
from notifications.waiting import waiting
from privacy.exports.collecting import collect
from safety.actions import end_apart, keep_apart
from safety.models import NoContact
from tests.conftest import Enter, Login

type Row = Alternate | Supporter
type Ask = Callable[[Member], Row]


@pytest.fixture
def asked(enter: Enter) -> Member:
    return enter("Mei Tran", StandingKind.PRIMARY_CONSUMER)


@pytest.fixture
def another(enter: Enter) -> Member:
    return enter("Ola Berg", StandingKind.PRIMARY_CONSUMER)


@pytest.fixture(params=["alternate", "supporter"])
def ask(request: pytest.FixtureRequest, seated: Group, consumer: Member) -> Ask:
    if request.param == "alternate":
        return lambda whom: actions.name_alternate(seated, whom, by=consumer)
    return lambda whom: actions.name_supporter(whom, sees_dates=True, by=consumer)


def end(row: Row, by: Member) -> None:
    if isinstance(row, Alternate):
        actions.end_alternate(row, by=by)
    else:
        actions.end_support(row, by=by)


@pytest.fixture
def order(asked: Member, consumer: Member, seated: Group, administrator: Member) -> NoContact:
    return keep_apart(
        asked,
        consumer,
        reason="court_order",
        since=consumer.agency.today(),
        known_to=[consumer],
        by=administrator,
    )


def page_of(row: Row) -> str:
    return at(row.agency, f"groups:{row.subject_code}", pk=row.pk)


def found_by(member: Member, row: Row, login: Login) -> set[str]:
    """In which ways somebody learns that they were asked."""
    agency, client, page = member.agency, login(member), page_of(row)
    told = Message.objects.within(agency).filter(member=member)
    seen = events.seen_by(member).filter(subject_type=row.subject_code, subject_id=row.pk)
    mine = collect(member).tables
    shown = {
        "message": told.filter(code__startswith=row.subject_code).exists(),
        "waiting": page in [each.url for each in waiting(member, agency.today())],
        "page": client.get(page).status_code != 404,
        "own page": page in client.get(at(agency, "accounts:me")).text,
        "list": page in client.get(at(agency, "groups:supporters")).text,
        "link": link(row.subject_code, row.pk, member) is not None,
        "event": seen.exists(),
        "copy": row.subject_code in {each.name.removeprefix("groups_") for each in mine},
    }
    return {way for way, does in shown.items() if does}


def test_who_must_not_meet_the_other_is_not_told_until_the_order_ends(
    ask: Ask,
    order: NoContact,
    asked: Member,
    another: Member,
    consumer: Member,
    administrator: Member,
    login: Login,
) -> None:
    row = ask(asked)
    assert found_by(asked, row, login) == set()
    end(row, consumer)
    assert found_by(asked, row, login) == set()
    # As with anybody else, but for the order.
    other = ask(another)
    assert {"message", "page", "link", "event"} <= found_by(another, other, login)
    end(other, consumer)
    row = ask(asked)
    end_apart(order, why="lifted", by=administrator)
    assert {"page", "link", "event"} <= found_by(asked, row, login)


def test_an_order_with_anybody_in_the_group_keeps_an_ask_to_step_in_from_who_is_asked(
    seated: Group,
    asked: Member,
    consumer: Member,
    second_consumer: Member,
    administrator: Member,
    login: Login,
) -> None:
    keep_apart(
        second_consumer,
        asked,
        reason="court_order",
        since=consumer.agency.today(),
        known_to=[asked],
        by=administrator,
    )
    row = actions.name_alternate(seated, asked, by=consumer)
    assert found_by(asked, row, login) == set()


def test_a_copy_of_ones_data_says_nothing_of_a_seat_that_is_kept_from_them(
    seated: Group,
    order: NoContact,
    asked: Member,
    facilitator: Member,
    administrator: Member,
) -> None:
    actions.offer_seat(seated, asked, since=seated.agency.today(), by=facilitator)
    offers = SeatOffer._meta.db_table
    assert offers not in {each.name for each in collect(asked).tables}
    end_apart(order, why="lifted", by=administrator)
    assert offers in {each.name for each in collect(asked).tables}


def test_whoever_asks_can_t_tell_who_must_not_meet_somebody(
    ask: Ask, order: NoContact, asked: Member, another: Member, consumer: Member, login: Login
) -> None:
    def seen(whom: Member) -> list[Any]:
        row, client = ask(whom), login(consumer)
        pages = [page_of(row), at(row.agency, "accounts:me"), at(row.agency, "groups:supporters")]
        texts = [client.get(each).text.partition("<main")[2] for each in pages]
        mine = events.seen_by(consumer).filter(subject_type=row.subject_code)
        known = list(mine.filter(subject_id=row.pk).values("name", "data"))
        end(row, consumer)
        key = page_of(row)
        return [known] + [text.replace(str(whom), "X").replace(key, "") for text in texts]

    def plain(found: list[Any]) -> list[Any]:
        return [_without_keys(each) if isinstance(each, str) else each for each in found]

    assert plain(seen(asked)) == plain(seen(another))


def _without_keys(text: str) -> str:
    """Without what differs between any two pages: the double-submit and the form's own keys."""
    lines = text.splitlines()
    return "\n".join(each for each in lines if "submission" not in each and "csrf" not in each)


def test_nobody_is_asked_again_and_again_also_who_said_no(ask: Ask, asked: Member) -> None:
    for _ in range(ASK_ONE.value):
        end(ask(asked), asked)
    with pytest.raises(ValidationError):
        ask(asked)
    told = Message.objects.within(asked.agency).filter(member=asked, code__endswith="named")
    assert told.count() <= ASK_ONE.value


def test_nobody_asks_everybody(ask: Ask, enter: Enter, consumer: Member) -> None:
    people = [enter(f"Person {number}") for number in range(ASK_PEOPLE.value + 1)]
    for each in people[:-1]:
        end(ask(each), consumer)
    with pytest.raises(ValidationError):
        ask(people[-1])
