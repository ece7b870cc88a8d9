"""The compensation plan: read by everybody, written and adopted by administrators."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Member
from compensation.employment.reading import holding
from compensation.plan import actions, rules
from compensation.plan.forms import (
    AdoptForm,
    FoundingPlanForm,
    NewPlanForm,
    PlanForm,
    first_rates,
)
from compensation.plan.models import PlanVersion
from compensation.plan.rates import table
from compensation.plan.reading import committee, end_of, in_force
from compensation.plan.words import differences, rates_shown
from foundation.addresses import at
from foundation.asking import Quote, ask
from foundation.forms import PortalForm
from foundation.founding import founding
from foundation.http import AgencyRequest
from foundation.models import Event
from foundation.pages import render, submit
from foundation.refusals import enforce
from starters import beginning
from starters.texts import TextCode


@require_safe
def plan(request: AgencyRequest) -> HttpResponse:
    """The plan in force, and its versions."""
    today = request.agency.today()
    versions = PlanVersion.objects.within(request.agency).order_by("-number")
    manages = rules.managing_plan(request.member) is None
    shown = list(versions if manages else versions.exclude(since=None))
    current = next((each for each in shown if each.holds(today)), None)
    return render(
        request,
        "compensation/plan/plan.html",
        {
            "in_force": current,
            "versions": shown,
            "manages": manages,
            "draft": next((each for each in shown if each.since is None), None),
            "employment": holding(request.agency, today),
            "missing": _("No payment plan is in force")
            if any(each.since for each in shown)
            else _("There is no payment plan yet"),
            "end": end_of(current, today) if current else None,
            "rates": rates_shown(table(current)) if current else [],
        },
    )


@require_safe
def plan_version(request: AgencyRequest, pk: int) -> HttpResponse:
    rows = PlanVersion.objects.within(request.agency)
    rows = rows.select_related("ratification", "put_by", "asked")
    manages = rules.managing_plan(request.member) is None
    versions = rows
    if not manages:
        versions = rows.exclude(since=None, ratification=None) | rows.asked_of(request.member)
    version = get_object_or_404(versions, pk=pk)
    today = request.agency.today()
    current = in_force(request.agency, today) if version.since is None else None
    putting = rules.putting_in_force(version, request.member, on=today, in_force=current)
    rates = table(version)
    before = current if version.since is None else _before(version)
    not_yet = rules.lacking(version, request.member, possible=putting is None)
    return render(
        request,
        "compensation/plan/plan_version.html",
        {
            "plan": version,
            "employment": holding(request.agency, today),
            "may_edit": rules.editing_plan(version, request.member) is None,
            "may_adopt": rules.adopting(version, request.member) is None,
            "may_put": putting is None and not_yet is None,
            "end": end_of(version, today),
            "asked_me": rules.answering_paper(version, request.member) is None,
            "may_seek": version.ratification_id is None
            and rules.seeking_ratification(version, request.member) is None
            and committee(request.agency, today) is not None,
            "seek_form": PortalForm(),
            "not_yet": not_yet,
            "began_from_starter": _began_from_starter(version),
            "rates": rates_shown(rates),
            "before": before,
            "changed": [] if before is None else differences(version, rates, before, table(before)),
        },
    )


def _before(version: PlanVersion) -> PlanVersion | None:
    """The version before one that was adopted; a draft is compared with the one in force."""
    rows = PlanVersion.objects.within(version.agency)
    return rows.filter(since__lt=version.since).order_by("-since").first()


def _began_from_starter(version: PlanVersion) -> bool:
    """Whether its first words came from the starter text; the record of events says so."""
    events = Event.objects.within(version.agency).filter(name="payment_plan.begun_from_starter")
    return events.filter(subject_type=version.subject_code, subject_id=version.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: AgencyRequest) -> HttpResponse:
    enforce(rules.managing_plan(request.member))
    began = beginning.begun(request, TextCode.PLAN, _known(request))
    first = {"text": began.words, "starter": began.text.language} if began else {}
    # A new version begins with the rates in force, so that none is dropped by oversight.
    current = in_force(request.agency, request.agency.today())
    if current is not None:
        first |= first_rates(table(current))
    form = NewPlanForm.from_request(request, agency=request.agency, initial={"version": 1, **first})

    def act(form: NewPlanForm) -> tuple[str, str]:
        version = actions.draft(by=request.member, **form.answers)
        return (
            at(request.agency, "compensation:plan_version", pk=version.pk),
            _("The draft is saved. Next, put it in force."),
        )

    return _write(request, form, act, beginning.said(began))


def _write[F: PlanForm](
    request: AgencyRequest, form: F, act: Callable[[F], tuple[str, str]], said: Sequence[str] = ()
) -> HttpResponse:
    """The page to write a draft on."""
    return submit(request, form, act) or render(
        request, "compensation/plan/write.html", {"form": form, "said": said}
    )


@require_safe
def starter(request: AgencyRequest) -> HttpResponse:
    """The starter text of the plan, and its blanks; the editor then begins with it."""
    enforce(rules.managing_plan(request.member))
    return beginning.offer(
        request,
        TextCode.PLAN,
        known=_known(request),
        editor=at(request.agency, "compensation:draft"),
        back=at(request.agency, "compensation:plan"),
        back_text=_("Back to the payment plan"),
    )


def _known(request: AgencyRequest) -> dict[str, str]:
    """What the starter text's blanks need not ask again."""
    employment = holding(request.agency, request.agency.today())
    return {"engaged": employment.engaged if employment is not None else ""}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AgencyRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    enforce(rules.editing_plan(version, request.member))
    fields = ("text", "hourly_rate", "daily_cap", "due_days", "version")
    first = {name: getattr(version, name) for name in fields} | first_rates(table(version))
    form = PlanForm.from_request(request, agency=request.agency, initial=first)

    def act(form: PlanForm) -> tuple[str, str]:
        seen = form.cleaned_data["version"]
        actions.edit(version, by=request.member, seen=seen, **form.answers)
        return at(request.agency, "compensation:plan_version", pk=pk), _("The draft is saved.")

    return _write(request, form, act)


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


