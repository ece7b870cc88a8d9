"""A compiled query gives everybody the same answer as one that is built anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from time import process_time
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from accounts.backends import OneLook
from accounts.middleware import member_of
from accounts.models import Member, StandingKind, User
from accounts.permissions import Role
from accounts.session_store import SessionStore
from foundation import policies, prepared, tenancy
from foundation.models import Agency, PolicyChange
from foundation.policies import Unit
from foundation.postgresql.base import PREPARED_MAX
from groups.models import Group, Seat
from notifications import waiting as kinds
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRows, waiting
from tests.conftest import Enter
from tests.keeping import WITH_DEMO, as_built

pytestmark = WITH_DEMO
DAYS = (0, 7, 400)


def lists_kept() -> list[Any]:
    """The keys of the kept queries for what waits."""
    return [key for key in prepared._kept if isinstance(key, tuple) and key[0] == "waiting"]


def without_needs() -> list[WaitingKind]:
    return [replace(kind, needs=None) for kind in kinds._kinds.values()]


def test_what_waits_in_the_demo_is_the_same(inside: Agency, settings: Any) -> None:
    """For each person, whose query was compiled for somebody else with the same roles.

    And as if everything could wait for everybody.
    """
    today, found, everything = inside.today(), 0, without_needs()
    people = [*Member.objects.within(inside).on(today).with_roles(today)]
    days = [today + timedelta(days) for days in DAYS]
    for number, person in enumerate(people):
        day = days[number % len(days)]
        alike = next(other for other in people[::-1] if other.roles == person.roles)
        waiting(alike, day)
        built = as_built(settings, partial(waiting, person, day, everything))
        assert waiting(person, day) == built, (person, day)
        found += len(built)
    assert len({person.roles for person in people}) < len(lists_kept()) < len(people)
    assert found > 30


def test_a_precondition_that_is_too_narrow_is_found(
    inside: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each one that holds something back from somebody in the demo, made untrue of everybody."""
    today, told = inside.today(), set[str]()
    people = [*Member.objects.within(inside).on(today).with_roles(today)]
    needs = {kind.needs for kind in kinds._kinds.values() if kind.needs is not None}
    for need in needs:
        never = Precondition(
            "test.never", lambda member, on: Seat.objects.within(member.agency).none()
        )
        asked = [replace(kind, needs=never) for kind in kinds._kinds.values() if kind.needs is need]
        whole = [replace(kind, needs=None) for kind in asked]
        if any(waiting(person, today, asked) != waiting(person, today, whole) for person in people):
            told.add(need.code)
    assert told == {need.code for need in needs}


def test_the_member_of_a_request_is_the_same(inside: Agency, settings: Any) -> None:
    today, found = inside.today(), 0
    for person in Member.objects.within(inside).exclude(user=None):
        for day in (today, today + timedelta(400), person.since - timedelta(1)):
            built = as_built(settings, partial(member_of, inside, person.user_id, day))
            kept = member_of(inside, person.user_id, day)
            assert _all_of(kept) == _all_of(built)
            found += kept is not None
    assert found > 20


def test_the_session_and_the_account_of_a_request_are_the_same(
    consumer: Member, provider: Member, settings: Any
) -> None:
    for person in (consumer, provider):
        session = SessionStore()
        session["who"] = person.user_id
        session.save()
        for key in (session.session_key, "no such session"):
            kept = stored(key)
            assert kept == as_built(settings, partial(stored, key))
            assert kept == dict(DjangosOwn(key).items())
        assert person.user_id is not None
        assert OneLook().get_user(person.user_id) == person.user
        assert ModelBackend().get_user(person.user_id) == person.user
        session.set_expiry(-1)
        session.save()
        assert stored(session.session_key) == {}
    assert OneLook().get_user(0) is None
    assert consumer.user_id is not None
    User.objects.filter(pk=consumer.user_id).update(is_active=False)
    assert OneLook().get_user(consumer.user_id) is None
    assert {"accounts.session", "accounts.user"} <= prepared._kept.keys()


