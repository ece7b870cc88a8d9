"""A list of people is invited once, all or none, and nothing of it stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions, rules
from accounts.actions import lists
from accounts.actions.open_invitations import refuse
from accounts.actions.users import make_user
from accounts.lists import planning
from accounts.models import (
    Invitation,
    Member,
    PeopleList,
    RoleGrant,
    Standing,
    StandingKind,
)
from accounts.permissions import Role
from accounts.policies import LIST_KEPT
from accounts.tasks import forget_lists
from foundation import tenancy
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.models import Message
from tests.accounts.people_lists import bring, invite, many, outcomes, with_contacts
from tests.accounts.test_at_once import at_once
from tests.conftest import Enter

TWO = "Name,E-mail,Role\nAna Ruiz,ana@home.example,Facilitator\nBen Ott,,\n"


@pytest.fixture(autouse=True)
def contacts(request: pytest.FixtureRequest) -> None:
    if "administrator" in request.fixturenames:
        request.getfixturevalue("agency")
        with_contacts(request.getfixturevalue("administrator"))


def test_everybody_is_entered_and_invited_by_e_mail_or_letter(
    agency: Agency, administrator: Member
) -> None:
    people = bring(TWO, administrator)
    assert outcomes(people, administrator) == ["email", "letter"]
    done = invite(people, administrator)
    assert done.result == {"email": 1, "letter": 1}
    ana = Member.objects.within(agency).get(name="Ana Ruiz")
    ben = Member.objects.within(agency).get(name="Ben Ott")
    assert (ana.display_name, ben.display_name) == ("Ana R.", "Ben O.")
    assert ana.history.count() == ben.history.count() == 1
    granted = RoleGrant.objects.within(agency).get(member=ana)
    assert granted.role == Role.FACILITATOR
    assert not Standing.objects.within(agency).filter(member__in=[ana, ben]).exists()
    by_email = Invitation.objects.within(agency).get(member=ana)
    letter = Invitation.objects.within(agency).get(member=ben)
    assert (by_email.email, letter.email) == ("ana@home.example", "")
    assert by_email.token_digest != letter.token_digest


@pytest.mark.django_db(transaction=True)
def test_all_invitations_are_sent_by_one_job(agency: Agency, administrator: Member) -> None:
    invite(bring(many(6), administrator), administrator)
    assert sorted(each.to[0] for each in mail.outbox) == [f"p{at}@home.example" for at in (1, 3, 5)]
    assert {each.subject for each in mail.outbox} == {"You have a message"}


def test_who_stated_that_all_agreed_is_on_record(agency: Agency, administrator: Member) -> None:
    people = bring(TWO, administrator)
    invite(people, administrator)
    event = Event.objects.within(agency).get(name="list.attested")
    assert event.actor == administrator
    assert event.data == {"count": 2}
    for each in Invitation.objects.within(agency):
        assert (each.invited_by, each.attested_at) == (administrator, people.attested_at)
        assert each.batch == people.batch


def test_nothing_of_the_list_stays(agency: Agency, administrator: Member) -> None:
    text = (
        "Name,E-mail,Diagnosis,Consumer,Case number,SSN,DOB,Role\n"
        "Ana Ruiz,ana@home.example,F20.91,yes,CX-77120,123-45-6789,1/2/1981,Usuaria\n"
    )
    people = bring(text, administrator)
    never = ("F20.91", "CX-77120", "123-45-6789", "1/2/1981", "Usuaria")
    assert not _anywhere(*never)
    people = invite(people, administrator)
    assert (people.rows, people.left_out) == ([], [])
    assert not _anywhere(*never, "Diagnosis", "Case number")


def test_the_search_for_what_stays_finds_what_is_planted(
    agency: Agency, administrator: Member
) -> None:
    bring("Name\nPlanted Somebody\n", administrator)
    assert _anywhere("Planted Somebody") == ["accounts_peoplelist"]


def _anywhere(*words: str) -> list[str]:
    """The tables with one of these words in any column, as far as the portal can read."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if not cursor.fetchone()[0]:
                continue
            for word in words:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" AS kept WHERE kept::text ILIKE %s LIMIT 1',  # noqa: S608
                    [f"%{word}%"],
                )
                if cursor.fetchone():
                    found.add(table)
    return sorted(found)


def test_the_same_list_twice_invites_nobody_twice(agency: Agency, administrator: Member) -> None:
    invite(bring(many(10), administrator), administrator)
    again = bring(many(10), administrator)
    assert set(outcomes(again, administrator)) == {"invited"}
    done = invite(again, administrator)
    assert done.result == {"invited": 10}
    assert Invitation.objects.within(agency).count() == 10
    assert Event.objects.within(agency).filter(name="list.attested").count() == 1


