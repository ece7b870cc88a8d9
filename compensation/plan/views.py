"""The compensation plan: read by everybody, written and adopted by administrators."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation.plan import actions, rules
from compensation.plan.forms import AdoptForm, PlanForm
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.asking import Quote, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce


@require_safe
def plan(request: AgencyRequest) -> HttpResponse:
    """The plan in force, and its versions."""
    today = request.agency.today()
    versions = PlanVersion.objects.within(request.agency).order_by("-number")
    manages = rules.managing_plan(request.member) is None
    shown = list(versions if manages else versions.exclude(since=None))
    in_force = next((each for each in shown if each.holds(today)), None)
    return render(
        request,
        "compensation/plan/plan.html",
        {"in_force": in_force, "versions": shown, "manages": manages},
    )


@require_safe
def plan_version(request: AgencyRequest, pk: int) -> HttpResponse:
    versions = PlanVersion.objects.within(request.agency).select_related("ratification")
    manages = rules.managing_plan(request.member) is None
    if not manages:
        versions = versions.exclude(since=None, ratification=None)
    version = get_object_or_404(versions, pk=pk)
    return render(
        request,
        "compensation/plan/plan_version.html",
        {
            "plan": version,
            "may_edit": rules.editing_plan(version, request.member) is None,
            "may_adopt": rules.adopting(version, request.member) is None,
            "may_seek": version.ratification_id is None
            and rules.seeking_ratification(version, request.member) is None,
            "seek_form": PortalForm(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: AgencyRequest) -> HttpResponse:
    enforce(rules.managing_plan(request.member))
    form = PlanForm.from_request(request, agency=request.agency, initial={"version": 1})

    def act(form: PlanForm) -> tuple[str, str]:
        version = actions.draft(by=request.member, **form.answers)
        return (
            at(request.agency, "compensation:plan_version", pk=version.pk),
            _("The draft is saved. Adopt it when it is ready."),
        )

    return ask(
        request,
        form,
        act,
        title=_("Write the payment plan"),
        button=_("Save the draft"),
        back=at(request.agency, "compensation:plan"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AgencyRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    enforce(rules.editing_plan(version, request.member))
    fields = ("text", "hourly_rate", "daily_cap", "due_days", "version")
    form = PlanForm.from_request(
        request, agency=request.agency, initial={name: getattr(version, name) for name in fields}
    )

    def act(form: PlanForm) -> tuple[str, str]:
        seen = form.cleaned_data["version"]
        actions.edit(version, by=request.member, seen=seen, **form.answers)
        return at(request.agency, "compensation:plan_version", pk=pk), _("The draft is saved.")

    return ask(
        request,
        form,
        act,
        title=_("Write the payment plan"),
        button=_("Save the draft"),
        back=at(request.agency, "compensation:plan"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: AgencyRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    enforce(rules.adopting(version, request.member))
    form = AdoptForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: AdoptForm) -> tuple[str, str]:
        actions.adopt(version, by=request.member, **form.answers)
        return (
            at(request.agency, "compensation:plan_version", pk=pk),
            _("The plan is adopted. Everybody whose time is not otherwise paid has an offer."),
        )

    said = _(
        "Version %(number)s with $%(rate)s an hour takes the place of the plan before it. It can’t "
        "be changed after that."
    )
    not_yet = _("The oversight committee has not ratified this version yet.")
    return ask(
        request,
        form,
        act,
        title=_("Adopt this plan"),
        text=[said % {"number": version.number, "rate": version.hourly_rate}],
        quotes=[] if version.ratified_on else [Quote(not_yet)],
        button=_("Adopt the plan"),
        back=at(request.agency, "compensation:plan"),
    )


@require_http_methods(["POST"])
def seek_ratification(request: AgencyRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    enforce(rules.seeking_ratification(version, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.seek_ratification(version, by=request.member)
        return (
            at(request.agency, "compensation:plan_version", pk=pk),
            _("The oversight committee is asked to ratify it."),
        )

    said = _("The committee decides whether to ratify version %(number)s and its rate.")
    return ask(
        request,
        form,
        act,
        title=_("Ask the oversight committee"),
        text=[said % {"number": version.number}],
        button=_("Ask the committee"),
        back=at(request.agency, "compensation:plan"),
    )
