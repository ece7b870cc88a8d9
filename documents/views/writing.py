"""Writing, proposing and rating governing documents."""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from documents import actions, rules
from documents.checklists import checklist
from documents.finding import kind_of, newest_in_force, version_of, versions_of
from documents.forms import DraftEditForm, NewDraftForm, RatingForm
from documents.models import DocumentKind, Form, Version
from documents.steps import said_by_item, told
from foundation.addresses import at
from foundation.asking import Words, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups.standing import standings
from starters import beginning
from starters.beginning import FilledText
from starters.texts import TextCode

# The name of the second button of a draft's form.
PROPOSE = "propose"


def starter(request: AgencyRequest, kind: str) -> HttpResponse:
    """The starter text of a document, and its blanks; the editor then begins with it."""
    found = kind_of(kind)
    enforce(rules.drafting(request.member))
    return beginning.offer(
        request,
        TextCode(found.value),
        editor=at(request.agency, "documents:draft", kind=found.value),
        back=at(request.agency, "documents:document", kind=found.value),
        back_text=_("Back to: %(name)s") % {"name": found.label},
        known=_known(request, found),
        checklist=[(item.code, item.question) for item in checklist(found)],
    )


def _known(request: AgencyRequest, kind: DocumentKind) -> dict[str, str]:
    """For the process: the number of the mission statement that is in force."""
    if kind != DocumentKind.PROCESS:
        return {}
    missions = versions_of(request, DocumentKind.MISSION)
    mission = newest_in_force(missions, request.agency.today())
    return {"mission": str(mission.number)} if mission else {}


def draft(request: AgencyRequest, kind: str) -> HttpResponse:
    """A new version, starting from the starter text, or else from the text in force."""
    found = kind_of(kind)
    enforce(rules.drafting(request.member))
    current = newest_in_force(versions_of(request, found), request.agency.today())
    began = beginning.begun(request, TextCode(found.value), _known(request, found))
    form = NewDraftForm.from_request(request, kind=found, initial=_first(current, began))

    def act(form: NewDraftForm) -> str:
        words, starter = form.words, form.began_from
        version = actions.draft(found, **words, starter=starter, like=current, by=request.member)
        return _onward(request, version)

    name = {"name": found.label}
    return ask(
        request,
        form,
        act,
        title=_("New version: %(name)s") % name,
        text=[
            *beginning.said(began),
            _("Others can read it once you put it to a decision."),
        ],
        button=_("Save the draft"),
        **_second_button(offered=not actions.bodies_missing(request.member)),
        back=at(request.agency, "documents:document", kind=found.value),
        back_text=_("Back to: %(name)s") % name,
    )


def _first(current: Version | None, began: FilledText | None) -> dict[str, str]:
    """What the form of a new version begins with."""
    if began is not None:
        return {"text": began.words, "form": Form.NARRATIVE, "starter": began.text.language}
    if current is None:
        return {"form": Form.NARRATIVE}
    return {
        "text": current.text,
        "form": current.form,
        "text_equivalent": current.text_equivalent,
    }


class _SecondButton(TypedDict):
    secondary: Words
    secondary_name: str


def _second_button(*, offered: bool) -> _SecondButton:
    words = _("Save it and put it to a decision") if offered else ""
    return {"secondary": words, "secondary_name": PROPOSE}


def _onward(request: AgencyRequest, version: Version) -> str:
    """Where a saved draft leads: to its page, or on to asking the bodies about it."""
    if PROPOSE not in request.POST:
        return at(request.agency, "documents:version", pk=version.pk)
    if refusal := rules.ready(version):
        raise ValidationError({"text": f"{refusal.reason} {refusal.instead}"})
    return at(request.agency, "documents:propose", pk=version.pk)


def edit(request: AgencyRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    enforce(rules.editing(version, request.member))
    form = DraftEditForm.from_request(
        request,
        kind=version.document.kind,
        initial={
            "version": version.version,
            "text": version.text,
            "form": version.form,
            "text_equivalent": version.text_equivalent,
        },
    )

    def act(form: DraftEditForm) -> str:
        seen = form.cleaned_data["version"]
        return _onward(request, actions.edit(version, **form.words, seen=seen, by=request.member))

    return ask(
        request,
        form,
        act,
        title=_("Change version %(n)s") % {"n": version.number},
        button=_("Save the draft"),
        **_second_button(offered=not actions.bodies_missing(request.member)),
        back=at(request.agency, "documents:version", pk=pk),
        back_text=_("Back to this version"),
    )


def _kind(version: Version) -> dict[str, DocumentKind]:
    return {"kind": DocumentKind(version.document.kind)}


def propose(request: AgencyRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    groups, missing = actions.bodies_to_ask(version, request.member)
    enforce(rules.proposing(version, request.member, missing=missing, asked=not groups))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.propose_for_ratification(version, by=request.member)
        return at(request.agency, "documents:version", pk=pk), _("They have been asked.")

    return submit(request, form, act) or render(
        request,
        "documents/propose.html",
        {"form": form, "version": version, "groups": groups, **_kind(version)},
    )


def rate(request: AgencyRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    enforce(rules.rating(version, request.member, request.member))
    held = standings([request.member], request.agency.today())[request.member.pk]
    form = RatingForm.from_request(
        request,
        items=checklist(version.document.kind),
        said=said_by_item(version),
        standings=[taken.kind for taken in held],
    )

    def act(form: RatingForm) -> tuple[str, str]:
        actions.rate(
            version,
            rater=request.member,
            answers=form.found,
            standing=form.cleaned_data.get("standing"),
        )
        message = _("Thank you. What you found counts now.")
        return at(request.agency, "documents:version", pk=pk), message

    return submit(request, form, act) or render(
        request,
        "documents/rate.html",
        {"form": form, "version": version, "told": told(version), **_kind(version)},
    )
