"""Time away: who says it, what it changes, and that nobody else can tell it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.away import Away, away_on
from accounts.models import AccessLog, Member, StandingKind
from foundation import events
from foundation.addresses import at
from foundation.models import Event
from foundation.refusals import Refused
from tests.conftest import Enter, Login

WEEK = timedelta(days=7)


@pytest.fixture
def on_paper(administrator: Member, long_ago: date) -> Member:
    """Somebody without a way to sign in."""
    return actions.enter_member(
        by=administrator,
        name="Olga Paper",
        display_name="Olga",
        since=long_ago,
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )


def times(member: Member) -> list[tuple[date, date | None]]:
    rows = Away.objects.within(member.agency).filter(member=member).order_by("pk")
    return [(each.since, each.until) for each in rows]


def test_a_member_says_it_changes_it_and_comes_back_with_one_tap(
    consumer: Member, login: Login
) -> None:
    client, agency = login(consumer), consumer.agency
    today = agency.today()
    page = client.get(at(agency, "accounts:away"))
    assert page.status_code == 200
    form = page.context["form"]
    assert set(form.fields) - {"submission"} == {"since", "until"}
    sent = {"submission": form["submission"].value(), "since": today.isoformat(), "until": ""}
    assert client.post(at(agency, "accounts:away"), sent).status_code == 302
    assert times(consumer) == [(today, None)]
    home = client.get(at(agency, "home_of"))
    assert "You are away" in home.content.decode()
    page = client.get(at(agency, "accounts:away"))
    # Of a time that has begun, only the end can change.
    assert set(page.context["form"].fields) - {"submission"} == {"until"}
    back = {"submission": page.context["back_form"]["submission"].value()}
    assert client.post(at(agency, "accounts:back"), back).status_code == 302
    assert times(consumer) == [(today, today)]
    assert "You are away" not in client.get(at(agency, "home_of")).content.decode()


def test_coming_back_can_be_undone_the_same_day(consumer: Member) -> None:
    today = consumer.agency.today()
    away = actions.go_away(consumer, since=today, until=today + WEEK, by=consumer)
    since = today - WEEK
    Away.objects.within(consumer.agency).filter(pk=away.pk).update(since=since)
    actions.come_back(consumer, by=consumer)
    assert times(consumer) == [(since, today)]
    actions.stay_away(consumer, by=consumer)
    assert times(consumer) == [(since, today + WEEK)]
    actions.stay_away(consumer, by=consumer)
    assert times(consumer) == [(since, today + WEEK)]


@pytest.mark.parametrize(
    ("since", "until", "wrong"), [(-1, None, "since"), (0, 0, "until"), (3, 2, "until")]
)
def test_days_that_make_no_sense_are_refused(
    since: int, until: int | None, wrong: str, consumer: Member
) -> None:
    today = consumer.agency.today()
    end = None if until is None else today + timedelta(days=until)
    with pytest.raises(ValidationError) as refused:
        actions.go_away(consumer, since=today + timedelta(days=since), until=end, by=consumer)
    assert wrong in refused.value.message_dict


def test_the_database_keeps_one_time_away_at_a_time(consumer: Member) -> None:
    today = consumer.agency.today()
    actions.go_away(consumer, since=today, until=None, by=consumer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.within(consumer.agency).create(member=consumer, since=today + WEEK)


@pytest.mark.parametrize("who", ["facilitator", "administrator", "manager", "chair_of_nothing"])
def test_nobody_says_it_for_somebody_who_can_sign_in(
    who: str, consumer: Member, enter: Enter, request: pytest.FixtureRequest
) -> None:
    by = enter("Nobody Here") if who == "chair_of_nothing" else request.getfixturevalue(who)
    with pytest.raises(Refused):
        actions.go_away(consumer, since=by.agency.today(), until=None, by=by)
    with pytest.raises(Refused):
        actions.come_back(consumer, by=by)


def test_somebody_who_helps_enters_it_for_who_cannot_sign_in_and_it_is_told(
    facilitator: Member, login: Login, on_paper: Member
) -> None:
    client, agency = login(facilitator), facilitator.agency
    url = at(agency, "accounts:away_for", pk=on_paper.pk)
    assert url in client.get(at(agency, "accounts:member", pk=on_paper.pk)).content.decode()
    form = client.get(url).context["form"]
    sent = {"submission": form["submission"].value(), "since": agency.today().isoformat()}
    assert client.post(url, sent).status_code == 302
    assert [each.member_id for each in away_on(agency, agency.today())] == [on_paper.pk]
    event = Event.objects.within(agency).get(name="away.said")
    assert (event.actor_id, event.on_behalf_of_id) == (facilitator.pk, on_paper.pk)
    looked = AccessLog.objects.within(agency).filter(what="away", about=on_paper)
    assert looked.count() == 1


@pytest.mark.parametrize("who", ["administrator", "facilitator", "manager", "second_consumer"])
def test_no_event_no_list_and_no_page_tells_others_who_is_away(
    who: str, consumer: Member, request: pytest.FixtureRequest, login: Login
) -> None:
    reader: Member = request.getfixturevalue(who)
    agency = consumer.agency
    pages: list[tuple[str, dict[str, Any]]] = [
        ("accounts:people", {}),
        ("accounts:member", {"pk": consumer.pk}),
        ("accounts:activity", {}),
    ]
    client = login(reader)
    before = [_words(client.get(at(agency, name, **keys))) for name, keys in pages]
    actions.go_away(consumer, since=agency.today(), until=agency.today() + WEEK, by=consumer)
    assert [_words(client.get(at(agency, name, **keys))) for name, keys in pages] == before
    told = events.seen_by(reader).filter(name__startswith="away.")
    assert not told.exists()
    answer = client.get(at(agency, "accounts:away_for", pk=consumer.pk))
    assert answer.status_code == 403


def _words(answer: Any) -> str:
    page: str = answer.content.decode()
    # Without keys of forms and nonces.
    return page[page.find("<h1") : page.find("</main>")]


def test_an_invitation_by_e_mail_waits_for_the_return(
    administrator: Member, on_paper: Member
) -> None:
    agency = administrator.agency
    actions.go_away(on_paper, since=agency.today(), until=None, by=administrator)
    actions.invite(on_paper, email="olga@riverside.example", by=administrator)
    assert not actions.send_next(agency)
    assert mail.outbox == []
    actions.come_back(on_paper, by=administrator)
    assert actions.send_next(agency)
    assert [each.to for each in mail.outbox] == [["olga@riverside.example"]]


# Who may act or be named somewhere, whether away or not. Whoever picks people to write to, to
# remind or to wait for asks for `expected()` instead.
NOT_ASKED_ABOUT_AWAY = {
    "accounts/models.py": "Where both are defined.",
    "accounts/rules.py": "An administrator who is away still is one.",
    "cells/cell/place.py": "Who is away still runs their cell.",
    "cells/handing_on/actions/closing.py": "A duty can go to somebody who is away now.",
    "cells/handing_on/duties.py": "Nobody takes duties from who is away.",
    "cells/handing_on/views.py": "A duty can go to somebody who is away now.",
    "concerns/eligible.py": "A concern is sealed to who is away too, to be read once back.",
    "groups/feeds.py": "A calendar is read by its owner.",
    "groups/waiting.py": "Who is away still runs their group.",
    "notifications/of_changes.py": "Puts who is away last.",
    "privacy/denials/rules.py": "Who may look into a denial.",
}


def asking_only_for_pauses(root: Path) -> set[str]:
    """Files of the product that leave out who is paused, and not who is away."""
    apps = [path for path in root.iterdir() if (path / "__init__.py").exists()]
    product = [each for each in apps if each.name not in ("tests", "devtools")]
    files = [file for app in product for file in app.rglob("*.py")]
    return {
        file.relative_to(root).as_posix() for file in files if "not_paused(" in file.read_text()
    }


def test_whoever_picks_people_asks_who_is_away(tmp_path: Path) -> None:
    assert asking_only_for_pauses(settings.BASE_DIR) == set(NOT_ASKED_ABOUT_AWAY)
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "__init__.py").touch()
    (tmp_path / "cells" / "nagging.py").write_text("people.not_paused(today)")
    assert asking_only_for_pauses(tmp_path) == {"cells/nagging.py"}
