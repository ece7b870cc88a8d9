"""Pages of outside contacts, of asking to be contacted, and of answering."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from foundation.addresses import at
from foundation.asking import ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce
from safety import actions, rules
from safety.forms import CallForm, ContactForm, ReportingForm
from safety.models import Call, ContactKind, OutsideContact
from safety.policies import FIRST_LOOK


@require_safe
def contacts(request: AgencyRequest) -> HttpResponse:
    """Current contacts, missing ones, and earlier entries."""
    enforce(rules.entering_contacts(request.member))
    rows = list(
        OutsideContact.objects.within(request.agency).select_related("by").order_by("-since", "-pk")
    )
    now = {row.kind: row for row in rows if row.until is None}
    return render(
        request,
        "safety/contacts.html",
        {
            "kinds": [
                {"code": kind.value, "label": kind.label, "contact": now.get(kind.value)}
                for kind in ContactKind
            ],
            "earlier": [row for row in rows if row.until is not None],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AgencyRequest, kind: str) -> HttpResponse:
    if kind not in ContactKind.values:
        raise Http404
    enforce(rules.entering_contacts(request.member))
    now = OutsideContact.objects.within(request.agency).filter(kind=kind, until=None).first()
    asked = ReportingForm if kind == ContactKind.REPORTING else ContactForm
    fields = ("name", "phone", "address", "rule")
    initial = {field: getattr(now, field) for field in fields} if now else {}
    form = asked.from_request(request, initial=initial)

    def act(form: ContactForm) -> Destination:
        actions.enter_contact(by=request.member, kind=kind, **form.answers)
        following = _missing(request) if now is None else None
        if following is not None:
            return at(request.agency, "safety:enter", kind=following), _("Saved. This one is next.")
        return at(request.agency, "safety:contacts"), _("Saved. People see it from now on.")

    return ask(
        request,
        form,
        act,
        title=ContactKind(kind).label,
        text=[_("People see it from today on. What stood here before stays on record.")],
        button=_("Save"),
        back=at(request.agency, "safety:contacts"),
        back_text=_("Back to outside contacts"),
    )


def _missing(request: AgencyRequest) -> str | None:
    """The first kind of contact that is not entered."""
    held = OutsideContact.objects.within(request.agency).filter(until=None)
    entered = set(held.values_list("kind", flat=True))
    return next((kind.value for kind in ContactKind if kind.value not in entered), None)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AgencyRequest, kind: str) -> HttpResponse:
    enforce(rules.entering_contacts(request.member))
    rows = OutsideContact.objects.within(request.agency).filter(until=None)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        found = rows.filter(kind=kind).first()
        if found is not None:
            actions.end_contact(found, by=request.member)
        return at(request.agency, "safety:contacts"), _("Taken out.")

    if answer := submit(request, form, act):
        return answer
    name = {"name": get_object_or_404(rows, kind=kind).name}
    return show(
        request,
        form,
        tab=_("Take out %(name)s") % name,
        title=_("Take out %(name)s?") % name,
        text=[
            _(
                "People will no longer see it. Until you enter somebody else, they read where else "
                "they can call."
            )
        ],
        button=_("Take out"),
        back=at(request.agency, "safety:contacts"),
        back_text=_("Back to outside contacts"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contact_me(request: AgencyRequest) -> HttpResponse:
    """Ask to be contacted, or see who was asked and whether somebody has looked."""
    calls = Call.objects.within(request.agency).open().filter(member=request.member)
    call = calls.select_related("looked_by").prefetch_related("chosen__member").first()
    here = at(request.agency, "safety:contact_me")
    if call is not None:
        form = PortalForm.from_request(request)

        def withdraw(form: PortalForm) -> Destination:
            actions.take_back(call, by=request.member)
            return here, _("You took it back.")

        context = {"form": form, "call": call, "today": request.agency.today()}
        return submit(request, form, withdraw) or render(request, "safety/asked.html", context)
    asking = CallForm.from_request(request, member=request.member)

    def act(form: CallForm) -> Destination:
        answers = form.answers
        actions.ask_for_contact(
            by=request.member, chosen=list(answers["chosen"]), how=answers["how"]
        )
        return here, _("Sent.")

    return submit(request, asking, act) or render(
        request,
        "safety/contact_me.html",
        {
            "form": asking,
            "anybody": asking.fields["chosen"].queryset.exists(),  # type: ignore[attr-defined]
            "first_look": FIRST_LOOK.words(request.agency, request.agency.today()),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: AgencyRequest, pk: int) -> HttpResponse:
    """A chosen facilitator confirms seeing the request, then having been in touch."""
    calls = Call.objects.within(request.agency).select_related("member", "looked_by")
    mine = Q(chosen__member=request.member) & ~Q(member=request.member)
    found = get_object_or_404(calls.filter(mine), pk=pk)
    found.member.agency = request.agency
    access.log(by=request.member, about=found.member, what="call")
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        if found.looked_on is None:
            actions.look(found, by=request.member)
            return at(request.agency, "safety:call", pk=pk), _("They can see that you looked.")
        actions.finish(found, by=request.member)
        return at(request.agency, "home_of"), _("Thank you.")

    return submit(request, form, act) or render(
        request,
        "safety/call.html",
        {
            "form": form,
            "call": found,
            "over": rules.looking(found, request.member, chosen=True) is not None,
        },
    )
