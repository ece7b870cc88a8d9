"""Who may draft, propose and rate governing documents, and when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from documents.checklists import checklist
from documents.models import DocumentKind, Form, Version
from documents.policies import CHARTER_SEATS, STEPS
from documents.steps import whole
from documents.terms import TermsFields
from foundation.refusals import Refusal
from groups.quorum import consumers_needed
from starters.rules import complete

DRAFTERS = (Permission.MANAGE_PEOPLE, Permission.FACILITATE, Permission.OVERSEE)


def drafting(by: Member) -> Refusal | None:
    """Writing a new version; no step of its way needs management's approval."""
    if not any(by.may(permission) for permission in DRAFTERS):
        return Refusal(
            _("Only administrators, facilitators and the oversight committee write drafts."),
            _("Tell one of them what should be changed."),
        )
    return None


def editing(version: Version, by: Member) -> Refusal | None:
    """Changing a draft's text until it is put before the bodies."""
    if version.proposed_on is not None:
        return Refusal(
            _("The words of this version can’t be changed any more."),
            _("Write a new version instead."),
        )
    return drafting(by)


def seeing(version: Version, reader: Member) -> bool:
    """Drafts are for people who write them; to others their pages are a 404."""
    return version.proposed_on is not None or drafting(reader) is None


def proposing(version: Version, by: Member, *, missing: bool, asked: bool) -> Refusal | None:
    """`missing`: a body does not exist; `asked`: each has been asked or has ratified it."""
    if (refusal := drafting(by)) is not None:
        return refusal
    if missing:
        return Refusal(
            _("Your agency needs an oversight committee and a governing body for this."),
            _("An administrator can set them up."),
        )
    if asked:
        return Refusal(
            _("The committee and the governing body have been asked already."),
            _("Wait for what they decide."),
        )
    # What was put before a body stays as it is, so that the same words can be asked about again.
    return ready(version) if version.proposed_on is None else None


def ready(version: Version) -> Refusal | None:
    """Its words are whole: no blank of a starter text is open, and a process has its steps."""
    if version.form == Form.STEPS and not version.ordered_steps:
        return Refusal(_("It has no steps yet."), _("Add the first step on its page."))
    return complete(whole(version))


def adding_step(version: Version, by: Member, *, there: int) -> Refusal | None:
    """A draft in steps takes more of them, up to what one drawing can hold."""
    if (refusal := editing(version, by)) is not None:
        return refusal
    if version.form != Form.STEPS:
        return Refusal(
            _("This version is not written in steps."),
            _("Change the draft first, and choose steps."),
        )
    if there >= STEPS.value:
        return Refusal(
            _("There are %(count)s steps already.") % {"count": there},
            _("Take one away, or put two of them into one."),
        )
    return None


def entering_terms(version: Version, by: Member) -> Refusal | None:
    """The terms of a charter, as data, while it is a draft."""
    if version.document.kind != DocumentKind.CHARTER:
        return Refusal(
            _("Only a charter has terms to enter."), _("Write them into the text of the document.")
        )
    return editing(version, by)


def unfit(terms: TermsFields) -> dict[str, Any]:
    """Why these terms can't be those of a charter, by field; empty if they can.

    Consumers direct the committee, and a charter never asks for fewer of them in deciding than
    every group does.
    """
    consumers = terms["seats_consumers"]
    others = terms["seats_family"] + terms["seats_staff"] + terms["seats_others"]
    seats = consumers + others
    wrong: dict[str, Any] = {}
    if 2 * consumers <= seats:
        wrong["seats_consumers"] = _(
            "Consumers need more than half of the seats. Give them more, or the others fewer."
        )
    elif seats > CHARTER_SEATS.value:
        wrong["seats_consumers"] = _("That is more than %(count)s seats. Make it fewer.") % {
            "count": CHARTER_SEATS.value
        }
    if terms["quorum_consumers"] > consumers:
        wrong["quorum_consumers"] = _(
            "That is more than the seats for consumers. Make it as many, or fewer."
        )
    elif terms["quorum_consumers"] < consumers_needed(consumers):
        wrong["quorum_consumers"] = _(
            "Every group needs at least %(count)s here. Make it as many, or more."
        ) % {"count": consumers_needed(consumers)}
    if not (terms["chair"] or terms["co_chair"]):
        wrong["chair"] = _("Choose at least a chair or a co-chair, so that somebody leads.")
    return wrong


def rating(version: Version, rater: Member, by: Member) -> Refusal | None:
    """Rating a version whose text is fixed: everyone in the program.

    A facilitator may record what somebody else found.
    """
    if version.proposed_on is None:
        return Refusal(
            _("This is still a draft."), _("Rate it once the committee has been asked about it.")
        )
    if not checklist(version.document.kind):
        return Refusal(
            _("There is no checklist for this document."), _("You can read it on its page.")
        )
    if rater.pk != by.pk and not by.may(Permission.FACILITATE):
        return Refusal(
            _("Only a facilitator can write down what somebody else found."),
            _("Ask a facilitator."),
        )
    return None