@require_http_methods(["GET", "HEAD", "POST"])
def put_in_force(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put a draft in force for the founding, as a paper says that a second person confirms."""
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    today = request.agency.today()
    members = Member.objects.within(request.agency).on(today).exclude(user=None)
    form = FoundingPlanForm.from_request(
        request,
        members=members.exclude(pk=request.member.pk).order_by("shown_name", "pk"),
        initial={"on": today},
    )

    def act(form: FoundingPlanForm) -> tuple[str, str]:
        answers = form.answers
        actions.put_in_force(version, by=request.member, **answers)
        message = _("%(name)s was asked to confirm it.") % {"name": answers["asked"]}
        return at(request.agency, "compensation:plan_version", pk=pk), message

    said = {"day": date_format(founding(request.agency).last, "F j, Y")}
    return ask(
        request,
        form,
        act,
        rule=lambda: (
            rules.putting_in_force(
                version, request.member, on=today, in_force=in_force(request.agency, today)
            )
            or rules.asking_somebody(request.member, today)
        ),
        title=_("Put this plan in force for the founding"),
        text=[
            _(
                "People are paid for their time before there is a committee. It needs two people: "
                "you write down what was decided, and somebody who was there confirms it."
            ),
            _(
                "The plan ends on %(day)s, unless the consumers of the oversight committee ratify "
                "it by then. Until then it can be raised, not cut. Time given before is paid in "
                "any case."
            )
            % said,
        ],
        button=_("Ask the second person"),
        back=at(request.agency, "compensation:plan_version", pk=pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: AgencyRequest, pk: int) -> HttpResponse:
    """The paper about a plan for the founding, for the person who is asked to confirm it."""
    rows = PlanVersion.objects.within(request.agency).select_related("put_by", "asked")
    version = get_object_or_404(rows, pk=pk, asked=request.member)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.attest(version, by=request.member)
        return (
            at(request.agency, "compensation:plan_version", pk=pk),
            _("Thank you. The plan is in force from today."),
        )

    if (answer := submit(request, form, act)) is not None:
        return answer
    today = request.agency.today()
    refusal = rules.attesting(
        version, request.member, on=today, in_force=in_force(request.agency, today)
    )
    context = {
        "plan": version,
        "employment": holding(request.agency, today),
        "form": form if refusal is None else None,
        "refusal": refusal if version.waiting else None,
        "last_day": founding(request.agency).last,
        "rates": rates_shown(table(version)),
    }
    return render(request, "compensation/plan/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deny(request: AgencyRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.within(request.agency), pk=pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.deny(version, by=request.member)
        return at(request.agency, "home_of"), _("Your answer is on record. The plan stays a draft.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.answering_paper(version, request.member),
        title=_("It was not so"),
        text=[_("If you say no, the plan stays a draft. Whoever wrote it down is told.")],
        button=_("Say no"),
        kind="warning",
        back=at(request.agency, "compensation:plan_paper", pk=pk),
        back_text=_("Back to the paper"),
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
