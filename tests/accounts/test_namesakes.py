"""Two people of one name look different wherever somebody chooses between them."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier, Literal

from accounts import actions
from accounts.actions.invitations import Acceptance
from accounts.models import EmailLevel, Member, StandingKind
from accounts.namesakes import NameKey
from foundation import tenancy
from foundation.addresses import at
from foundation.choosing import RowField
from foundation.models import Agency
from notifications.waiting import waiting
from tests.accounts.answers import send
from tests.conftest import Enter, Login

CONSUMER = StandingKind.PRIMARY_CONSUMER
NUMBERED = re.compile(r"^Maria #[2-9]{3}$")


def read(member: Member) -> Member:
    return Member.objects.within(member.agency).get(pk=member.pk)


def another(by: Member, shown: str, full: str = "", addition: str = "") -> Member:
    return actions.enter_member(
        by=by,
        name=full or f"{shown} of {Member.objects.within(by.agency).count()}",
        display_name=shown,
        addition=addition,
        since=by.agency.today(),
    )


def rename(member: Member, shown: str, addition: str = "") -> Member:
    member = read(member)
    return actions.change_own_profile(
        by=member,
        version=member.version,
        display_name=shown,
        addition=addition,
        language="en",
        email_level=EmailLevel.NONE,
        contact="",
    )


def asked(member: Member) -> bool:
    tell_apart = at(member.agency, "accounts:tell_apart")
    return tell_apart in [each.url for each in waiting(read(member), member.agency.today())]


def test_a_name_that_nobody_else_has_stays_as_it_is(administrator: Member) -> None:
    assert str(another(administrator, "Maria")) == "Maria"


def test_both_of_one_name_get_a_number_and_are_asked(administrator: Member) -> None:
    first = another(administrator, "Maria")
    second = another(administrator, "Maria")
    assert NUMBERED.match(read(first).shown_name)
    assert NUMBERED.match(second.shown_name)
    assert read(first).shown_name != second.shown_name
    assert asked(first)
    assert asked(second)
    assert not asked(administrator)


@pytest.mark.parametrize(
    "alike",
    [
        "MARIA",
        "María",
        " Ma ria",
        "Maria.",
        "M\u0430ri\u0430",
        "\u039caria",
        "Marla",
        "Mar1a",
        "\uff2daria",
    ],
)
def test_names_that_read_the_same_are_told_apart(administrator: Member, alike: str) -> None:
    first = another(administrator, "Maria")
    assert "#" in another(administrator, alike).shown_name
    assert "#" in read(first).shown_name


@pytest.mark.parametrize("other", ["Marie", "Maria G.", "Mario", "Ma"])
def test_names_that_read_otherwise_get_no_number(administrator: Member, other: str) -> None:
    another(administrator, "Maria")
    assert another(administrator, other).shown_name == other


def test_what_a_person_chose_stands_in_place_of_the_number(administrator: Member) -> None:
    first, second = another(administrator, "Maria"), another(administrator, "Maria")
    first = read(first)
    now = actions.tell_oneself_apart(by=first, version=first.version, addition=" red hat ")
    assert str(now) == "Maria (red hat)"
    assert not asked(first)
    assert asked(second)
    assert read(first).history.filter(addition="red hat").exists()


@pytest.mark.parametrize("addition", ["red hat", "Red Hat", "rèd-hat"])
def test_two_of_one_name_never_choose_the_same(administrator: Member, addition: str) -> None:
    another(administrator, "Maria", addition="red hat")
    second = another(administrator, "Maria")
    with pytest.raises(ValidationError) as refused:
        actions.tell_oneself_apart(by=second, version=second.version, addition=addition)
    assert "addition" in refused.value.message_dict
    assert read(second).addition == ""


def test_who_takes_the_name_of_somebody_with_an_addition_gets_a_number(
    administrator: Member,
) -> None:
    first = another(administrator, "Maria", addition="red hat")
    assert "#" in another(administrator, "Maria").shown_name
    assert read(first).shown_name == "Maria (red hat)"
    # A name that reads like another one with its addition counts as the same.
    assert "#" in another(administrator, "Maria Red Hat").shown_name


def test_a_new_name_takes_no_number_along(administrator: Member) -> None:
    """Numbers are drawn, so chance may draw the same one again, but hardly three times."""
    taken_along = []
    for before, after in (("Maria", "Zoe"), ("Ines", "Carla"), ("Petra", "Ulla")):
        another(administrator, before)
        second = another(administrator, before)
        number = second.shown_number
        assert rename(second, after).shown_name == after
        third = another(administrator, after)
        taken_along.append(number in (read(second).shown_number, third.shown_number))
    assert not all(taken_along)


def test_a_number_stays_while_the_name_does(administrator: Member) -> None:
    first, second = another(administrator, "Maria"), another(administrator, "Maria")
    kept = read(first).shown_name
    rename(second, "Zoe")
    another(administrator, "Maria")
    assert read(first).shown_name == kept
    assert rename(first, "Maria").shown_name == kept


def test_nobody_is_asked_once_the_other_has_gone(administrator: Member) -> None:
    first, second = another(administrator, "Maria"), another(administrator, "Maria")
    actions.erase(second, by=administrator)
    assert not asked(first)
    assert read(second).shown_name == read(second).display_name
    assert not read(second).history.exclude(shown_number="").exists()


def test_who_has_left_keeps_the_name_and_finds_it_on_coming_back(administrator: Member) -> None:
    first = another(administrator, "Maria")
    actions.end_membership(
        first, on=administrator.agency.today(), by=administrator, why="never_began"
    )
    second = another(administrator, "Maria")
    assert "#" in second.shown_name
    assert "#" in read(first).shown_name
    actions.bring_back(read(first), by=administrator)
    assert read(first).shown_name != second.shown_name


def test_full_names_are_told_apart_by_a_number_of_their_own(administrator: Member) -> None:
    """The same number after both names would link a pseudonym to the full name."""
    first = another(administrator, "Bluebird", "John Smith")
    second = another(administrator, "Sparrow", "John  Smith")
    assert read(first).full_name != second.full_name
    assert read(first).shown_name == "Bluebird"
    assert not asked(first)
    third = another(administrator, "Bluebird", "John Smith")
    assert third.full_number != third.shown_number


def test_a_full_name_that_others_show_tells_nothing(administrator: Member) -> None:
    another(administrator, "Bluebird", "John Smith")
    assert str(another(administrator, "John Smith", "Jonathan Smith")) == "John Smith"


def test_who_joins_says_it_with_their_name(administrator: Member) -> None:
    another(administrator, "Maria", addition="red hat")
    invited = another(administrator, "Somebody")
    invitation = actions.invite(invited, email="maria@home.example", by=administrator)
    said = Acceptance("Maria", "en", "", EmailLevel.NONE, addition="red hat")
    with pytest.raises(ValidationError):
        actions.accept(invitation, said)
    said = Acceptance("Maria", "en", "", EmailLevel.NONE, addition="Elm Street")
    member, _user, _sheet = actions.accept(invitation, said)
    assert str(member) == "Maria (Elm Street)"


def test_the_database_lets_no_two_read_the_same(administrator: Member) -> None:
    first, second = another(administrator, "Maria"), another(administrator, "Zoe")
    for column, name in (("display_name", "MARÍA"), ("name", first.name)):
        change = SQL("UPDATE accounts_member SET {} = {} WHERE id = {}").format(
            Identifier(column), Literal(name), Literal(second.pk)
        )
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.within(administrator.agency).create(
            name="Another", display_name="Maria", since=administrator.agency.today()
        )


def test_another_agency_has_its_own_names(administrator: Member, outsider: Member) -> None:
    another(administrator, "Maria")
    with tenancy.entering(outsider.agency):
        assert str(another(outsider, "Maria")) == "Maria"


def test_a_choice_of_people_shows_the_difference(administrator: Member, agency: Agency) -> None:
    for _time in range(3):
        another(administrator, "Maria", "Maria Gomez")
    field = RowField(queryset=Member.objects.within(agency).order_by("pk"))
    words = [field.label_from_instance(each) for each in field.queryset]
    assert len(words) == len(set(words)) > 3


def test_the_page_asks_for_words_and_keeps_them(
    administrator: Member, enter: Enter, login: Login, agency: Agency
) -> None:
    member = enter("Maria", CONSUMER)
    another(administrator, "Maria")
    client, url = login(read(member)), at(agency, "accounts:tell_apart")
    assert url in client.get(at(agency, "home_of")).content.decode()
    version = read(member).version
    assert send(client, url, addition="", version=version).status_code == 422
    assert send(client, url, addition="x" * 31, version=version).status_code == 422
    assert send(client, url, addition="Elm Street", version=version).status_code == 302
    assert read(member).shown_name == "Maria (Elm Street)"
    assert url not in client.get(at(agency, "home_of")).content.decode()


def test_an_old_tab_overwrites_nothing(enter: Enter, administrator: Member) -> None:
    member = read(enter("Maria", CONSUMER))
    actions.tell_oneself_apart(by=member, version=member.version, addition="red hat")
    with pytest.raises(ValidationError):
        actions.tell_oneself_apart(by=member, version=member.version, addition="blue hat")
    assert read(member).addition == "red hat"


def words_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_of_people_names_each_by_a_name_of_their_own(
    administrator: Member, login: Login, agency: Agency
) -> None:
    both = [another(administrator, "Maria", "Maria Gomez") for _time in range(2)]
    text = words_of(login(administrator), at(agency, "accounts:people"))
    for member in map(read, both):
        assert text.count(member.shown_name) == text.count(member.full_name) == 1


NAMES = st.sampled_from(["Maria", "maría", "Maria 22", "Maria 333", "Zoe", "Z0e", "🌻", "李"])
ADDITIONS = st.sampled_from(["", "", "", "red hat", "222", "Zoe"])


@pytest.mark.django_db
@settings(max_examples=25)
@given(st.lists(st.tuples(NAMES, ADDITIONS, st.booleans()), max_size=7))
def test_whatever_names_are_taken_in_any_order_no_two_read_the_same(
    steps: list[tuple[str, str, bool]],
) -> None:
    with transaction.atomic():
        _agency, founder = actions.found_agency(
            slug="names",
            name="Names",
            timezone="UTC",
            administrator="Ada",
            email="a@b.example",
            sandbox=True,
        )
        with tenancy.entering(founder.agency):
            members: list[Member] = []
            for name, addition, anew in steps:
                try:
                    with transaction.atomic():
                        if anew or not members:
                            members.append(another(founder, name, "Maria Gomez", addition))
                        else:
                            rename(members[0], name, addition)
                except ValidationError:
                    continue
            people = Member.objects.within(founder.agency).annotate(read_as=NameKey("shown_name"))
            keys = list(people.values_list("read_as", flat=True))
            assert len(keys) == len(set(keys))
        transaction.set_rollback(True)
