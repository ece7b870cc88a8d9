"""Agreements: recorded for good, and nobody real enters without them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from accounts import actions as people
from accounts import rules as account_rules
from accounts.actions.invitations import Acceptance
from accounts.models import Member, StandingKind
from accounts.permissions import Role
from devtools.states import state
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.waiting import waiting
from privacy.agreements import actions, rules
from privacy.agreements.models import AgreementKind, DataAgreement
from privacy.agreements.policies import AGREEMENT_NOTICE
from tests.conftest import Enter, Login, Look, assert_budget

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
BAA, QSOA, OWN = (
    AgreementKind.BUSINESS_ASSOCIATE,
    AgreementKind.SERVICE_ORGANIZATION,
    AgreementKind.OURSELVES,
)


@state
def newcomer(db: None) -> Member:
    """The founder of an agency that has just been set up, without any agreement."""
    _, member = people.found_agency(
        slug="lakeside",
        name="Lakeside",
        timezone="America/New_York",
        administrator="Lee Lake",
        email="lee@lakeside.example",
    )
    return member


@state
def trainer(db: None) -> Member:
    """The founder of an agency for practice."""
    _, member = people.found_agency(
        slug="practice",
        name="Practice",
        timezone="America/New_York",
        administrator="Tia Trainer",
        email="tia@practice.example",
        sandbox=True,
    )
    return member


def add(
    by: Member, name: str = "Rosa", *standings: StandingKind, roles: tuple[Role, ...] = ()
) -> Member:
    return people.enter_member(
        by=by,
        name=f"{name} Example",
        display_name=name,
        since=by.agency.today(),
        standings=standings,
        roles=roles,
    )


def record(by: Member, kind: AgreementKind = BAA, **given: object) -> DataAgreement:
    today = by.agency.today()
    facts: dict[str, object] = {
        "partner": "Millrace Hosting",
        "signed_on": today,
        "since": today,
        **given,
    }
    return actions.record(kind=kind, by=by, **facts)  # type: ignore[arg-type]


def waits(member: Member) -> list[str]:
    kinds = {
        "Record the agreements that real people’s data needs": "missing",
        "Renew an agreement before it ends": "ending",
    }
    items = waiting(member, member.agency.today())
    return [kinds[str(item.title)] for item in items if str(item.title) in kinds]


def test_nobody_real_enters_before_the_agreements_are_in_force(newcomer: Member) -> None:
    with tenancy.entering(newcomer.agency):
        assert waits(newcomer) == ["missing"]
        with pytest.raises(Refused) as refused:
            add(newcomer, "Rosa", StandingKind.PRIMARY_CONSUMER)
        assert refused.value.refusal.href == at(newcomer.agency, "privacy:agreements")
        record(newcomer)
        with pytest.raises(Refused):  # nobody has said whether it is a Part 2 program
            add(newcomer)
        actions.say_part2(part2=True, by=newcomer)
        with pytest.raises(Refused):
            add(newcomer)
        assert waits(newcomer) == ["missing"]
        record(newcomer, QSOA)
        rosa = add(newcomer, "Rosa", StandingKind.PRIMARY_CONSUMER)
        people.invite(rosa, by=newcomer, email="rosa@lakeside.example")
        assert waits(newcomer) == []


def test_an_agreement_counts_from_its_first_to_its_last_day(newcomer: Member) -> None:
    with tenancy.entering(newcomer.agency):
        agency, today = newcomer.agency, newcomer.agency.today()
        actions.say_part2(part2=False, by=newcomer)
        record(newcomer, since=today + A_DAY, last_day=today + 2 * A_DAY)
        open_on = [
            rules.ready_for_people(agency, today + days * A_DAY) is None for days in range(5)
        ]
        assert open_on == [False, True, True, False, False]


def test_an_agency_that_runs_the_portal_by_itself_needs_none(newcomer: Member) -> None:
    with tenancy.entering(newcomer.agency):
        actions.say_part2(part2=True, by=newcomer)
        record(newcomer, OWN)
        assert add(newcomer).pk
        assert waits(newcomer) == []


def test_the_first_administrator_may_bring_one_more(newcomer: Member) -> None:
    helper = (Role.ADMINISTRATOR,)
    with tenancy.entering(newcomer.agency):
        with pytest.raises(Refused):
            add(newcomer, "Rosa", StandingKind.PRIMARY_CONSUMER, roles=helper)
        second = add(newcomer, "Aisha", roles=helper)
        people.invite(second, by=newcomer)
        with pytest.raises(Refused):
            add(newcomer, "Third", roles=helper)


def test_an_invitation_waits_while_no_agreement_is_in_force(
    administrator: Member, agency: Agency, enter: Enter
) -> None:
    rosa = add(administrator, "Rosa", StandingKind.PRIMARY_CONSUMER)
    invitation = people.invite(rosa, by=administrator)
    said = Acceptance(
        display_name="Rosa", language="en", contact="", email_level="none", member_name="rosa"
    )
    (agreement,) = DataAgreement.objects.within(agency)
    actions.end(agreement, last_day=agency.today() - A_DAY, reason="Another host", by=administrator)
    for refused in (
        lambda: people.accept(invitation, said),
        lambda: people.invite(rosa, by=administrator),
        lambda: add(administrator, "Sam"),
    ):
        with pytest.raises(Refused):
            refused()
    record(administrator)
    assert people.accept(invitation, said)[0].user is not None


def test_who_left_does_not_come_back_without_agreements(
    administrator: Member, agency: Agency, consumer: Member
) -> None:
    people.end_membership(consumer, on=agency.today(), by=administrator)
    consumer.refresh_from_db()
    DataAgreement.objects.within(agency)
    today = agency.today()
    assert account_rules.bringing_back(consumer, administrator, today) is None
    (agreement,) = DataAgreement.objects.within(agency)
    actions.end(agreement, last_day=today - A_DAY, reason="Another host", by=administrator)
    with pytest.raises(Refused):
        people.bring_back(consumer, by=administrator)


def test_a_practice_agency_needs_none_and_says_so_on_every_page(
    trainer: Member, login: Login
) -> None:
    with tenancy.entering(trainer.agency):
        add(trainer, "Rosa", StandingKind.PRIMARY_CONSUMER)
        assert waits(trainer) == []
    client = login(trainer)
    for name in ("home_of", "accounts:people", "privacy:agreements", "accounts:me"):
        assert b"app-practice" in client.get(at(trainer.agency, name)).content
    with tenancy.entering(trainer.agency), pytest.raises(Refused):
        actions.make_real(by=trainer)


def test_a_practice_agency_becomes_real_only_before_it_has_people(trainer: Member) -> None:
    with tenancy.entering(trainer.agency):
        actions.make_real(by=trainer)
        assert not Agency.objects.get(pk=trainer.agency_id).sandbox
        with pytest.raises(Refused):
            actions.make_real(by=trainer)
        assert waits(trainer) == ["missing"]


@pytest.mark.parametrize(
    ("entered", "people_there", "value"),
    [(True, True, "false"), (False, False, "false"), (True, False, None)],
)
def test_by_sql_nobody_turns_practice_into_earnest_or_back(
    entered: bool, people_there: bool, value: str | None, trainer: Member, agency: Agency
) -> None:
    with tenancy.entering(trainer.agency):
        if people_there:
            add(trainer)
    key, value = (agency.pk, "true") if value is None else (trainer.agency_id, value)
    with (
        tenancy.entering(trainer.agency if entered else None),
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE foundation_agency SET sandbox = {value} WHERE id = %s", [key])  # noqa: S608


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'ourselves'",
        "partner = 'Somebody else'",
        "signed_on = signed_on - 1",
        "since = since - 1",
        "until = NULL",
        "until = until + 1, ends = ends + 1",
        "ends = ends - 1",
        "ends = NULL",
        "ended_by_id = recorded_by_id",
        "ended_by_id = recorded_by_id, ended_at = now(), end_reason = 'x', ends = until",
        "ended_by_id = recorded_by_id, ended_at = now(), end_reason = 'x', ends = NULL",
        "ended_by_id = recorded_by_id, ended_at = now(), end_reason = 'x', ends = since - 1",
        "ended_by_id = recorded_by_id, ended_at = now(), end_reason = '', ends = since",
    ],
)
def test_by_sql_nobody_changes_what_was_agreed(change: str, administrator: Member) -> None:
    made = record(administrator, last_day=administrator.agency.today() + 30 * A_DAY)
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE privacy_dataagreement SET {change} WHERE id = %s", [made.pk])  # noqa: S608


@pytest.mark.parametrize("change", ["end_reason = 'Never'", "ends = since", "ended_by_id = NULL"])
def test_by_sql_nobody_changes_how_it_ended(change: str, administrator: Member) -> None:
    made = record(administrator)
    actions.end(made, last_day=administrator.agency.today(), reason="Moved", by=administrator)
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE privacy_dataagreement SET {change} WHERE id = %s", [made.pk])  # noqa: S608


def test_by_sql_nobody_begins_with_an_end_or_deletes(administrator: Member) -> None:
    made = record(administrator)
    columns = "agency_id, kind, partner, signed_on, since, recorded_by_id, at"
    ending = "ends, ended_by_id, ended_at, end_reason"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO privacy_dataagreement ({columns}, {ending}) "  # noqa: S608
            f"SELECT {columns}, since, recorded_by_id, at, 'x' FROM privacy_dataagreement"
        )
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_dataagreement WHERE id = %s", [made.pk])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "handshake"}, "kind"),
        ({"partner": "  "}, "partner"),
        ({"signed_on": A_DAY}, "signed_on"),
        ({"last_day": -A_DAY}, "last_day"),
    ],
)
def test_what_can_not_be_is_told_at_its_field(
    given: dict[str, object], field: str, administrator: Member, agency: Agency
) -> None:
    facts = {
        name: agency.today() + value if isinstance(value, timedelta) else value
        for name, value in given.items()
    }
    with pytest.raises(ValidationError) as error:
        record(administrator, **facts)  # type: ignore[arg-type]
    assert [*error.value.message_dict] == [field]


def test_administrators_hear_of_an_end_in_time_unless_the_next_one_is_there(
    administrator: Member, agency: Agency
) -> None:
    (first,) = DataAgreement.objects.within(agency)
    today = agency.today()
    notice = AGREEMENT_NOTICE.value(agency, today)
    actions.end(first, last_day=today + notice * A_DAY, reason="Moves", by=administrator)
    assert waits(administrator) == []
    record(administrator, last_day=today + (notice - 1) * A_DAY)
    assert waits(administrator) == []  # the first one lasts longer
    second = record(administrator, OWN, last_day=today)
    assert waits(administrator) == ["ending"]
    actions.end(second, last_day=today - A_DAY, reason="By mistake", by=administrator)
    assert waits(administrator) == []


def test_only_administrators_keep_agreements(
    facilitator: Member, agency: Agency, login: Login
) -> None:
    (agreement,) = DataAgreement.objects.within(agency)
    today = agency.today()
    for refused in (
        lambda: record(facilitator),
        lambda: actions.end(agreement, last_day=today, reason="x", by=facilitator),
        lambda: actions.say_part2(part2=False, by=facilitator),
        lambda: actions.make_real(by=facilitator),
    ):
        with pytest.raises(Refused):
            refused()
    client = login(facilitator)
    for name in ("agreements", "record_agreement", "part2", "make_real"):
        assert client.get(at(agency, f"privacy:{name}")).status_code == 403
    assert client.get(at(agency, "privacy:agreement", pk=agreement.pk)).status_code == 403


def test_what_is_missing_is_said_where_people_are_added(newcomer: Member, login: Login) -> None:
    with tenancy.entering(newcomer.agency):
        add(newcomer, "Aisha", roles=(Role.ADMINISTRATOR,))
    client, agency = login(newcomer), newcomer.agency
    listed = client.get(at(agency, "accounts:people")).content.decode()
    link = f'href="{at(agency, "privacy:agreements")}"'
    assert link in listed
    assert f'href="{at(agency, "accounts:enter")}"' not in listed
    refused = client.get(at(agency, "accounts:enter"))
    assert refused.status_code == 403
    assert link in refused.content.decode()


def test_what_was_said_of_the_agency_is_on_record(administrator: Member, agency: Agency) -> None:
    actions.say_part2(part2=True, by=administrator)
    said = Event.objects.within(agency).get(name="agency.part2_said")
    assert (said.actor_id, said.data) == (administrator.pk, {"part2": True})


def test_the_command_founds_an_agency_for_practice_or_one_that_knows_its_law(db: None) -> None:
    given = {"timezone": "UTC", "administrator": "Lee", "email": "lee@x.example"}
    call_command("found_agency", slug="mock", name="Mock", sandbox=True, part2=None, **given)
    call_command("found_agency", slug="real", name="Real", sandbox=False, part2="no", **given)
    found = Agency.objects.filter(slug__in=("mock", "real")).order_by("slug")
    assert [(each.sandbox, each.part2) for each in found] == [(True, None), (False, False)]


def test_agreements_go_their_way_on_the_pages(
    administrator: Member, agency: Agency, login: Login, look: Look
) -> None:
    client = login(administrator)
    made = record(administrator, QSOA, last_day=agency.today() + 30 * A_DAY)
    for name in ("agreements", "record_agreement", "part2"):
        look(client, at(agency, f"privacy:{name}"))
    for name in ("agreement", "end_agreement"):
        look(client, at(agency, f"privacy:{name}", pk=made.pk))
    actions.end(made, last_day=agency.today() - A_DAY, reason="By mistake", by=administrator)
    look(client, at(agency, "privacy:agreements"))
    look(client, at(agency, "privacy:agreement", pk=made.pk))


def test_the_pages_of_practice(trainer: Member, login: Login, look: Look) -> None:
    client = login(trainer)
    look(client, at(trainer.agency, "privacy:agreements"))
    look(client, at(trainer.agency, "privacy:make_real"))
    with tenancy.entering(trainer.agency):
        add(trainer)
    look(client, at(trainer.agency, "privacy:agreements"))


def test_the_list_costs_the_same_however_many_there_are(
    administrator: Member, agency: Agency, login: Login
) -> None:
    client, url = login(administrator), at(agency, "privacy:agreements")
    few = assert_budget(client, url)
    for kind in (BAA, QSOA, OWN):
        record(administrator, kind)
    assert assert_budget(client, url) == few


def test_whoever_records_the_first_agreement_is_led_to_the_other_question(
    newcomer: Member, login: Login
) -> None:
    agency, day = newcomer.agency, str(newcomer.agency.today())
    sent = {"kind": BAA.value, "partner": "Host", "signed_on": day, "since": day}
    client, url = login(newcomer), at(agency, "privacy:record_agreement")
    first = client.post(url, {"submission": str(uuid4()), **sent})
    assert first.headers["Location"] == at(agency, "privacy:part2")
    with tenancy.entering(agency):
        actions.say_part2(part2=False, by=newcomer)
    second = client.post(url, {"submission": str(uuid4()), **sent})
    assert second.headers["Location"] != at(agency, "privacy:part2")