def stored(key: str | None) -> dict[str, Any]:
    return dict(SessionStore(key).items())


def _all_of(member: Member | None) -> dict[str, Any] | None:
    if member is None:
        return None
    return {name: each for name, each in vars(member).items() if name != "_state"}


_numbers = count()


def planted(
    rows: Callable[[Member, date], QuerySet[Member]], label: Any = "display_name"
) -> WaitingKind:
    """A kind of waiting item that lists people; the connection knows it from those before."""
    return WaitingKind(
        code=f"test.people_{next(_numbers)}",
        area=Area.PEOPLE,
        title="%(label)s",
        minutes=1,
        rows=lambda member, on: WaitingRows(rows(member, on), label=label),
        url=lambda member, row: "/",
    )


def runs(part: str) -> list[int]:
    """How often each prepared statement with this in its text ran, by one plan for all values."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
        found = [row for row in cursor.fetchall() if part in row[0]]
    assert not any(custom for _text, _generic, custom in found)
    return sorted(generic for _text, generic, _custom in found)


@pytest.mark.parametrize("walls", [1, 2])
def test_each_agency_gets_its_own(
    walls: int,
    agency: Agency,
    other_agency: Agency,
    administrator: Member,
    consumer: Member,
    outsider: Member,
) -> None:
    """By one statement with one plan; and even if the kind forgets to name the agency."""

    def people(member: Member, on: date) -> QuerySet[Member]:
        within = Member.objects.within(member.agency) if walls == 2 else Member.everything.all()
        return within.exclude(pk=member.pk)

    kind, today = planted(people), agency.today()
    for _turn in range(2):
        here = [each.title for each in waiting(administrator, today, [kind])]
        with tenancy.entering(other_agency):
            there = [each.title for each in waiting(outsider, today, [kind])]
        assert here == [str(consumer)]
        assert str(outsider) not in there
        assert not {*here} & {*there}
    assert len(lists_kept()) == 1
    assert runs(kind.code) == [4]


def test_who_takes_part_in_two_agencies_gets_what_waits_in_each(
    agency: Agency, other_agency: Agency, administrator: Member, outsider: Member, settings: Any
) -> None:
    """One account, two members with the same roles, on one connection."""
    outsider.user = administrator.user
    mark = planted(lambda member, on: Member.objects.within(member.agency).filter(name=""))
    asked, today = [*kinds._kinds.values(), mark], agency.today()
    for _turn in range(2):
        for member in (administrator, outsider):
            with tenancy.entering(member.agency):
                found = waiting(member, today, asked)
                assert found == as_built(settings, partial(waiting, member, today, asked))
                assert {each.url.split("/")[2] for each in found} == {member.agency.slug}
    assert runs(mark.code) == [4]
    assert len(lists_kept()) == 1


def test_days_and_numbers_are_parameters(agency: Agency, consumer: Member, settings: Any) -> None:
    """One statement for many days and values of policies, however the numbers' sizes differ."""
    number = 0

    def before(member: Member, on: date) -> QuerySet[Member]:
        people = Member.objects.within(member.agency).exclude(pk__in=[member.pk, number])
        return people.filter(since__lt=on - timedelta(number % 7))

    kind, today = planted(before), agency.today()
    for number in (1, 40_000, 5_000_000_000):
        prepared._kept.clear()
        for day in (today, today + timedelta(number % 50)):
            ask = partial(waiting, consumer, day, [kind])
            assert ask() == as_built(settings, ask)
    # PostgreSQL itself tells whole numbers of four bytes from larger ones.
    assert runs(kind.code) == [2, 4]


def test_text_is_quoted_as_it_was(agency: Agency, consumer: Member, settings: Any) -> None:
    names = ["50% off", "O'Hara \\ $1", '"%s"', "%%"]
    for place, name in enumerate(names):
        kind = planted(
            lambda member, on: Member.objects.within(member.agency).filter(pk=member.pk),
            label=Concat(Value(names[place]), Value(": "), "display_name"),
        )
        (found,) = waiting(consumer, agency.today(), [kind])
        assert found.title == f"{name}: {consumer}"
        assert [found] == as_built(settings, partial(waiting, consumer, agency.today(), [kind]))


