"""What is sent to somebody who is away: nothing, but for one list."""

import ast
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail

from accounts import actions as people
from accounts.away import Away
from accounts.models import EmailLevel, Member
from accounts.permissions import Role
from foundation.addresses import at
from foundation.models import Agency
from notifications import actions, notices, tasks
from notifications.models import Email, Message
from notifications.while_away import NUDGES, STILL_SENT
from tests.conftest import Login
from tests.sources import modules_below, nodes

WEEK = timedelta(days=7)


@pytest.fixture
def away(consumer: Member) -> Member:
    consumer.email_level = EmailLevel.EACH
    consumer.save()
    today = consumer.agency.today()
    people.go_away(consumer, since=today, until=today + WEEK, by=consumer)
    return consumer


def mails(member: Member) -> int:
    return Email.objects.within(member.agency).filter(member=member).count()


def test_both_lists_hold_codes_that_exist_and_nothing_is_in_both() -> None:
    assert notices.codes() >= STILL_SENT | NUDGES
    assert not STILL_SENT & NUDGES


def test_of_all_messages_only_those_of_the_list_are_mailed_and_nudges_are_not_even_kept(
    away: Member,
) -> None:
    for code in sorted(notices.codes()):
        before = mails(away)
        kept = actions.tell(away, code, subject=away, title="A title")
        actions.tell_all([(away, away)], code, title="A title")
        found = Message.objects.within(away.agency).filter(member=away, code=code).count()
        assert found == (0 if code in NUDGES else 2), code
        assert (kept is None) == (code in NUDGES), code
        assert mails(away) - before == (2 if code in STILL_SENT else 0), code


def test_a_change_of_role_is_mailed_at_once_even_to_who_reads_digests(
    consumer: Member, administrator: Member
) -> None:
    today = consumer.agency.today()
    people.go_away(consumer, since=today, until=None, by=consumer)
    assert consumer.email_level == EmailLevel.DIGEST
    people.grant_role(consumer, role=Role.PAYER, since=today, by=administrator)
    assert mails(consumer) == 1
    consumer.email_level = EmailLevel.NONE
    consumer.save()
    people.grant_role(consumer, role=Role.APPROVER, since=today, by=administrator)
    assert mails(consumer) == 1


def test_an_e_mail_from_before_is_given_up_and_not_sent_in_a_pile_later(
    consumer: Member,
) -> None:
    consumer.email_level = EmailLevel.EACH
    consumer.save()
    agency = consumer.agency
    actions.tell(consumer, "step.given", subject=consumer, title="A step")
    Email.objects.within(agency).update(sent_at=None)
    before = len(mail.outbox)
    people.go_away(consumer, since=agency.today(), until=None, by=consumer)
    while actions.send_next(agency):
        pass
    assert len(mail.outbox) == before
    assert Email.objects.within(agency).get(member=consumer).given_up_at is not None


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch, agency: Agency) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(tasks, "DIGEST_WEEKDAY", agency.today().weekday())


def test_no_digest_while_away_and_one_after(consumer: Member, monday: Callable[[], None]) -> None:
    agency = consumer.agency
    actions.tell(consumer, "step.given", subject=consumer, title="A step")
    people.go_away(consumer, since=agency.today(), until=None, by=consumer)
    monday()
    assert agency.pk not in tasks.due_for_digests()
    tasks.post_digests(agency.pk)
    assert not mails(consumer)
    people.come_back(consumer, by=consumer)
    assert agency.pk in tasks.due_for_digests()
    tasks.post_digests(agency.pk)
    assert mails(consumer) == 1


def test_on_return_home_shows_one_calm_block_which_one_tap_clears(
    consumer: Member, login: Login
) -> None:
    agency, today = consumer.agency, consumer.agency.today()
    rows = Away.objects.within(agency)
    rows.create(member=consumer, since=today - WEEK, until=today)
    for _each in range(3):
        told = actions.tell(consumer, "step.given", subject=consumer, title="A step")
        assert told is not None
        told.at -= timedelta(days=2)
        told.save()
    actions.tell(consumer, "step.given", subject=consumer, title="New since the return")
    client = login(consumer)
    home = client.get(at(agency, "home_of")).content.decode()
    assert "While you were away" in home
    assert "3 messages came in" in home
    client.post(at(agency, "notifications:read_what_came"))
    home = client.get(at(agency, "home_of")).content.decode()
    assert "While you were away" not in home
    unread = Message.objects.within(agency).unread().filter(member=consumer)
    assert [each.title for each in unread] == ["New since the return"]


def day_of(member: Member, since: int, until: int | None) -> bool:
    today: date = member.agency.today()
    end = None if until is None else today + timedelta(days=until)
    Away.objects.within(member.agency).create(
        member=member, since=today + timedelta(days=since), until=end
    )
    fresh = Member.objects.within(member.agency).get(pk=member.pk)
    stopped = Member.objects.within(member.agency).clocks_stopped(today).filter(pk=member.pk)
    assert stopped.exists() == fresh.clock_stopped(today)
    return fresh.clock_stopped(today)


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [
        (0, None, True),
        (-3, 3, True),
        (-9, 0, True),
        (-9, -6, True),
        (-9, -7, False),
        (1, None, False),
        (0, 0, False),
    ],
)
def test_clocks_stand_still_while_away_and_some_days_after(
    since: int, until: int | None, stands: bool, consumer: Member
) -> None:
    assert day_of(consumer, since, until) is stands


# Where e-mails are made: each of these asks who is away, or writes to people about signing in.
MAKES_MAIL = {
    "notifications/actions/messages.py",
    "notifications/letters.py",
    "accounts/letters.py",
}


def made_in(root: Path) -> set[str]:
    """Files of the product that make an e-mail or a row of the outbox."""
    found = set()
    for path in modules_below(root, but={"tests", "devtools", ".venv", ".uv", "frontend"}):
        inside = path.relative_to(root).as_posix()
        if "migrations" in path.parts:
            continue
        text = path.read_text()
        if "Email" in text and _makes(nodes(text)):
            found.add(inside)
    return found


def _makes(tree: Sequence[ast.AST]) -> bool:
    calls = (node.func for node in tree if isinstance(node, ast.Call))
    names = {node.id for node in calls if isinstance(node, ast.Name)}
    return bool(names & {"Email", "EmailMessage", "EmailMultiAlternatives", "send_mail"})


def test_mail_is_made_in_one_place_that_asks_who_is_away(tmp_path: Path) -> None:
    assert made_in(settings.BASE_DIR) == MAKES_MAIL
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "nagging.py").write_text("EmailMessage(to=[everybody]).send()\n")
    assert made_in(tmp_path) == {"cells/nagging.py"}