def test_a_used_list_does_nothing_more(agency: Agency, administrator: Member) -> None:
    people = bring(TWO, administrator)
    first = invite(people, administrator)
    second = lists.invite_list(people, version=99, by=administrator)
    assert second.used_at == first.used_at
    assert Invitation.objects.within(agency).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_and_a_double_tap_invite_once(agency: Agency, administrator: Member) -> None:
    one = bring(many(20), administrator)
    other = PeopleList.objects.within(agency).create(
        uploaded_by=administrator, rows=one.rows, agency=agency
    )
    done = at_once(
        agency,
        lambda: invite(one, administrator),
        lambda: invite(one, administrator),
        lambda: invite(other, administrator),
    )
    assert all(isinstance(each, PeopleList) for each in done), done
    assert Invitation.objects.within(agency).count() == 20
    assert Member.objects.within(agency).exclude(pk=administrator.pk).count() == 20


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_the_middle_leaves_nothing(
    agency: Agency, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = bring(TWO, administrator)
    # The last row's code is already taken: the database refuses it after people were entered.
    monkeypatch.setattr("accounts.invitation_codes.digest", lambda code: "0" * 64)
    with pytest.raises(Exception, match="token_digest"):
        invite(people, administrator)
    monkeypatch.undo()
    assert Member.objects.within(agency).count() == 1
    assert not Invitation.objects.within(agency).exists()
    assert invite(people, administrator).result == {"email": 1, "letter": 1}


def test_a_thousand_people_take_as_many_queries_as_twenty(
    agency: Agency, administrator: Member
) -> None:
    counts = []
    for people in (bring(many(20), administrator), bring(many(1000, 2000), administrator)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            invite(people, administrator)
        counts.append(len(queries))
    assert Invitation.objects.within(agency).count() == 1020
    assert counts[1] <= counts[0] + 6, counts
    assert counts[0] < 60


def test_a_member_of_another_agency_is_somebody_new_here(
    agency: Agency, administrator: Member
) -> None:
    make_user(email="ana@home.example", email_proven=True)
    other, head = actions.found_agency(
        slug="elsewhere",
        name="Elsewhere",
        timezone="America/New_York",
        administrator="Ana Ruiz",
        email="ana@home.example",
        part2=False,
    )
    assert other != agency
    people = bring(TWO, administrator)
    assert outcomes(people, administrator) == ["email", "letter"]
    before = [each.name for each in planning.known_people(agency, timezone.now(), agency.today())]
    assert before == [administrator.name]
    assert head.name not in before


@pytest.mark.parametrize("role", ["Administrator", "Oversight committee member", "Manager", "King"])
def test_roles_that_a_list_can_not_give_are_mended_first(
    role: str, agency: Agency, administrator: Member
) -> None:
    people = bring(f"Name,Role\nAna Ruiz,{role}\n", administrator)
    (row,) = lists.planned(people, administrator)
    assert row.outcome == "mend"
    assert list(row.wrong) == ["role"]
    with pytest.raises(ValidationError):
        invite(people, administrator)
    people = lists.mend_list(
        people, answers={2: {"role": ""}}, version=people.version, by=administrator
    )
    assert invite(people, administrator).result == {"letter": 1}


def test_who_may_not_manage_people_brings_no_list(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    facilitator = enter("Fay", roles=(Role.FACILITATOR,))
    with pytest.raises(Refused):
        bring(TWO, facilitator)
    other = enter("Otis", roles=(Role.ADMINISTRATOR,))
    people = bring(TWO, administrator)
    with pytest.raises(Refused):
        invite(people, other)
    assert rules.givable_by_list(facilitator) == frozenset()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Ana Ruiz,ana@home.example,", "invited"),
        ("RUIZ ANA,ANA@home.example,", "invited"),
        ("Anna Gil,ana@home.example,", "ask"),
        ("Ana Ruíz,other@home.example,", "ask"),
        ("Ana Ruiz,,", "ask"),
        ("Cy Dee,,(503) 555-0123", "ask"),
        ("Ana Ruiz,,1 503 555 0123", "invited"),
        ("Cy Dee,cy@home.example,503-555-0199", "email"),
    ],
)
def test_likely_doubles_are_asked_about_and_sure_ones_known(
    line: str, asked: str, agency: Agency, administrator: Member
) -> None:
    invite(
        bring("Name,E-mail,Phone\nAna Ruiz,ana@home.example,503-555-0123\n", administrator),
        administrator,
    )
    assert outcomes(bring(f"Name,E-mail,Phone\n{line}\n", administrator), administrator) == [asked]


def test_the_answer_who_it_is_decides(agency: Agency, administrator: Member) -> None:
    invite(bring("Name,E-mail\nAna Ruiz,ana@home.example\n", administrator), administrator)
    people = bring("Name,E-mail\nAnna Gil,ana@home.example\n", administrator)
    (row,) = lists.planned(people, administrator)
    same, other = row.matches[0].value, planning.OTHER_PERSON
    for answer, outcome in ((same, "invited"), (other, "letter")):
        people = lists.mend_list(
            people, answers={2: {"same": answer}}, version=people.version, by=administrator
        )
        assert outcomes(people, administrator) == [outcome]
    invite(people, administrator)
    anna = Invitation.objects.within(agency).get(member__name="Anna Gil")
    # An address lets only one person in.
    assert anna.email == ""


def test_two_people_with_one_address_on_a_list_are_asked_about(
    agency: Agency, administrator: Member
) -> None:
    text = "Name,E-mail\nAna Ruiz,home@home.example\nBen Ruiz,home@home.example\n"
    people = bring(text, administrator)
    assert outcomes(people, administrator) == ["email", "ask"]
    people = lists.mend_list(
        people, answers={3: {"same": "other"}}, version=people.version, by=administrator
    )
    assert outcomes(people, administrator) == ["email", "letter"]


def test_the_same_row_twice_counts_once(agency: Agency, administrator: Member) -> None:
    people = bring("Name,E-mail\n" + "Ana Ruiz,ana@home.example\n" * 3, administrator)
    assert outcomes(people, administrator) == ["email", "same_row", "same_row"]
    people = bring("Name\nAna Ruiz\nAna Ruiz\n", administrator)
    assert outcomes(people, administrator) == ["letter", "ask"]


def test_people_who_are_here_left_or_said_no_are_not_invited(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    here, gone = enter("Here"), enter("Gone")
    actions.end_membership(gone, on=agency.today(), by=administrator)
    invite(bring("Name,E-mail\nSaid No,no@home.example\n", administrator), administrator)
    refuse(Invitation.objects.within(agency).get())
    assert here.user is not None
    assert gone.user is not None
    text = (
        f"Name,E-mail\nHere Example,{here.user.email}\nGone Example,{gone.user.email}\n"
        "Said No,no@home.example\n"
    )
    people = bring(text, administrator)
    assert outcomes(people, administrator) == ["here", "left", "said_no"]
    assert invite(people, administrator).result == {"here": 1, "left": 1, "said_no": 1}
    assert Invitation.objects.within(agency).count() == 1


def test_somebody_entered_before_is_invited_not_entered_again(
    agency: Agency, administrator: Member
) -> None:
    before = actions.enter_member(
        by=administrator,
        name="Ana Ruiz",
        display_name="Ana",
        since=agency.today(),
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )
    people = bring("Name,E-mail\nAna Ruiz,ana@home.example\n", administrator)
    (row,) = lists.planned(people, administrator)
    assert row.outcome == "ask"
    people = lists.mend_list(
        people,
        answers={2: {"same": row.matches[0].value}},
        version=people.version,
        by=administrator,
    )
    invite(people, administrator)
    assert Invitation.objects.within(agency).get().member == before


def test_people_of_one_name_are_told_apart_among_themselves_and_from_others(
    agency: Agency, administrator: Member
) -> None:
    actions.enter_member(
        by=administrator, name="Ana Roe", display_name="Ana R.", since=agency.today()
    )
    text = "Name,E-mail\n" + "".join(f"Ana R{at}x,a{at}@home.example\n" for at in "abcdef")
    invite(bring(text, administrator), administrator)
    shown = Member.objects.within(agency).filter(display_name="Ana R.")
    names = set(shown.values_list("shown_name", flat=True))
    assert len(names) == 7
    assert all("#" in each for each in names)
    numbered = Member.objects.within(agency).get(name="Ana Roe")
    assert numbered.history.count() == 2


def test_a_stale_page_sends_nothing(agency: Agency, administrator: Member) -> None:
    people = bring(TWO, administrator)
    lists.mend_list(people, answers={3: {"out": True}}, version=people.version, by=administrator)
    with pytest.raises(ValidationError):
        lists.invite_list(people, version=people.version, by=administrator)
    assert not Invitation.objects.within(agency).exists()


def test_an_abandoned_list_goes_after_a_day(agency: Agency, administrator: Member) -> None:
    used = invite(bring("Name\nCy Dee\n", administrator), administrator)
    left = bring(TWO, administrator)
    forget_lists(agency.pk)
    assert PeopleList.objects.within(agency).count() == 2
    old = timezone.now() - LIST_KEPT.span - timedelta(minutes=1)
    PeopleList.objects.within(agency).filter(pk__in=[left.pk, used.pk]).update(uploaded_at=old)
    forget_lists(agency.pk)
    assert not PeopleList.objects.within(agency).exists()


def test_a_list_that_is_thrown_away_is_gone_at_once(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    other = enter("Otis", roles=(Role.ADMINISTRATOR,))
    people = bring(TWO, administrator)
    with pytest.raises(Refused):
        lists.discard_list(people, by=other)
    lists.discard_list(people, by=administrator)
    lists.discard_list(people, by=administrator)
    assert not PeopleList.objects.within(agency).exists()


def test_without_agreements_no_list_is_taken(db: None) -> None:
    agency, head = actions.found_agency(
        slug="bare",
        name="Bare",
        timezone="America/New_York",
        administrator="Ada Bare",
        email="ada@bare.example",
        part2=False,
    )
    with tenancy.entering(agency):
        with pytest.raises(Refused):
            bring(TWO, head)
        assert not PeopleList.objects.within(agency).exists()


def test_a_second_administrator_hears_of_many_at_once_in_one_message(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    other = enter("Otis", roles=(Role.ADMINISTRATOR,))
    Message.objects.within(agency).filter(member=other).delete()
    invite(bring(many(8), administrator), administrator)
    codes = Message.objects.within(agency).filter(member=other).values_list("code", flat=True)
    assert list(codes) == ["change_of_many.way"]
