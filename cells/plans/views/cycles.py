"""Small tests of a change: the ramp of a plan, each test on one page, filled in over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from cells.cell.finding import people_of
from cells.plans import actions, evaluation, ramps, rules
from cells.plans.finding import asked_idea, change_ideas, cycle_of, plan_of
from cells.plans.forms.cycles import (
    ActForm,
    CycleEditForm,
    CycleForm,
    DoForm,
    PaperCycleForm,
    StudyForm,
)
from cells.plans.models.cycles import CyclePart, PDSACycle
from cells.plans.models.drivers import Driver
from cells.plans.models.plans import ActionPlan, OutcomeStandard
from cells.plans.presenting.cycles import CycleParts, CycleRights, cycle_page
from cells.plans.ramps import HowFar
from foundation import keys
from foundation.addresses import at
from foundation.asking import About, Quote, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from measures.definitions.models import Measure

# Fields that the next test of a ramp takes over from the former one.
KEPT = (
    "title",
    "objective",
    "what",
    "leader",
    "who",
    "where",
    "measure",
    "looked_at",
    "change_idea",
)
PLANNED = (*KEPT, "prediction", "scale", "from_day", "to_day")


@require_safe
def cycles(request: AgencyRequest, pk: int) -> HttpResponse:
    """All tests of a plan, ramp by ramp."""
    plan = plan_of(request, pk)
    found = PDSACycle.objects.within(request.agency).filter(plan=plan).select_related("leader")
    return render(
        request,
        "cells/plans/cycles.html",
        {
            "plan": plan,
            "opportunity": plan.opportunity,
            "cell": plan.opportunity.cell,
            "ramps": [
                [CycleCard(cycle, ramps.state(cycle, plan)) for cycle in ramp]
                for ramp in ramps.ramps(found)
            ],
            "may_plan": rules.planning_cycle(plan, request.member) is None,
            "may_record": rules.recording_cycle(plan, request.member) is None,
        },
    )


@dataclass(frozen=True)
class CycleCard:
    """A test in the list of all."""

    cycle: PDSACycle
    how_far: HowFar


def plan_cycle(request: AgencyRequest, pk: int) -> HttpResponse:
    """A new test; with ?after=, the next one of a ramp, which continues the former one."""
    plan = plan_of(request, pk)
    enforce(rules.planning_cycle(plan, request.member))
    former, choices = _former(request, plan), _choices(request, plan)
    initial = _initial(request, plan, former, choices["change_ideas"])
    form = CycleForm.from_request(request, **choices, initial=initial)

    def act(form: CycleForm) -> tuple[str, str]:
        made = actions.plan_cycle(plan, former=former, **form.answers, by=request.member)
        return at(request.agency, "cells:cycle", pk=made.pk), _("The test is written down.")

    return submit(request, form, act) or render(
        request,
        "cells/plans/plan_cycle.html",
        {"form": form, "plan": plan, "opportunity": plan.opportunity, "former": former},
    )


def record_cycle(request: AgencyRequest, pk: int) -> HttpResponse:
    """A test done outside the portal."""
    plan = plan_of(request, pk)
    enforce(rules.recording_cycle(plan, request.member))
    form = PaperCycleForm.from_request(request)

    def act(form: PaperCycleForm) -> tuple[str, str]:
        made = actions.record_cycle(plan, **form.answers, by=request.member)
        return at(request.agency, "cells:cycle", pk=made.pk), _("The test is written down.")

    return ask(
        request,
        form,
        act,
        title=_("Write down a test that was done"),
        about=plan.opportunity.title,
        text=[
            _(
                "This is for a test that was done without the portal. The page of the test says "
                "so. What you learned comes next."
            )
        ],
        button=_("Save"),
        back=at(request.agency, "cells:cycles", pk=pk),
        back_text=_("Back to the small tests"),
    )


def _former(request: AgencyRequest, plan: ActionPlan) -> PDSACycle | None:
    after = request.GET.get("after", "")
    if not after:
        return None
    cycles = PDSACycle.objects.within(request.agency)
    former = get_object_or_404(cycles.filter(plan=plan), pk=keys.key("small_test", after))
    former.plan = plan
    has_next = cycles.filter(former=former).exists()
    enforce(rules.going_on_from(former, request.member, has_next=has_next))
    return former


class CycleChoices(TypedDict):
    """The choices in the form of a test."""

    members: Iterable[Member]
    measures: Iterable[Measure]
    change_ideas: Iterable[Driver]


def _choices(request: AgencyRequest, plan: ActionPlan) -> CycleChoices:
    cell = plan.opportunity.cell
    measures = Measure.objects.within(request.agency).in_use().filter(owner=cell.group_id)
    return {
        "members": people_of(request, cell),
        "measures": measures.order_by("name", "pk"),
        "change_ideas": change_ideas(request, plan),
    }


def _initial(
    request: AgencyRequest, plan: ActionPlan, former: PDSACycle | None, ideas: Iterable[Driver]
) -> dict[str, object]:
    if former is not None:
        return _planned(former, KEPT)
    standards = OutcomeStandard.objects.within(request.agency).filter(plan=plan)
    initial: dict[str, object] = {
        "measure": standards.order_by("pk").values_list("measure", flat=True).first()
    }
    if (idea := asked_idea(request, ideas)) is not None:
        initial |= {"title": idea.text, "change_idea": idea.pk}
    return initial


def _planned(cycle: PDSACycle, names: tuple[str, ...]) -> dict[str, object]:
    keys = {"leader": "leader_id", "measure": "measure_id", "change_idea": "change_idea_id"}
    return {name: getattr(cycle, keys.get(name, name)) for name in names}


def cycle(request: AgencyRequest, pk: int) -> HttpResponse:
    """The whole test on one page, to read and print; a button on it starts it (POST)."""
    found = cycle_of(request, pk)
    member = request.member
    planning = rules.writing_in_cycle(found, CyclePart.PLAN, member) is None
    form = PortalForm.from_request(request) if planning else None

    def act(form: PortalForm) -> tuple[str, str]:
        actions.start_cycle(found, by=member)
        return at(request.agency, "cells:cycle", pk=pk), _("The test has started.")

    if request.method == "POST":
        enforce(rules.starting_cycle(found, member))
        if form is not None and (answer := submit(request, form, act)) is not None:
            return answer
    following = PDSACycle.objects.within(request.agency).filter(former=found).first()
    read = CycleParts(
        cycle=found,
        following=following,
        said=_said(found),
        lacks=list(rules.lacking_in_cycle(found).values()) if planning else [],
    )
    return render(
        request,
        "cells/plans/cycle.html",
        {
            "plan": found.plan,
            "opportunity": found.plan.opportunity,
            "form": form,
            "page": cycle_page(read, _rights(found, member, has_next=following is not None)),
        },
    )


def _rights(found: PDSACycle, member: Member, *, has_next: bool) -> CycleRights:
    written = [each for each in CyclePart if rules.writing_in_cycle(found, each, member) is None]
    concluding = rules.concluding(found, member, has_next=has_next)
    return CycleRights(
        write=frozenset(written),
        start=rules.starting_cycle(found, member) is None,
        reconsider=found.ended_on is not None and concluding is None,
        go_on=rules.going_on_from(found, member, has_next=has_next) is None,
        take_away=rules.taking_away_cycle(found, member) is None,
    )


def _said(found: PDSACycle) -> str:
    """Its measure's current finding, for the test's plan if that is judged by it."""
    return evaluation.of_test(found).said if found.measure_id is not None else ""


def change_cycle(request: AgencyRequest, pk: int) -> HttpResponse:
    found = cycle_of(request, pk)
    enforce(rules.writing_in_cycle(found, CyclePart.PLAN, request.member))
    form = CycleEditForm.from_request(
        request,
        **_choices(request, found.plan),
        initial={"version": found.version, **_planned(found, PLANNED)},
    )

    def act(form: CycleEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.change_cycle(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:cycle", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Plan of the test"),
        button=_("Save"),
        **_of_test(request, found),
    )


def _of_test(request: AgencyRequest, test: PDSACycle) -> About:
    said = {"number": test.number, "title": test.title}
    return {
        "about": _("Test %(number)s: %(title)s") % said,
        "back": at(request.agency, "cells:cycle", pk=test.pk),
        "back_text": _("Back to the test"),
    }


def do(request: AgencyRequest, pk: int) -> HttpResponse:
    """What happens: saved while the test runs, then marked as done."""
    found = cycle_of(request, pk)
    enforce(rules.writing_in_cycle(found, CyclePart.DO, request.member))
    form = DoForm.from_request(
        request,
        initial={
            "version": found.version,
            "happened": found.happened,
            "unexpected": found.unexpected,
        },
    )

    def act(form: DoForm) -> tuple[str, str]:
        over = "later" not in request.POST
        version = form.cleaned_data["version"]
        actions.record_doing(found, **form.answers, over=over, version=version, by=request.member)
        return at(request.agency, "cells:cycle", pk=pk), _("It is written down.")

    return ask(
        request,
        form,
        act,
        title=_("What happened?"),
        text=[_("We expected:") + " " + found.prediction],
        button=_("Save: the test is over"),
        secondary="" if found.done_on else _("Save: it goes on"),
        secondary_name="later",
        **_of_test(request, found),
    )


def study(request: AgencyRequest, pk: int) -> HttpResponse:
    """Prediction, result and the chart's finding, side by side."""
    found = cycle_of(request, pk)
    enforce(rules.writing_in_cycle(found, CyclePart.STUDY, request.member))
    form = StudyForm.from_request(
        request,
        initial={"version": found.version, "foretold": found.foretold, "learned": found.learned},
    )

    def act(form: StudyForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.record_study(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:cycle", pk=pk), _("It is written down.")

    return submit(request, form, act) or render(
        request,
        "cells/plans/study.html",
        {"form": form, "cycle": found, "plan": found.plan, "said": _said(found)},
    )


def conclude(request: AgencyRequest, pk: int) -> HttpResponse:
    """Adopt the change, adapt it and test again, or abandon it."""
    found = cycle_of(request, pk)
    has_next = PDSACycle.objects.within(request.agency).filter(former=found).exists()
    enforce(rules.concluding(found, request.member, has_next=has_next))
    form = ActForm.from_request(
        request,
        initial={"version": found.version, "outcome": found.outcome, "reason": found.reason},
    )

    def act(form: ActForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.conclude_cycle(found, **form.answers, version=version, by=request.member)
        said = _("It is written down.") if found.ended_on else _("The test has ended.")
        return at(request.agency, "cells:cycle", pk=pk), said

    return ask(
        request,
        form,
        act,
        title=_("What do you do now?"),
        text=[_("Did it come as we expected?") + " " + found.get_foretold_display()],
        quotes=[Quote(found.learned)],
        button=_("Save") if found.ended_on else _("End the test"),
        **_of_test(request, found),
    )


def take_away(request: AgencyRequest, pk: int) -> HttpResponse:
    """Delete a test that was never started."""
    found = cycle_of(request, pk)
    enforce(rules.taking_away_cycle(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_away_cycle(found, by=request.member)
        page = at(request.agency, "cells:cycles", pk=found.plan_id)
        return page, _("The test is taken away.")

    return ask(
        request,
        form,
        act,
        title=_("Take this test away"),
        text=[_("It has not started. It will no longer be on the list.")],
        button=_("Take it away"),
        kind="warning",
        **_of_test(request, found),
    )
