"""Reading governing documents: the one in force, earlier ones, and the changes between."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from documents import judging, rules
from documents.actions import bodies_to_ask
from documents.checklists import checklist
from documents.comparison import compare
from documents.finding import (
    ShownOn,
    before,
    began_from_starter,
    kind_of,
    newest_in_force,
    status_of,
    version_of,
    versions_of,
    with_siblings,
)
from documents.force import review_by
from documents.forms import CompareForm
from documents.models import DocumentKind, Ratification, Version
from documents.policies import REVIEW
from documents.steps import ToldProcess, told, whole
from documents.terms import lacks_terms
from foundation.http import AgencyRequest
from foundation.minimum import MINIMUM
from foundation.pages import render
from groups.finding import as_of
from starters.rules import printing


@require_safe
def documents(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    versions = versions_of(request)
    shown = []
    for kind in DocumentKind:
        own = [version for version in versions if version.document.kind == kind]
        shown.append(
            {
                "kind": kind,
                "current": newest_in_force(own, today),
                "pending": next(
                    (each for each in own if each.in_force_on is None and each.proposed_on), None
                ),
            }
        )
    may_print = printing(request.member) is None
    return render(request, "documents/documents.html", {"documents": shown, "may_print": may_print})


def _checked(version: Version, request: AgencyRequest) -> list[dict[str, object]]:
    """Each checklist item with what the raters found, never who they are."""
    on, missions = request.agency.today(), None
    if version.document.kind == DocumentKind.PROCESS:
        found = Version.objects.within(request.agency).of(DocumentKind.MISSION).in_force(on)
        mission = found.first()
        missions = {request.agency.pk: mission.pk} if mission else {}
    ratings = judging.counting([version], on, missions)[version.pk]
    judged = judging.judged(version.document.kind, ratings.told)
    if not judged.rated:
        # What only a few people or one side found could be traced to one person.
        return []
    items = {item.code: item for item in checklist(version.document.kind)}
    return [
        {
            "title": items[each.code].title,
            "present": each.present,
            "found_by": judged.share(each),
            # No quotations for items that few found; otherwise, having none would mean that nobody
            # did.
            "words": each.words[: judging.MOST_QUOTES] if each.present else (),
        }
        for each in judged.items
    ]


def _review_by(version: Version, request: AgencyRequest) -> object:
    months = REVIEW[version.document.kind].value(request.agency, request.agency.today())
    return review_by(version, months)


@require_safe
def document(request: AgencyRequest, kind: str) -> HttpResponse:
    """The version in force on a day, and all versions."""
    found = kind_of(kind)
    form, on = as_of(request)
    versions = versions_of(request, found)
    current = newest_in_force(versions, on)
    may_draft = rules.drafting(request.member) is None
    draft = next((each for each in versions if each.proposed_on is None), None)
    return render(
        request,
        "documents/document.html",
        {
            "kind": found,
            "version": current,
            "shown_on": ShownOn(current, on) if current else None,
            "told": told(current, before(current, versions)) if current else ToldProcess(),
            "lacks_terms": current is not None and lacks_terms(current),
            "review_by": _review_by(current, request) if current else None,
            "history": [(each, status_of(each, versions, on)) for each in versions],
            "may_compare": len(versions) > 1,
            "may_draft": may_draft and draft is None,
            "draft": draft,
            "as_of": form,
            "on": on,
            "past": on < request.agency.today(),
        },
    )


@require_safe
def version(request: AgencyRequest, pk: int) -> HttpResponse:
    found, versions = with_siblings(request, pk)
    today = request.agency.today()
    may_propose, not_yet = False, None
    if rules.drafting(request.member) is None and found.in_force_on is None:
        groups, missing = bodies_to_ask(found, request.member)
        refusal = rules.proposing(found, request.member, missing=missing, asked=not groups)
        may_propose = refusal is None
        not_yet = refusal if found.proposed_on is None else None
    process = told(found, before(found, versions))
    adding = rules.adding_step(found, request.member, there=len(process.steps))
    may_add_step = found.proposed_on is None and adding is None
    ratified = Ratification.objects.within(request.agency).filter(version=found).order_by("on")
    return render(
        request,
        "documents/version.html",
        {
            "version": found,
            "told": process,
            "kind": DocumentKind(found.document.kind),
            "status": status_of(found, versions, today),
            "ratified": ratified,
            "checked": _checked(found, request),
            "minimum": MINIMUM.value,
            "has_checklist": bool(checklist(found.document.kind)),
            "may_edit": rules.editing(found, request.member) is None,
            "may_propose": may_propose,
            "not_yet": not_yet,
            "may_add_step": may_add_step,
            "lacks_terms": lacks_terms(found),
            "may_enter_terms": rules.entering_terms(found, request.member) is None,
            "began_from_starter": began_from_starter(found),
            "may_rate": rules.rating(found, request.member, request.member) is None,
        },
    )


@require_safe
def print_version(request: AgencyRequest, pk: int) -> HttpResponse:
    found = version_of(request, pk)
    kind = DocumentKind(found.document.kind)
    context = {"version": found, "told": told(found), "kind": kind}
    return render(request, "documents/print_version.html", context)


@require_safe
def compare_versions(request: AgencyRequest, kind: str) -> HttpResponse:
    found = kind_of(kind)
    seen = [version.pk for version in versions_of(request, found)]
    versions = Version.objects.within(request.agency).select_related("document", "terms")
    versions = versions.filter(pk__in=seen).order_by("-number")
    asked = "old" in request.GET or "new" in request.GET
    form = CompareForm(request.GET if asked else None, versions=versions)
    paragraphs = None
    if asked and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        paragraphs = compare(whole(old), whole(new))
    return render(
        request,
        "documents/compare.html",
        {"kind": found, "form": form, "paragraphs": paragraphs},
    )
