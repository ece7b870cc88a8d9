"""Deputies of those who approve and pay: who stands in for whom, naming one, ending it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation.deputies import actions, rules
from compensation.deputies.forms import EndDeputyForm, NameDeputyForm
from compensation.deputies.models import Deputy
from compensation.deputies.presenting import HEAD, rows_shown
from compensation.deputies.reading import could_stand_in, held_by
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import Refusal, enforce


@require_safe
def deputies(request: AgencyRequest) -> HttpResponse:
    enforce(rules.seeing_deputies(request.member))
    rows = Deputy.objects.within(request.agency).select_related("grant", "member", "holder")
    page = page_of(request, rows.order_by("-grant__since", "-pk"))
    today = request.agency.today()
    return render(
        request,
        "compensation/deputies/deputies.html",
        {
            "page": page,
            "head": HEAD,
            "rows": rows_shown(page, request.member, today),
            "may_name": bool(held_by(request.member, today)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def name_deputy(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    enforce(rules.seeing_deputies(request.member))
    held = held_by(request.member, today)
    people = could_stand_in(request.member, today)
    form = NameDeputyForm.from_request(request, held=held, people=people, initial={"since": today})
    back = at(request.agency, "compensation:deputies")

    def act(form: NameDeputyForm) -> tuple[str, str]:
        made = actions.name_deputy(by=request.member, **form.answers)
        return back, _("%(name)s stands in. We told them.") % {"name": made.member}

    nobody = Refusal(
        _("Nobody has a role here that you could let somebody stand in for."),
        _("Ask an administrator."),
    )
    return ask(
        request,
        form,
        act,
        rule=lambda: None if held else nobody,
        title=_("Name a deputy"),
        text=[
            _(
                "They act as themselves: they can't approve or pay their own lines, nor pay what "
                "they approved. They sign in with a second step, as all who handle money do."
            )
        ],
        button=_("Let them stand in"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_deputy(request: AgencyRequest, pk: int) -> HttpResponse:
    rows = Deputy.objects.within(request.agency).select_related("grant", "member", "holder")
    deputy = get_object_or_404(rows, pk=pk)
    if rules.seeing_deputies(request.member) is not None:
        deputy = get_object_or_404(rows.filter(member=request.member), pk=pk)
    back = at(request.agency, "compensation:deputies")

    def act(form: EndDeputyForm) -> tuple[str, str]:
        actions.end_deputy(deputy, by=request.member)
        mine = deputy.member_id == request.member.pk
        return at(request.agency, "home_of") if mine else back, _("It is over.")

    said = _("%(name)s stands in for %(holder)s. It ends at once.")
    return ask(
        request,
        EndDeputyForm.from_request(request),
        act,
        rule=lambda: rules.ending_deputy(deputy, request.member),
        title=_("End standing in"),
        text=[said % {"name": deputy.member.full_name, "holder": deputy.holder.full_name}],
        button=_("End it"),
        kind="warning",
        back=back,
    )
