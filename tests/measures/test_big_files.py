"""Big files: a job imports them; the request is in the database, so nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from devtools.states import begins_at
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing import tasks
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft, ImportProgress
from measures.numbers import actions as number_actions
from notifications.models import Message
from tests.cells.addresses import page_name
from tests.cells.conftest import Define
from tests.conftest import Login, assert_budget
from tests.measures.workbooks import workbook

ROWS = 1_200


_july = begins_at("2026-07-15T12:00:00-04:00")


@pytest.fixture
def daily(define: Define) -> Measure:
    return define(kind="count", denominator="", frequency="day")


def lines(count: int = ROWS) -> bytes:
    first = date(2012, 1, 1).toordinal()
    rows = "".join(f"{date.fromordinal(first + n)},{n % 50}\n" for n in range(count))
    return f"day,calls\n{rows}".encode()


@pytest.fixture
def draft(daily: Measure, provider: Member) -> ImportDraft:
    made = import_actions.upload(daily, data=lines(), by=provider)
    return import_actions.choose_columns(made, columns=Columns(0, 1), by=provider)


def told(member: Member) -> list[str]:
    rows = Message.objects.within(member.agency).filter(member=member, code__startswith="import")
    return list(rows.order_by("pk").values_list("code", flat=True))


def test_a_big_file_is_asked_for_and_then_imported(
    draft: ImportDraft, daily: Measure, agency: Agency, provider: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    assert daily.points.count() == 0
    seen: list[int] = []
    done = import_actions.carry_out(agency, draft.pk, tell=seen.append)
    assert done is not None
    assert done.new == daily.points.count() == ROWS
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, ROWS + 1_000)
    draft.refresh_from_db()
    assert (draft.rows, draft.result["new"], draft.stopped) == ([], ROWS, "")
    assert told(provider) == ["import.done"]


def test_an_import_that_is_done_is_not_done_again(
    draft: ImportDraft, agency: Agency, provider: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    import_actions.carry_out(agency, draft.pk)
    assert import_actions.carry_out(agency, draft.pk) is None
    assert told(provider) == ["import.done"]


def test_what_stops_an_import_is_said_before_it_is_asked_for(
    daily: Measure, provider: Member
) -> None:
    data = lines(1_000) + b"2020-01-01,many\n"
    draft = import_actions.upload(daily, data=data, by=provider)
    draft = import_actions.choose_columns(draft, columns=Columns(0, 1), by=provider)
    with pytest.raises(ValidationError) as caught:
        import_actions.ask_for_import(draft, by=provider)
    assert set(caught.value.message_dict) == {"leave_out_wrong"}
    draft = import_actions.ask_for_import(draft, leave_out_wrong=True, by=provider)
    assert draft.asked_at is not None


def test_while_it_is_saved_it_can_not_be_changed(draft: ImportDraft, provider: Member) -> None:
    draft = import_actions.ask_for_import(draft, by=provider)
    for act in (import_actions.ask_for_import, import_actions.import_numbers):
        with pytest.raises(Refused, match="being imported now"):
            act(draft, by=provider)
    with pytest.raises(Refused, match="being imported now"):
        import_actions.choose_columns(draft, columns=Columns(0, 1), by=provider)


def test_an_import_that_dies_in_the_middle_leaves_nothing_and_is_begun_again(
    draft: ImportDraft, daily: Measure, agency: Agency, provider: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)

    def dying(done: int) -> None:
        if done > ROWS + 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_actions.carry_out(agency, draft.pk, tell=dying)
    assert daily.points.count() == 0
    assert list(ImportDraft.objects.within(agency).unfinished()) == [draft]
    done = import_actions.carry_out(agency, draft.pk)
    assert done is not None
    assert done.new == ROWS


def test_numbers_of_days_before_a_measure_was_given_up_are_brought_in_all_the_same(
    draft: ImportDraft, daily: Measure, agency: Agency, provider: Member, facilitator: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    measure_actions.retire(daily, by=facilitator)
    done = import_actions.carry_out(agency, draft.pk)
    assert done is not None
    assert daily.points.count() == done.new == ROWS


def test_numbers_that_changed_meanwhile_are_kept_unless_they_are_to_be_corrected(
    draft: ImportDraft, daily: Measure, agency: Agency, provider: Member, facilitator: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    number_actions.record_point(
        daily, period=date(2012, 1, 1), numerator=Decimal(77), by=facilitator
    )
    done = import_actions.carry_out(agency, draft.pk)
    assert done is not None
    assert (done.new, done.corrected, done.same) == (ROWS - 1, 0, 1)
    assert daily.points.get(period=date(2012, 1, 1)).numerator == Decimal(77)


def test_who_lost_their_place_meanwhile_imports_nothing(
    define: Define, agency: Agency, provider: Member, facilitator: Member
) -> None:
    measure = define(kind="count", denominator="", frequency="day", collected_by=facilitator)
    draft = import_actions.upload(measure, data=lines(), by=provider)
    draft = import_actions.choose_columns(draft, columns=Columns(0, 1), by=provider)
    import_actions.ask_for_import(draft, by=provider)
    seat = next(each for each in measure.owner.seats.all() if each.member_id == provider.pk)
    group_actions.end_seat(seat, on=agency.today(), by=facilitator)
    assert import_actions.carry_out(agency, draft.pk) is None
    draft.refresh_from_db()
    assert draft.asked_at is None
    assert draft.stopped
    assert measure.points.count() == 0
    assert told(provider) == ["import.stopped"]


def test_an_import_that_never_ends_is_given_up_and_told(
    draft: ImportDraft, daily: Measure, agency: Agency, provider: Member
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    ImportProgress.objects.within(agency).update(tries=import_actions.MOST_TRIES)
    tasks.bring_in(agency.pk)
    draft.refresh_from_db()
    assert draft.stopped.startswith("Something went wrong on our side.")
    assert daily.points.count() == 0
    assert told(provider) == ["import.stopped"]


def test_the_page_says_how_far_it_is_and_then_what_was_done(
    draft: ImportDraft, agency: Agency, provider: Member, login: Login
) -> None:
    client = login(provider)
    checking, saving = (
        at(agency, page_name(name), pk=draft.pk) for name in ("import", "importing")
    )
    key = client.get(checking).context["form"]["submission"].value()
    assert client.post(checking, {"submission": key})["Location"] == saving
    ImportProgress.objects.within(agency).update(done=600)
    shown = client.get(saving).content.decode()
    assert "25% done" in shown
    assert "See how far it is now" in shown
    part = client.get(saving, headers={"HX-Request": "true"})
    assert (part.status_code, b"<html" in part.content) == (200, False)
    assert_budget(client, saving)
    import_actions.carry_out(agency, draft.pk)
    part = client.get(saving, headers={"HX-Request": "true"})
    assert part.status_code == 286
    assert "1200 numbers are on the chart" in part.content.decode()
    assert client.get(checking).status_code == 403


def test_the_page_says_why_it_was_stopped_and_leads_back(
    draft: ImportDraft, agency: Agency, provider: Member, login: Login
) -> None:
    import_actions.ask_for_import(draft, by=provider)
    import_actions.give_up(agency, draft.pk)
    client = login(provider)
    shown = client.get(at(agency, "measures:importing", pk=draft.pk)).content.decode()
    assert "Something went wrong on our side. Nothing was saved." in shown
    assert client.get(at(agency, "measures:import", pk=draft.pk)).status_code == 200


def test_a_workbook_of_five_thousand_rows_is_imported(
    daily: Measure, agency: Agency, provider: Member
) -> None:
    first = date(2012, 1, 1).toordinal()
    rows = [["day", "calls"], *([date.fromordinal(first + n), n % 50] for n in range(5_200))]
    draft = import_actions.upload(daily, data=workbook({"Calls": rows}), by=provider)
    draft = import_actions.choose_columns(draft, columns=Columns(0, 1), by=provider)
    import_actions.ask_for_import(draft, by=provider)
    tasks.bring_in(agency.pk)
    assert daily.points.count() == 5_200


def test_the_sweep_finds_what_was_asked_for_in_any_agency(
    draft: ImportDraft, agency: Agency, provider: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.bring_in, "delay", asked.append)
    tasks.sweep()
    assert asked == []
    import_actions.ask_for_import(draft, by=provider)
    tasks.sweep()
    assert asked == [agency.pk]
