"""Whoever runs a group can't find out by dates when others are away: each attack, and its end."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts import actions as people
from accounts.away import Away
from accounts.models import AccessLog, EmailLevel, Member
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions
from groups.models import CallResult, Group, Meeting
from groups.policies import ABSENCES_AHEAD, ABSENCES_DATES, ABSENCES_WAIT
from tests.conftest import Login
from tests.days import days_on
from tests.groups.test_after import filled

DAY = timedelta(days=1)
WAIT, AHEAD = ABSENCES_WAIT.default, ABSENCES_AHEAD.default
PAGES = ("not_expected", "calls", "meeting")
WEEK = ("calls_this_week", "print_calls")


@pytest.fixture
def away(seated: Group, consumer: Member) -> Member:
    """Rosa, whom no message reaches, is away for forty days."""
    Member.objects.within(seated.agency).update(email_level=EmailLevel.EACH)
    consumer.email_level = EmailLevel.NONE
    consumer.save()
    today = seated.agency.today()
    people.go_away(consumer, since=today, until=today + 40 * DAY, by=consumer)
    return consumer


@pytest.fixture
def same(away: Member, chair: Member, login: Login) -> Callable[[Meeting, tuple[str, ...]], bool]:
    """Whether pages about a meeting are the same as if nobody were away."""

    def read(meeting: Meeting, names: tuple[str, ...]) -> list[tuple[int, str]]:
        client = login(chair)
        pages = [at(meeting.agency, f"groups:{name}", pk=meeting.pk) for name in names]
        pages += [at(meeting.agency, f"groups:{name}") for name in WEEK]
        found = [client.get(page) for page in pages]
        return [(each.status_code, _main(each.text)) for each in found]

    def same(meeting: Meeting, names: tuple[str, ...] = PAGES) -> bool:
        with_absence = read(meeting, names)
        Away.objects.within(away.agency).filter(member=away).delete()
        return read(meeting, names) == with_absence

    return same


def _main(text: str) -> str:
    main = text.partition("<main")[2].partition("</main>")[0]
    lines = main.splitlines()
    return "\n".join(each for each in lines if "submission" not in each and "csrf" not in each)


def plan(group: Group, by: Member, days: int) -> Meeting:
    return actions.plan_meeting(group, starts_at=timezone.now() + days * DAY, by=by)


def move(meeting: Meeting, by: Member, days: int) -> Meeting:
    return actions.change_meeting(
        meeting,
        starts_at=timezone.now() + days * DAY,
        minutes_planned=60,
        place="",
        agenda="",
        by=by,
    )


@pytest.mark.parametrize("days", [0, 1, WAIT - 1, WAIT, 20])
def test_a_meeting_planned_to_look_at_a_day_tells_nothing(
    days: int, seated: Group, chair: Member, same: Callable[..., bool]
) -> None:
    assert same(plan(seated, chair, days))


@pytest.mark.parametrize("days", [1, 4, 20])
def test_an_old_meeting_moved_onto_a_day_tells_nothing(
    days: int, seated: Group, chair: Member, same: Callable[..., bool]
) -> None:
    meeting = plan(seated, chair, 30)
    with time_machine.travel(days_on(10)):
        assert same(move(meeting, chair, days))


def test_a_series_moved_onto_days_tells_nothing(
    seated: Group, chair: Member, same: Callable[..., bool]
) -> None:
    today = seated.agency.today()
    first = timezone.localtime() + 20 * DAY
    actions.plan_series(
        seated,
        rhythm="weekly",
        starts_at=first.replace(tzinfo=None),
        days=[first.date(), first.date() + 7 * DAY],
        by=chair,
    )
    meeting = Meeting.objects.within(seated.agency).order_by("on").first()
    assert meeting is not None
    with time_machine.travel(days_on(10)):
        moved = (timezone.localtime() + DAY).replace(tzinfo=None)
        actions.move_series(meeting, starts_at=moved, minutes_planned=60, place="", by=chair)
        meeting.refresh_from_db()
        assert meeting.dated_on == today + 10 * DAY
        assert same(meeting)


def test_a_date_set_in_time_tells_shortly_before_and_those_named_see_who_looked(
    seated: Group, chair: Member, away: Member, login: Login
) -> None:
    meeting = plan(seated, chair, 20)
    page = at(seated.agency, "groups:not_expected", pk=meeting.pk)
    with time_machine.travel(days_on(20 - AHEAD - 1)):
        assert login(chair).get(page).status_code == 403
    looks = AccessLog.objects.within(seated.agency).filter(about=away, what="not expected")
    assert not looks.exists()
    with time_machine.travel(days_on(20 - AHEAD)):
        assert f"<li>{away}</li>" in login(chair).get(page).text
        assert [each.reader_id for each in looks] == [chair.pk]
        sheet = at(seated.agency, "groups:calls", pk=meeting.pk)
        text = _main(login(chair).get(sheet).text)
        assert str(away) not in text
        # Whom the sheet leaves out may be away: they see that, too.
        assert looks.all().count() == 2


def test_many_meetings_planned_long_ago_tell_no_more_than_those_that_a_group_has(
    seated: Group, chair: Member, second_consumer: Member, away: Member, login: Login
) -> None:
    meetings = [plan(seated, chair, 20 + number) for number in range(4)]
    shown = 0
    with time_machine.travel(days_on(20)):
        for meeting in meetings[: AHEAD + 1]:
            for name in ("not_expected", "calls"):
                answer = login(chair).get(at(seated.agency, f"groups:{name}", pk=meeting.pk))
                assert answer.status_code == 200
            shown += "other dates of this group" not in answer.text
        assert shown == ABSENCES_DATES.value
        # The dates looked at before stay open.
        page = at(seated.agency, "groups:not_expected", pk=meetings[0].pk)
        assert str(away) in login(chair).get(page).text
        with pytest.raises(Refused):
            actions.note_calls(
                meetings[3], results={away.pk: CallResult.REACHED}, by=second_consumer
            )


def test_a_meeting_entered_for_a_past_day_tells_nothing_of_who_was_away_then(
    seated: Group, chair: Member, same: Callable[..., bool]
) -> None:
    with time_machine.travel(days_on(10)):
        meeting = plan(seated, chair, -3)
        actions.record_meeting(meeting, present={chair: Decimal(1)}, decided=[], by=chair)
        assert same(meeting, ("after", "meeting"))


def test_trying_out_who_came_tells_nothing_before_it_is_saved(
    seated: Group, chair: Member, away: Member, provider: Member, login: Login
) -> None:
    with time_machine.travel(days_on(10)):
        meeting = plan(seated, chair, -3)
        client, page = login(chair), at(seated.agency, "groups:after", pk=meeting.pk)
        seen = set()
        for missing in (away, provider):
            came = [each for each in seated_people(seated) if each != missing]
            text = _main(client.post(page, filled(meeting, *came)).text)
            assert "3 people came" in text
            assert "Those who were missed will hear" in text
            seen.add(re.sub('<input type="hidden"[^>]*>', "", text))
        assert len(seen) == 1


def seated_people(group: Group) -> list[Member]:
    return [seat.member for seat in group.seats.select_related("member").order_by("pk")]
