"""The plan for a chosen idea: a list of what to fill in, then its progress."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.finding import people_of
from cells.plans import actions, baseline, rules
from cells.plans.baseline import ChangeOfBaseline
from cells.plans.evaluation import JudgedMeasure, judged
from cells.plans.finding import meetings_of, plan_of
from cells.plans.forms.plans import AimForm, EvaluationForm, ReviewForm, StandardForm
from cells.plans.models.cycles import CycleQuerySet, PDSACycle
from cells.plans.models.plans import ActionPlan, OutcomeStandard, StandardRole
from cells.plans.presenting.plans import PlanParts, PlanRights, StandardSeen, plan_page
from foundation import keys, prepared
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render, submit
from foundation.paging import few_of, first_of
from foundation.refusals import enforce
from measures.charting.reading import numbers_of
from measures.definitions.models import Measure
from measures.kinds.shape import BetterWay

LATEST_TESTS = 3


def plan(request: AgencyRequest, pk: int) -> HttpResponse:
    """While it is made: what is there, what is missing, and the button that starts it (POST).

    Once it is under way: its steps, its measure, and the reviews.
    """
    found = plan_of(request, pk, with_parts=True)
    making = rules.changing_plan(found, request.member) is None
    form = PortalForm.from_request(request) if making else None

    def act(form: PortalForm) -> tuple[str, str]:
        actions.activate(found, by=request.member)
        return at(request.agency, "cells:plan", pk=pk), _("The plan has started.")

    if request.method == "POST":
        enforce(rules.changing_plan(found, request.member))
        if form is not None and (answer := submit(request, form, act)) is not None:
            return answer
    lacks = rules.lacking(found)
    tests = prepared.of_agency(_tests).models({"agency": request.agency.pk, "row": found.pk})
    parts = PlanParts(
        plan=found,
        steps=list(found.steps.all()),
        standards=_standards(found, request.member),
        tests=few_of(tests),
        reviews=list(found.reviews.all()),
        sustain=getattr(found, "sustain", None),
        missing=len(lacks),
    )
    return render(
        request,
        "cells/plans/plan.html",
        {
            "plan": found,
            "opportunity": found.opportunity,
            "cell": found.opportunity.cell,
            "form": form,
            "tasks": list(_tasks(request, found, lacks)),
            "reviews": parts.reviews,
            "latest_tests": parts.tests,
            "page": plan_page(parts, _rights(parts, request.member), request.agency.today()),
        },
    )


def _tests(agency: Agency) -> CycleQuerySet:
    tests = PDSACycle.objects.within(agency).filter(plan=prepared.ROW)
    return first_of(tests.order_by("-number"), LATEST_TESTS)


def _rights(parts: PlanParts, member: Member) -> PlanRights:
    plan = parts.plan
    return PlanRights(
        change=rules.changing_plan(plan, member) is None,
        add_steps=rules.adding_steps(plan, member) is None,
        review=rules.reviewing(plan, member) is None,
        sustain=rules.sustaining(plan, member) is None,
        look_on=rules.looking_on(plan, parts.sustain, member) is None,
    )


@dataclass(frozen=True)
class PlanTask:
    """A page of a plan in components/task_list.html, with what it lacks as its hint."""

    title: str
    href: str
    hint: str
    done: bool
    status: str


def _tasks(
    request: AgencyRequest, found: ActionPlan, lacks: list[rules.Lack]
) -> Iterator[PlanTask]:
    """The pages of a plan, each with what it lacks."""
    standards = list(found.standards.all())
    outcomes = [each for each in standards if each.role == StandardRole.OUTCOME]
    pages = [
        ("aim", _("Say what you want to make better"), "cells:aim", found.pk, bool(found.aim)),
        ("standard", _("Choose the number and the goal"), "cells:standard", found.pk, outcomes),
        ("steps", _("Write down the action steps"), "cells:add_step", found.pk, found.steps.all()),
        (
            "evaluation",
            _("Say how you will see if it works"),
            "cells:evaluation",
            found.pk,
            found.looked_at_by_id or found.cadence or found.adapt_if,
        ),
    ]
    if standards and any(lack.part == "baseline" for lack in lacks):
        open_ones = baseline.open_for(request.agency, [each.pk for each in standards])
        page = ("baseline", _("Confirm the baseline and the goal"), "cells:baseline")
        pages.append((*page, min(open_ones), True))
    if standards and any(lack.part == "direction" for lack in lacks):
        neutral = [each for each in standards if each.measure.direction == BetterWay.NEUTRAL]
        measure = neutral[0].measure_id
        pages.append(
            ("direction", _("Say which way is better"), "measures:change_measure", measure, True)
        )
    for part, title, name, key, begun in pages:
        missing = [str(lack.words) for lack in lacks if lack.part == part]
        yield PlanTask(
            title=title,
            href=at(request.agency, name, pk=key),
            hint=" ".join(missing),
            done=not missing,
            status="" if not missing or not begun else _("Something is missing"),
        )


def _standards(found: ActionPlan, member: Member) -> list[StandardSeen]:
    """The plan's measures with their numbers, and the changes to each baseline."""
    rows = judged(found, found.standards.all())
    told = baseline.told(found.agency, ((row.standard, row.measure) for row in rows))
    return [_seen(found, row, told.get(row.standard.pk, []), member) for row in rows]


