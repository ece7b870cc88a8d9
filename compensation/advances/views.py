"""Asking for money before a meeting, for oneself or somebody on paper; saying what was spent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from compensation.advances import actions, rules
from compensation.advances.forms import AdvanceForm, SpentForm
from compensation.claims.models import Claim
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.templatetags.components import dollars


@require_http_methods(["GET", "HEAD", "POST"])
def ask_advance(request: AgencyRequest) -> HttpResponse:
    """Money before one of one's own meetings."""
    back = at(request.agency, "compensation:claim_cost")
    return _ask(request, request.member, back, _("Money before a meeting"))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_advance_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """Money before a meeting for somebody without a way to sign in."""
    member = get_object_or_404(Member.objects.within(request.agency), pk=pk)
    member.agency = request.agency
    back = at(request.agency, "compensation:claim_cost_for", pk=pk)
    return _ask(request, member, back, _("Money before a meeting for %(name)s") % {"name": member})


def _ask(request: AgencyRequest, member: Member, back: str, title: str) -> HttpResponse:
    enforce(rules.asking(member, request.member))
    if url := sent_before(request):
        return redirect(url)
    meetings = list(rules.meetings_ahead(member, request.agency.today()))
    if not meetings:
        return render(
            request, "compensation/advances/no_meeting.html", {"title": title, "back": back}
        )
    form = AdvanceForm.from_request(request, agency=request.agency, meetings=meetings)
    own = member.pk == request.member.pk
    done = at(request.agency, "compensation:my_payments" if own else "home_of")

    def act(form: AdvanceForm) -> tuple[str, str]:
        actions.ask(member=member, by=request.member, **form.answers)
        return done, _("We have it. It is paid before the meeting if it is approved in time.")

    return ask(
        request,
        form,
        act,
        title=title,
        text=[_("Afterwards, tell us what you spent. What is left is taken from later pay.")],
        button=_("Send it"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was spent of an advance."""
    member = request.member
    claims = Claim.objects.within(request.agency).select_related("member")
    mine = claims.filter(member=member) | claims.filter(entered_by=member)
    claim = get_object_or_404(mine, pk=pk)
    own = claim.member_id == member.pk
    back = at(request.agency, "compensation:my_payments" if own else "home_of")
    if url := sent_before(request):
        return redirect(url)
    enforce(rules.settling(claim, member))
    form = SpentForm.from_request(request, claim=claim)

    def act(form: SpentForm) -> tuple[str, str]:
        difference = actions.settle(claim, by=member, **form.answers)
        if difference is None:
            return back, _("Thank you. It came to just that.")
        if difference.amount > 0:
            said = _("Thank you. The other %(amount)s are asked for now.")
            return back, said % {"amount": dollars(difference.amount)}
        said = _("Thank you. The %(amount)s that are left are taken from later pay.")
        return back, said % {"amount": dollars(-difference.amount)}

    words = {
        "name": claim.member,
        "amount": dollars(claim.amount),
        "what": claim.what_for,
        "day": written(claim.service_on),
    }
    said = (
        _("You got %(amount)s before the meeting of %(day)s, for: %(what)s.")
        if own
        else _("%(name)s got %(amount)s before the meeting of %(day)s, for: %(what)s.")
    )
    return ask(
        request,
        form,
        act,
        title=_("What did you spend?") if own else _("What did they spend?"),
        text=[said % words],
        button=_("Send it"),
        back=back,
    )
