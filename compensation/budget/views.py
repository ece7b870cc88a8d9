"""The budget: its lines with what is planned, earned, paid and left; one line with its records."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation.budget import actions, rules
from compensation.budget.forms import LineForm, OutForm
from compensation.budget.models import BudgetLine, BudgetLineQuerySet
from compensation.budget.reading import LineUse, months_of, uses_of
from foundation import links
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.spreadsheets import csv_file
from foundation.templatetags.components import dollars

type Cell = str | dict[str, object]


def _number(words: str) -> Cell:
    return {"text": words, "numeric": True}


def _whole(amount: Decimal) -> Cell:
    return {"text": dollars(amount), "whole": True}


def _lines(request: AgencyRequest) -> BudgetLineQuerySet:
    enforce(rules.seeing(request.member))
    lines: BudgetLineQuerySet = BudgetLine.objects.within(request.agency)
    return lines


@require_safe
def budget(request: AgencyRequest) -> HttpResponse:
    """The lines, the latest period first."""
    lines = _lines(request).standing().order_by("-since", "covers", "pk")
    page = page_of(request, lines)
    shown = _lines(request).filter(pk__in=[each.pk for each in page])
    return render(
        request,
        "compensation/budget/budget.html",
        {
            "page": page,
            "caption": _("Lines, the latest first"),
            "head": [
                _("Line"),
                *(_number(each) for each in _heads()),
            ],
            "rows": [
                _row(request, each) for each in uses_of(shown.order_by("-since", "covers", "pk"))
            ],
            "may_enter": rules.entering(request.member) is None,
        },
    )


def _heads() -> tuple[str, ...]:
    return _("Budget"), _("Planned"), _("Earned"), _("Of it paid"), _("Left")


def _row(request: AgencyRequest, use: LineUse) -> list[Cell]:
    line = use.line
    name = _("%(name)s, %(first)s to %(last)s") % {
        "name": line.name,
        "first": written(line.since),
        "last": written(line.last_day),
    }
    href = at(request.agency, "compensation:budget_line", pk=line.pk)
    amounts = (line.amount, use.planned, use.earned, use.paid, use.left)
    return [{"text": name, "href": href}, *map(_whole, amounts)]


@require_safe
def budget_csv(request: AgencyRequest) -> HttpResponse:
    """The lines as a file, in numbers of the agency."""
    head = [_("Line"), _("Covers"), _("First day"), _("Last day"), *_heads()]
    head += [_("Decided on"), _("Decided by")]
    rows = [
        [
            use.line.name,
            use.line.get_covers_display(),
            use.line.since.isoformat(),
            use.line.last_day.isoformat(),
            *(str(a) for a in (use.line.amount, use.planned, use.earned, use.paid, use.left)),
            use.line.decided_on.isoformat(),
            use.line.decided_by,
        ]
        for use in uses_of(_lines(request).standing().order_by("-since", "covers", "pk"))
    ]
    return csv_file(f"budget-{request.agency.today().isoformat()}.csv", [head, *rows])


@require_safe
def line(request: AgencyRequest, pk: int) -> HttpResponse:
    """One line: what was decided, the meetings that are planned, and each month's pay."""
    lines = _lines(request)
    found = get_object_or_404(lines.select_related("entered_by", "out_by"), pk=pk)
    (use,) = uses_of(lines.filter(pk=pk))
    keys = {each.work.key for each in use.meetings if each.work.key is not None}
    known = links.links("meeting", keys, request.member)
    # Nobody learns of a group that they may not know of.
    page = page_of(request, [each for each in use.meetings if each.work.key in known])
    return render(
        request,
        "compensation/budget/line.html",
        {
            "line": found,
            "use": use,
            "page": page,
            "meetings_caption": _("Meetings that are planned"),
            "meetings_head": [
                _("Day"),
                _("Meeting"),
                _number(_("People who are paid")),
                _number(_("Minutes")),
                _number(_("Comes to")),
            ],
            "meetings": [
                [
                    written(each.work.on),
                    {
                        "text": str(known[each.work.key or 0].title),
                        "href": known[each.work.key or 0].url,
                    },
                    str(each.people),
                    str(each.work.minutes),
                    dollars(each.amounts[found.covers]),
                ]
                for each in page
            ],
            "months_caption": _("Month by month"),
            "months_head": [_("Month of the work"), _number(_("Earned")), _number(_("Of it paid"))],
            "months": [
                [
                    formats.date_format(each.month, "F Y"),
                    dollars(each.earned),
                    dollars(each.paid),
                ]
                for each in months_of(found)
            ],
            "may_take_out": rules.taking_out(found, request.member) is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AgencyRequest) -> HttpResponse:
    enforce(rules.entering(request.member))
    form = LineForm.from_request(request)
    back = at(request.agency, "compensation:budget")

    def act(form: LineForm) -> tuple[str, str]:
        actions.enter(by=request.member, **form.answers)
        return back, _("The line is entered. Whoever plans a meeting sees what is left of it.")

    return ask(
        request,
        form,
        act,
        title=_("Enter a line of the budget"),
        text=[_("As your governing body decided it. The portal warns; it never stops pay.")],
        button=_("Save"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: AgencyRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_lines(request), pk=pk)
    form = OutForm.from_request(request)

    def act(form: OutForm) -> tuple[str, str]:
        actions.take_out(found, by=request.member, **form.answers)
        return at(request.agency, "compensation:budget"), _("The line is taken out.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.taking_out(found, request.member),
        title=_("Take this line out"),
        about=found.name,
        text=[_("If a sum or a period has changed, take the line out and enter the new one.")],
        button=_("Take it out"),
        kind="warning",
        back=at(request.agency, "compensation:budget_line", pk=pk),
    )
