"""Writing, proposing and rating governing documents."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from documents import actions, rules
from documents.checklists import checklist
from documents.finding import kind_of, newest_in_force, version_of, versions_of
from documents.forms import DraftEditForm, DraftForm, RatingForm
from documents.models import DocumentKind, Form, Version
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups.standing import standings


def draft(request: AgencyRequest, kind: str) -> HttpResponse:
    """A new version, starting from the text in force."""
    found = kind_of(kind)
    enforce(rules.drafting(request.member))
    current = newest_in_force(versions_of(request, found), request.agency.today())
    form = DraftForm.from_request(
        request,
        kind=found,
        initial={
            "text": current.text if current else "",
            "form": current.form if current else Form.NARRATIVE,
            "text_equivalent": current.text_equivalent if current else "",
        },
    )

    def act(form: DraftForm) -> str:
        version = actions.draft(found, **form.words, by=request.member)
        return at(request.agency, "documents:version", pk=version.pk)

    name = {"name": found.label}
    return ask(
        request,
        form,
        act,
        title=_("New version: %(name)s") % name,
        text=[
            _("Nobody but those who write drafts sees it until you put it to a decision."),
        ],
        button=_("Save the draft"),
        back=at(request.agency, "documents:document", kind=found.value),
        back_text=_("Back to: %(name)s") % name,
    )


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
        actions.edit(version, **form.words, seen=seen, by=request.member)
        return at(request.agency, "documents:version", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change version %(n)s") % {"n": version.number},
        button=_("Save the draft"),
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
        request, "documents/rate.html", {"form": form, "version": version, **_kind(version)}
    )