def _seen(
    found: ActionPlan, row: JudgedMeasure, changes: Sequence[ChangeOfBaseline], member: Member
) -> StandardSeen:
    seen = StandardSeen(row, changes)
    confirming = rules.confirming_baseline(found, member, is_open=seen.is_open)
    dropping = rules.dropping_standard(row.standard, found, member)
    return replace(seen, may_confirm=confirming is None, may_drop=dropping is None)


def aim(request: AgencyRequest, pk: int) -> HttpResponse:
    found = plan_of(request, pk)
    enforce(rules.changing_plan(found, request.member))
    form = AimForm.from_request(request, initial={"version": found.version, "aim": found.aim})

    def act(form: AimForm) -> str:
        version = form.cleaned_data["version"]
        actions.set_aim(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("What do you want to make better?"),
        about=found.opportunity.title,
        button=_("Save"),
        back=at(request.agency, "cells:plan", pk=pk),
        back_text=_("Back to the plan"),
    )


def standard(request: AgencyRequest, pk: int) -> HttpResponse:
    """The measure, its baseline and its goal; redirects to the measures without one."""
    found = plan_of(request, pk)
    enforce(rules.changing_plan(found, request.member))
    cell = found.opportunity.cell
    measures = Measure.objects.within(request.agency).in_use().filter(owner=cell.group_id)
    standards = OutcomeStandard.objects.within(request.agency).filter(plan=found)
    held = standards.filter(role=StandardRole.OUTCOME).first()
    watched = standards.exclude(role=StandardRole.OUTCOME)
    measures = measures.exclude(pk__in=watched.values("measure")).order_by("name", "pk")
    initial = {
        "version": found.version,
        "measure": request.GET.get("measure", held.measure_id if held else None),
        "baseline": held.baseline.normalize() if held and held.baseline is not None else None,
        "target": held.target.normalize() if held and held.target is not None else None,
        "target_on": held.target_on if held else None,
        "baseline_through": held.baseline_through if held else None,
    }
    form = StandardForm.from_request(
        request,
        measures=measures,
        numbers=numbers_of(request.agency, measures),
        begun=found.activated_on is not None,
        initial=initial,
    )

    def act(form: StandardForm) -> str:
        version = form.cleaned_data["version"]
        actions.set_standard(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk)

    return submit(request, form, act) or _part(
        request, found, "cells/plans/standard.html", form=form, none=not measures.exists()
    )


def evaluation(request: AgencyRequest, pk: int) -> HttpResponse:
    found = plan_of(request, pk)
    enforce(rules.changing_plan(found, request.member))
    form = EvaluationForm.from_request(
        request,
        members=people_of(request, found.opportunity.cell),
        initial={
            "version": found.version,
            "looked_at_by": found.looked_at_by_id,
            "cadence": found.cadence,
            "adapt_if": found.adapt_if,
        },
    )

    def act(form: EvaluationForm) -> str:
        version = form.cleaned_data["version"]
        actions.set_evaluation(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("How will you see if it works?"),
        about=found.opportunity.title,
        button=_("Save"),
        back=at(request.agency, "cells:plan", pk=pk),
        back_text=_("Back to the plan"),
    )


def review(request: AgencyRequest, pk: int) -> HttpResponse:
    """Review how it goes."""
    found = plan_of(request, pk)
    enforce(rules.reviewing(found, request.member))
    form = ReviewForm.from_request(
        request, meetings=meetings_of(request, found), initial={"version": found.version}
    )

    def act(form: ReviewForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.review(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk), _("Thank you. It is written down.")

    return submit(request, form, act) or _part(
        request,
        found,
        "cells/plans/review.html",
        form=form,
        judged=judged(found),
        said_before=found.adapt_if,
    )


def _part(
    request: AgencyRequest, found: ActionPlan, template: str, **context: object
) -> HttpResponse:
    context |= {"plan": found, "opportunity": found.opportunity, "cell": found.opportunity.cell}
    return render(request, template, {"asked_by": keys.code_of(found), **context})
