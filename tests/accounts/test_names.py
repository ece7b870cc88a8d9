"""Who may see somebody's standing: role by audience."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import access, actions
from accounts.models import AccessLog, Audience, Consent, Member
from accounts.names import standing_shown, standings_open_to
from foundation import links
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from tests.accounts.answers import send
from tests.conftest import Login

GROUP, OTHER_GROUP = 7, 8
READERS = [
    "administrator",
    "facilitator",
    "second_consumer",
    "provider",
    "approver",
    "payer",
    "committee_chair",
    "manager",
    "nobody",
]
NEEDS_IT = {"administrator", "facilitator"}
CONSENTS = ["none", "group", "agency", "public"]
PLACES = ["page", "group", "other group"]


def expected(reader: str, consent: str, place: str) -> bool:
    if reader in NEEDS_IT:
        return True
    if reader == "nobody":
        return consent == "public"
    if consent == "group":
        return place == "group"
    return consent != "none"


@pytest.mark.parametrize(
    ("reader", "consent", "place"), list(itertools.product(READERS, CONSENTS, PLACES))
)
def test_a_standing_is_shown_to_those_who_need_it_and_by_consent(
    reader: str,
    consent: str,
    place: str,
    agency: Agency,
    consumer: Member,
    request: pytest.FixtureRequest,
) -> None:
    who: Member | None = None if reader == "nobody" else request.getfixturevalue(reader)
    if consent != "none":
        actions.give_consent(
            consumer,
            audience=Audience(consent),
            group_id=GROUP if consent == "group" else 0,
            by=consumer,
        )
    group = {"page": 0, "group": GROUP, "other group": OTHER_GROUP}[place]
    shown = standing_shown(consumer, who, on=agency.today(), group_id=group)
    assert shown is expected(reader, consent, place)


def test_one_s_own_standing_is_always_shown(agency: Agency, consumer: Member) -> None:
    assert standing_shown(consumer, consumer, on=agency.today())


def test_many_members_cost_one_query(
    agency: Agency, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    actions.give_consent(consumer, audience=Audience.AGENCY, by=consumer)
    assert provider.roles == frozenset()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seen = standings_open_to(provider, [consumer, second_consumer, provider], on=agency.today())
    assert seen == {consumer.pk, provider.pk}
    assert len(queries) == 1


def test_consent_is_given_and_taken_back_by_the_person_alone(
    agency: Agency, consumer: Member, administrator: Member, provider: Member, login: Login
) -> None:
    with pytest.raises(Refused):
        actions.give_consent(consumer, audience=Audience.PUBLIC, by=administrator)
    client = login(consumer)
    url = at(agency, "accounts:my_consents")
    assert send(client, url, audience="agency").status_code == 302
    consent = Consent.objects.within(agency).get(member=consumer)
    take_back = at(agency, "accounts:take_back", pk=consent.pk)
    assert send(login(provider), take_back).status_code == 404
    assert "Take it back" in client.get(url).getvalue().decode()
    assert send(client, take_back).status_code == 302
    assert not standing_shown(consumer, provider, on=agency.today())
    assert send(client, url, audience="agency").status_code == 302
    assert standing_shown(consumer, provider, on=agency.today())
    assert Consent.objects.within(agency).count() == 2


def test_nobody_else_reads_that_somebody_lets_others_see_it(
    agency: Agency, consumer: Member, administrator: Member, login: Login
) -> None:
    """A list of people who consent would reveal the others."""
    consent = actions.give_consent(consumer, audience=Audience.AGENCY, by=consumer)
    actions.take_back(consent, by=consumer)
    given = Event.objects.within(agency).filter(name__startswith="consent.")
    assert given.count() == 2
    for reader in (administrator, consumer):
        known = given.filter(links.seen_by(reader, "subject_type", "subject_id"))
        assert known.count() == (2 if reader == consumer else 0)
    listed = login(administrator).get(at(agency, "accounts:activity_csv")).getvalue().decode()
    assert "member.entered" in listed
    assert "consent." not in listed


@pytest.mark.parametrize("said", [{}, {"audience": "group"}, {"audience": "x" * 900}])
def test_a_wrong_audience_is_explained_and_consents_to_nothing(
    said: dict[str, str], agency: Agency, consumer: Member, login: Login
) -> None:
    answer = send(login(consumer), at(agency, "accounts:my_consents"), **said)
    assert answer.status_code == 422
    assert Consent.objects.within(agency).count() == 0


def test_the_record_of_who_looked_can_not_be_changed(
    agency: Agency, consumer: Member, administrator: Member
) -> None:
    access.log(by=administrator, about=consumer, what="profile")
    for attack in (
        "UPDATE accounts_accesslog SET what = 'nothing'",
        "DELETE FROM accounts_accesslog",
        "TRUNCATE accounts_accesslog",
    ):
        with (
            pytest.raises(DatabaseError, match=r"never changed|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)
    assert AccessLog.objects.within(agency).count() == 1


def test_reading_one_s_own_page_is_not_logged(agency: Agency, consumer: Member) -> None:
    access.log(by=consumer, about=consumer, what="profile")
    assert AccessLog.objects.within(agency).count() == 0
