"""What the portal promises about privacy, fairness and money, and what holds each promise.

A promise is held by tests that are marked with its code. `manage.py promises` writes which ones
into `promises.json`, which the page reads; no promise stands here without a test.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

HELD = Path(__file__).with_name("promises.json")


@dataclass(frozen=True)
class PublicPromise:
    """What is promised, and what that does not protect against."""

    code: str
    title: "StrPromise"
    text: "StrPromise"
    limits: "StrPromise"


@dataclass(frozen=True)
class HeldPromise:
    """A promise with its tests, each as a sentence of their own (English)."""

    promise: PublicPromise
    tests: tuple[str, ...]


@dataclass(frozen=True)
class PromiseArea:
    title: "StrPromise"
    promises: tuple[PublicPromise, ...]


AREAS = (
    PromiseArea(
        _("Who you are"),
        (
            PublicPromise(
                "standing",
                _("That you use services stays hidden"),
                _(
                    "Nobody reads it from a page, a list, a count or an error, unless you agreed "
                    "that they may know, or their work needs it."
                ),
                _(
                    "What you say about yourself, and what people know who see you there. Those "
                    "who pay, and those who give out seats, know it."
                ),
            ),
            PublicPromise(
                "agencies",
                _("No agency sees another agency’s data"),
                _(
                    "The database itself keeps them apart: a page that forgot to ask would still "
                    "get nothing of another agency."
                ),
                _("Whoever runs the server has all of it."),
            ),
            PublicPromise(
                "mail",
                _("E-mails give nothing away"),
                _("They say that you have a message, and nothing about what it is or from whom."),
                _("That you get e-mails from this portal at all can be seen in your mailbox."),
            ),
            PublicPromise(
                "looks",
                _("You can see who looked"),
                _(
                    "Each time somebody opens your page or your payments, it is written down, and "
                    "you can read it."
                ),
                _("Whoever reads the database directly leaves no line there."),
            ),
            PublicPromise(
                "told",
                _("Changes to your account are told to you"),
                _(
                    "A new role, a sign-in letter, a seat: you are told, a second person is told, "
                    "and you can say “That was not me”."
                ),
                _("Changes made in the database itself, past the portal."),
            ),
            PublicPromise(
                "erasing",
                _("What you ask to be erased goes"),
                _(
                    "It is out of use on the same day. The page of erasing says what must stay for "
                    "a while, why, and until when."
                ),
                _(
                    "Backups keep it until they are too old. What was printed or downloaded can’t "
                    "be called back. A court may order that something is kept."
                ),
            ),
        ),
    ),
    PromiseArea(
        _("What you say"),
        (
            PublicPromise(
                "unnamed",
                _("Words without a name lead to nobody"),
                _(
                    "We don’t store who wrote them, from where, or at what hour: not beside them, "
                    "and not anywhere else in the same moment."
                ),
                _(
                    "The words themselves may show who you are. So may a phone or a network that "
                    "somebody else watches."
                ),
            ),
            PublicPromise(
                "concerns",
                _("A concern is read by two readers whom you saw, and by nobody else"),
                _(
                    "Before you write, you see who will read it, and say who should not. It is "
                    "locked with keys that only their codes and yours open: not the "
                    "administrators’, not those who run the server, not in a backup."
                ),
                _(
                    "Somebody who has taken over the server while you write or they read. Two "
                    "readers who break their promise: that nobody reads alone is a rule, not "
                    "mathematics."
                ),
            ),
            PublicPromise(
                "sealed",
                _("Survey answers are sealed until the survey closes"),
                _(
                    "Before its last day is over nobody can open them, and nothing says who has "
                    "answered. The key lies outside the database, and is destroyed at the close."
                ),
                _(
                    "Somebody who has taken over the server, with its keys, while the survey is "
                    "open. The words of a comment may show who wrote it."
                ),
            ),
            PublicPromise(
                "ballots",
                _("Votes are secret"),
                _("Nobody can match a vote with a person, not even from a copy of the database."),
                _(
                    "Somebody who has taken over the server while a vote is open. In a small group "
                    "people may guess."
                ),
            ),
            PublicPromise(
                "few",
                _("Few people are never counted out"),
                _(
                    "Results are shown when enough people stand behind a number, and never so that "
                    "two of them add up to what is hidden."
                ),
                _("What people tell each other about their answers."),
            ),
            PublicPromise(
                "silencing",
                _("Nobody silences you alone"),
                _(
                    "One person can set aside what is spam. Anything else needs one from each "
                    "side, with a reason, and you can appeal."
                ),
                _("Words that a law forbids may have to go at once."),
            ),
        ),
    ),
    PromiseArea(
        _("Who decides"),
        (
            PublicPromise(
                "judging",
                _("Whoever is judged does not judge"),
                _(
                    "Those who manage, or answer for management, have no seat and no vote on the "
                    "oversight committee. It recommends and judges by its decisions, with enough "
                    "consumers, never by one person. Nobody judges where they have a conflict of "
                    "their own."
                ),
                _("Influence outside of meetings."),
            ),
            PublicPromise(
                "snapshots",
                _("What was shown stays"),
                _(
                    "What the committee saw on a day is frozen with a checksum. Nobody changes it "
                    "later, not by a form and not in the database."
                ),
                _("It does not prove that a record was true when it was entered."),
            ),
        ),
    ),
    PromiseArea(
        _("Your pay"),
        (
            PublicPromise(
                "three",
                _("Three people have a hand in each payment"),
                _(
                    "Whoever enters a line neither approves nor pays it, and nobody approves or "
                    "pays their own."
                ),
                _("Three people who agree to cheat together."),
            ),
            PublicPromise(
                "books",
                _("The books can’t be bent"),
                _(
                    "What was posted is never changed or deleted; a mistake is corrected in sight. "
                    "The database refuses anything else."
                ),
                _(
                    "Whoever owns the database can take its rules away. The nightly proof would "
                    "show sums that no longer agree."
                ),
            ),
            PublicPromise(
                "declining",
                _("Saying no to pay is your own affair"),
                _("It moves no seat and no vote, and only those who pay can see it."),
                _("Those who hand out money see who gets none."),
            ),
        ),
    ),
    PromiseArea(
        _("Your Account"),
        (
            PublicPromise(
                "account",
                _("The Quarterly Account is yours"),
                _(
                    "Only the consumers on the oversight committee release it. Management can "
                    "reply beside it, but can neither change it nor hold it back."
                ),
                _(
                    "What nobody wrote down in the portal isn’t in it. The committee can leave a "
                    "quarter without an Account; the list shows that."
                ),
            ),
        ),
    ),
)
PROMISES = tuple(promise for area in AREAS for promise in area.promises)


def shown() -> list[tuple[PromiseArea, list[HeldPromise]]]:
    """The areas with their promises and what holds each."""
    tests = _tests()
    return [
        (area, [HeldPromise(each, tests[each.code]) for each in area.promises]) for area in AREAS
    ]


@cache
def _tests() -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = json.loads(HELD.read_text("utf-8"))
    return {code: tuple(map(sentence, tests)) for code, tests in held.items()}


def sentence(test: str) -> str:
    """A test's name as a sentence: `test_nobody_votes_twice` is "Nobody votes twice."."""
    words = test.rpartition("::test_")[2].replace("_s_", "’s ").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}."
