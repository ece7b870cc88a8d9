"""Who may ask, answer and read, and when."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from satisfaction.models import Reflection, SurveyCode, SurveyRound
from satisfaction.policies import FEWEST_TOGETHER, REMINDERS


def running(by: Member) -> Refusal | None:
    if not by.may(Permission.RUN_SURVEYS):
        return Refusal(
            _("Only people who run surveys can do this."), _("Ask a facilitator of your agency.")
        )
    return None


def opening(by: Member, *, other_open: bool) -> Refusal | None:
    if (refusal := running(by)) is not None:
        return refusal
    if other_open:
        return Refusal(
            _("A survey is open now."), _("Wait until it closes. Then you can start the next one.")
        )
    return None


def taking_answers(round_: SurveyRound, on: date) -> Refusal | None:
    # A round from before answers were sealed has no key to seal them with.
    if round_.closed_on is not None or round_.closes <= on or not round_.public_key:
        return Refusal(_("This survey is closed."), _("You can tell a facilitator what you think."))
    return None


def closing(round_: SurveyRound, on: date) -> Refusal | None:
    """Closing happens by itself on the closing day; nobody can close a round earlier."""
    if round_.closed_on is not None:
        return Refusal(_("This survey is closed already."), _("You can read its results."))
    if round_.closes > on:
        return Refusal(
            _("The last day of this survey is still to come."),
            _("It closes by itself. Until then nobody sees a result."),
        )
    return None


def extending(round_: SurveyRound, by: Member, on: date) -> Refusal | None:
    return running(by) or taking_answers(round_, on)


def reminding(round_: SurveyRound, by: Member | None, on: date) -> Refusal | None:
    if by is not None and (refusal := running(by)) is not None:
        return refusal
    if (refusal := taking_answers(round_, on)) is not None:
        return refusal
    last = round_.reminded_on or round_.opens
    if on < last + REMINDERS.span(round_.agency, on):
        return Refusal(
            _("People were written to only a few days ago."),
            _("You can remind them again in a few days."),
        )
    return None


def answering(round_: SurveyRound, code: SurveyCode, on: date) -> Refusal | None:
    """Answering once, while the round is open."""
    if code.spent:
        return Refusal(
            _("This survey has been answered with this code."), _("Thank you. You are done.")
        )
    return taking_answers(round_, on)


def printing(round_: SurveyRound, by: Member, on: date) -> Refusal | None:
    return running(by) or taking_answers(round_, on)


def entering_sheets(round_: SurveyRound, by: Member, on: date) -> Refusal | None:
    return running(by) or taking_answers(round_, on)


def without_key() -> Refusal:
    """Why nobody gets to a survey by its link while the key store doesn't have its key."""
    return Refusal(
        _("This survey can’t be opened right now."),
        _("Nothing is lost on your side. Please tell whoever runs this portal, and try again."),
    )


def reading_roster(round_: SurveyRound, by: Member) -> Refusal | None:
    """Reading who was asked: the committee checks it, so not those who run surveys."""
    if by.may(Permission.OVERSEE) and not by.may(Permission.RUN_SURVEYS):
        return None
    return Refusal(
        _("Only the oversight committee sees who was asked."),
        _("Ask the chair of the committee."),
    )


def reading_results(round_: SurveyRound, on: date) -> Refusal | None:
    """Reading results: nobody, not even who runs the round, before the closing day has passed."""
    if round_.closed_on is None or round_.closed_on > on or round_.closes > on:
        return Refusal(
            _("This survey is still open."),
            _("Nobody sees results before the closing day, so that no answer stands out."),
        )
    return None


def reading_comments(by: Member) -> Refusal | None:
    """Reading comments: fewer people than for the numbers, since words can give somebody away."""
    if by.may(Permission.RUN_SURVEYS) or by.may(Permission.OVERSEE):
        return None
    return Refusal(
        _("Only the oversight committee and those who run surveys read the comments."),
        _("You can see the results."),
    )


def reflecting(by: Member, consumers: Collection[int]) -> Refusal | None:
    """Writing, agreeing and releasing: a consumer who took part lately, where they are few."""
    if by.pk not in consumers:
        return Refusal(
            _("Only the consumers who took part lately write this, where they are few."),
            _("You can read what they release."),
        )
    if len(consumers) < FEWEST_TOGETHER.value:
        return Refusal(
            _("It takes more than one person to say something together."),
            _("Have your say, or write to the people who run surveys."),
        )
    return None


def releasing(
    reflection: Reflection, by: Member, consumers: Collection[int], voices: Mapping[int, bool]
) -> Refusal | None:
    """Releasing what more than half of the consumers agree on, and nobody says no to."""
    if (refusal := reflecting(by, consumers)) is not None:
        return refusal
    if reflection.released_on is not None:
        return Refusal(_("This was released already."), _("It stays as it is."))
    of_today = {member: agrees for member, agrees in voices.items() if member in consumers}
    if not all(of_today.values()):
        return Refusal(
            _("Somebody does not agree yet."), _("Talk about it, and write it down again.")
        )
    if len(of_today) < FEWEST_TOGETHER.value or 2 * len(of_today) <= len(consumers):
        return Refusal(
            _("More than half of you need to agree first."),
            _("The others have a message. Come back when they have read it."),
        )
    return None