def test_a_value_that_went_stale_is_seen(agency: Agency, consumer: Member, settings: Any) -> None:
    """What a kind reads from elsewhere than it may stays as it was: the comparison finds it."""
    elsewhere = ["before"]

    def frozen(member: Member, on: date) -> QuerySet[Member]:
        people = Member.objects.within(member.agency).filter(pk=member.pk)
        return people.annotate(word=Value(elsewhere[0]))

    kind = planted(frozen, label="word")
    ask = partial(waiting, consumer, agency.today(), [kind])
    assert ask() == as_built(settings, ask)
    elsewhere[0] = "after"
    assert ask() != as_built(settings, ask)


def test_a_policy_that_changed_counts_at_once(
    agency: Agency, facilitator: Member, administrator: Member, settings: Any
) -> None:
    today = agency.today()
    before = waiting(facilitator, today)
    for policy in policies.registered():
        if policy.unit in (Unit.DAYS, Unit.MONTHS, Unit.WORKING_DAYS):
            low, _high = policy.bounds
            PolicyChange.objects.within(agency).create(
                code=policy.code,
                value=low,
                since=today,
                reason="To try it.",
                by=administrator,
                made_on=today,
            )
    after = waiting(facilitator, today)
    assert after == as_built(settings, lambda: waiting(facilitator, today))
    assert len(lists_kept()) == 2
    assert before is not after


