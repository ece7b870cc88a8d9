"""Copies of people's own data: what is in them, who gets them, and when they go."""

import csv
import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Member, User
from dialogues.voices.models import Contribution
from foundation import personal_data, tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from privacy.exports import actions, tasks
from privacy.exports.collecting import collect
from privacy.exports.models import DataCopy
from privacy.exports.packing import packed
from privacy.exports.policies import COPY_WAITS
from tests.conftest import Login, Look
from tests.days import days_on
from tests.privacy.conftest import EnterOrder, SetHold

pytestmark = pytest.mark.django_db


def made(member: Member) -> ZipFile:
    """What a person gets."""
    with tenancy.entering(member.agency):
        found = collect(member)
    return ZipFile(io.BytesIO(packed(member, found, member.agency.today())))


def text_of(archive: ZipFile) -> str:
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_a_copy_is_made_by_a_job_and_waits_for_the_person(
    consumer: Member, agency: Agency, login: Login
) -> None:
    copy = actions.ask(by=consumer)
    assert copy.ready_at is None
    tasks.make_copies(agency.pk)
    copy.refresh_from_db()
    days = COPY_WAITS.value(agency, agency.today())
    assert copy.expires_on == agency.today() + timedelta(days=days)
    assert Message.objects.within(agency).get(code="data_copy.ready").member == consumer
    answer = login(consumer).get(at(agency, "privacy:download_my_data"))
    assert answer.headers["Content-Type"] == "application/zip"
    names = ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"read-me.html", "data.json", "tables/accounts_member.csv"} <= {*names}


def test_it_holds_the_same_to_read_for_spreadsheets_and_for_programs(
    consumer: Member, agency: Agency
) -> None:
    Member.objects.within(agency).filter(pk=consumer.pk).update(contact="=1+1 at the corner")
    archive = made(consumer)
    (row,) = json.loads(archive.read("data.json"))["tables"]["accounts_member"]
    assert (row["name"], row["contact"]) == ("Rosa Example", "=1+1 at the corner")
    page = archive.read("read-me.html").decode()
    assert "Rosa Example" in page
    assert "=1+1 at the corner" in page
    sheet = archive.read("tables/accounts_member.csv").decode("utf-8-sig")
    headings, cells = csv.reader(io.StringIO(sheet))
    # No spreadsheet takes it for a formula.
    assert dict(zip(headings[:-1], cells, strict=True))["Other way to reach them"].startswith(
        "'=1+1"
    )


def test_it_says_what_is_left_out_and_why(
    consumer: Member, agency: Agency, enter_order: EnterOrder, set_hold: SetHold
) -> None:
    enter_order(asked_by="Judge Roe")
    set_hold(reason="Letter of counsel")
    archive = made(consumer)
    assert "Judge Roe" not in text_of(archive)
    assert "Letter of counsel" not in text_of(archive)
    left_out = json.loads(archive.read("data.json"))["left_out"]
    assert any("Legal orders" in each["from"] for each in left_out)
    assert len({each["why"] for each in left_out}) == len(left_out) > 2


def test_nobody_but_the_person_opens_it(
    consumer: Member, administrator: Member, agency: Agency, login: Login, outsider: Member
) -> None:
    copy = actions.ask(by=consumer)
    tasks.make_copies(agency.pk)
    for name in ("download_my_data", "delete_my_data"):
        assert login(administrator).get(at(agency, f"privacy:{name}")).status_code == 404
        assert login(outsider).get(at(agency, f"privacy:{name}")).status_code == 404
        assert Client().get(at(agency, f"privacy:{name}")).status_code == 302
    with pytest.raises(Refused):
        actions.delete(copy, by=administrator)


def test_there_is_one_at_a_time(consumer: Member, agency: Agency) -> None:
    copy = actions.ask(by=consumer)
    with pytest.raises(Refused):
        actions.ask(by=consumer)
    tasks.make_copies(agency.pk)
    with pytest.raises(Refused):
        actions.ask(by=consumer)
    actions.delete(copy, by=consumer)
    assert actions.ask(by=consumer).ready_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        DataCopy.objects.within(agency).create(member=consumer)


def test_a_copy_whose_time_is_over_is_refused_and_goes(
    consumer: Member, agency: Agency, login: Login
) -> None:
    actions.ask(by=consumer)
    tasks.make_copies(agency.pk)
    days = COPY_WAITS.value(agency, agency.today())
    with time_machine.travel(days_on(days)):
        assert login(consumer).get(at(agency, "privacy:download_my_data")).status_code == 403
        tasks.sweep_copies()
        assert not DataCopy.objects.within(agency).exists()
    assert actions.ask(by=consumer).ready_at is None


def test_a_job_that_runs_twice_makes_one_copy(consumer: Member, agency: Agency) -> None:
    actions.ask(by=consumer)
    tasks.sweep_copies()
    tasks.make_copies(agency.pk)
    assert Message.objects.within(agency).filter(code="data_copy.ready").count() == 1


def test_the_page_says_where_it_stands(
    consumer: Member, agency: Agency, login: Login, look: Look
) -> None:
    client, url = login(consumer), at(agency, "privacy:my_data")
    look(client, url)
    actions.ask(by=consumer)
    look(client, url)
    tasks.make_copies(agency.pk)
    look(client, url)
    look(client, at(agency, "privacy:delete_my_data"))
    assert at(agency, "privacy:my_data") in client.get(at(agency, "accounts:me")).text


# In the process that has the demo.
@pytest.mark.xdist_group("demo")
def test_nobodys_copy_names_anybody_else_or_lets_somebody_in(demo: Agency) -> None:
    """Other people stand in one's own words at most."""
    with tenancy.entering(demo):
        people = list(Member.objects.within(demo).exclude(user=None).select_related("user"))
        secrets = {each for each in User.objects.values_list("password", flat=True) if each}
        assert len(people) > 10
        for person in people:
            person.agency = demo
            found = collect(person)
            words = text_of(ZipFile(io.BytesIO(packed(person, found, demo.today()))))
            assert person.name in words
            own = {
                word
                for table in found.tables
                for row in table.rows
                for word in _of_words(table.name, table.columns, row)
            }
            others = {
                each.contact or each.name for each in people if each.pk != person.pk and each.name
            }
            told = {name for name in others if name in words}
            assert {name for name in told if not any(name in word for word in own)} == set()
            assert not [each for each in secrets if each in words]


def _of_words(table: str, columns: tuple[str, ...], row: tuple[object, ...]) -> list[str]:
    """The cells of a row that hold the person's own words, titles of what they may see, or whom
    they were told to answer.
    """
    classed = personal_data.of_table(table)
    assert classed is not None
    return [
        str(cell)
        for name, cell in zip(columns, row, strict=True)
        if classed.fields[name].what in (personal_data.What.WORDS, personal_data.What.KEY)
        or (table, name) == ("accounts_pause", "answer_to")
    ]


@pytest.mark.xdist_group("demo")
def test_ones_own_words_are_in_the_copy_and_others_are_not(demo: Agency) -> None:
    with tenancy.entering(demo):
        signed = Contribution.objects.within(demo).exclude(author=None).exclude(text="")
        words = signed.select_related("author").earliest("pk")
        author = words.author
        assert author is not None
        author.agency = demo
        other = signed.exclude(author=author).latest("pk")
        tables = {each.name: each for each in collect(author).tables}
    cells = [cell for row in tables["dialogues_contribution"].rows for cell in row]
    assert words.text in cells
    assert other.text not in cells