def test_the_query_unused_the_longest_makes_room(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, so that a page more does not cost all the others theirs."""
    monkeypatch.setattr(prepared, "KEPT", 2)
    monkeypatch.setattr(prepared, "_kept", {})

    def ask(key: str) -> prepared.Prepared:
        return prepared.prepared(key, lambda: Member.objects.within(agency), {})

    first, second = ask("first"), ask("second")
    assert ask("first") is first
    ask("third")
    assert [*prepared._kept] == ["first", "third"]
    assert ask("first") is first
    assert ask("second") is not second


@pytest.mark.parametrize("role", [None, *Role])
def test_each_kind_can_be_built_for_anybody(
    role: Role | None, agency: Agency, enter: Enter
) -> None:
    """It asks nothing of the database, and nothing of the person beyond what it may know."""
    person = enter("Zoe", StandingKind.PROVIDER, roles=(role,) if role else ())
    today = agency.today()
    assert len(kinds._kinds) > 30
    for kind in kinds._kinds.values():
        # What an administrator must enter before inviting anybody waits from the start.
        assert len(waiting(person, today, [kind])) <= 1


def nosy(member: Member, on: date) -> WaitingRows:
    return WaitingRows(Member.objects.within(member.agency).filter(user=member.user), label="name")


def counting(member: Member, on: date) -> WaitingRows:
    found = Member.objects.within(member.agency)
    return WaitingRows(found.filter(version=len(found)), label="name")


def deriving(member: Member, on: date) -> WaitingRows:
    return WaitingRows(Member.objects.within(member.agency), label=Value(f"No. {member.pk}"))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (nosy, "asked the database while it was built"),
        (counting, "asked the database while it was built"),
        (deriving, "computed from the stand-in for member"),
    ],
)
def test_what_depends_on_more_is_found(
    rows: Callable[[Member, date], WaitingRows], told: str, consumer: Member
) -> None:
    nosy = WaitingKind("test.planted", Area.PEOPLE, "", 1, rows, lambda member, row: "")
    with pytest.raises(RuntimeError, match=told):
        waiting(consumer, consumer.agency.today(), [nosy])
    assert not lists_kept()


def test_a_stand_in_is_filled_wherever_it_stands(agency: Agency, consumer: Member) -> None:
    def build() -> QuerySet[Member]:
        rows = Member.objects.within(prepared.agency())
        return rows.filter(pk__in=[prepared.MEMBER, 0]).exclude(since=prepared.DAY)

    names = {prepared.AGENCY: "agency", prepared.MEMBER: "member", prepared.DAY: "day"}
    statement = prepared.prepared("test", build, names)
    values = {"agency": agency.pk, "member": consumer.pk, "day": date(2000, 1, 1)}
    (found,) = statement.models(values)
    assert found == consumer
    assert found.since == consumer.since
    assert statement.models({**values, "day": consumer.since}) == []
    assert prepared.prepared("test", build, names) is statement


def _people_of_keys(agency: Agency, on: date) -> QuerySet[Member]:
    return Member.objects.within(agency).filter(prepared.one_of_keys("pk")).order_by("pk")


def test_rows_by_keys_are_those_of_one_agency_and_of_these_keys(
    agency: Agency,
    other_agency: Agency,
    consumer: Member,
    provider: Member,
    outsider: Member,
    settings: Any,
) -> None:
    """Whatever keys the query is run with, also none, and those of another agency."""
    today, everybody = agency.today(), (consumer, provider, outsider)

    def found(real: Agency, *people: Member) -> list[Member]:
        with tenancy.entering(real):
            asked, values = prepared.of_keys(
                _people_of_keys, real, today, [each.pk for each in people]
            )
            return asked.models(values)

    for keeps in (True, False, True):
        settings.PREPARED = keeps
        assert found(agency, *everybody) == sorted([consumer, provider], key=lambda each: each.pk)
        assert found(agency, provider) == [provider]
        assert found(agency) == []
        assert found(other_agency, *everybody) == [outsider]
    assert [key for key in prepared._kept if isinstance(key, tuple) and key[0] == _people_of_keys]


def test_keys_of_any_size_and_number_are_one_statement(agency: Agency, consumer: Member) -> None:
    def people(agency: Agency, on: date) -> QuerySet[Member]:
        return _people_of_keys(agency, on).exclude(name="of any size")

    today = agency.today()
    for keys in ([consumer.pk], [consumer.pk, 40_000], [consumer.pk, 5_000_000_000, 7]):
        asked, values = prepared.of_keys(people, agency, today, keys)
        assert asked.models(values) == [consumer]
    assert runs("of any size") == [3]


def test_only_so_many_are_kept(consumer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "KEPT", 3)
    for days in range(10):
        waiting(consumer, consumer.agency.today() + timedelta(days))
        assert len(prepared._kept) <= 3


def test_only_so_many_stay_prepared_on_a_connection(agency: Agency, consumer: Member) -> None:
    for number in range(PREPARED_MAX + 5):
        label = Value(f"people {number}")
        kind = planted(lambda member, on: Member.objects.within(member.agency), label=label)
        waiting(consumer, agency.today(), [kind])
    assert len(runs("")) <= PREPARED_MAX
    assert runs("people 0'") == []
    assert runs(f"people {PREPARED_MAX + 4}'") == [1]


def test_without_the_setting_nothing_is_prepared(consumer: Member, settings: Any) -> None:
    before = runs("")
    as_built(settings, partial(waiting, consumer, consumer.agency.today()))
    assert runs("") == before


def test_asked_again_it_takes_a_fraction(consumer: Member) -> None:
    """Building takes most of the time: a ratio within one run, with much room."""
    today = consumer.agency.today()

    def cost() -> float:
        begins = process_time()
        waiting(consumer, today)
        return process_time() - begins

    first = cost()
    assert min(cost() for _turn in range(5)) < first / 2


def test_one_query_finds_the_member(consumer: Member) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert member_of(consumer.agency, consumer.user_id, consumer.agency.today()) == consumer
    assert len(queries) == 1


def test_rows_that_were_read_elsewhere_are_as_if_prefetched(consumer: Member) -> None:
    seats = [Seat(pk=1, member=consumer), Seat(pk=2, member=consumer)]
    group = Group(pk=3, agency=consumer.agency)
    prepared.prefetched(group, "seats", seats)
    with CaptureQueriesContext(connection) as queries:
        assert [*group.seats.all()] == seats
        assert {seat.group for seat in group.seats.all()} == {group}
    assert len(queries) == 0
