"""What people need at meetings: said by them, and arranged by those who run the group."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts import access
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups import actions, rules
from groups.actions.needs import needs_at, needs_of
from groups.calendar import next_meetings
from groups.finding import meeting_of
from groups.forms.needs import ArrangeForm, NeedForm
from groups.models import AccessNeed, Arrangement, Meeting


def my_needs(request: AgencyRequest) -> HttpResponse:
    """What the member needs at their meetings, and a form to add something."""
    enforce(rules.saying_need(None, request.member))
    meetings = next_meetings(request.member, request.agency.today())
    form = NeedForm.from_request(request, meetings=meetings)

    def act(form: NeedForm) -> tuple[str, str]:
        actions.say_need(**form.answers, by=request.member)
        return at(request.agency, "groups:my_needs"), _("Thank you. It is noted.")

    answer = submit(request, form, act)
    if answer is not None:
        return answer
    needs = needs_of(request.member).select_related("meeting")
    return render(
        request, "groups/my_needs.html", {"form": form, "needs": list(needs.order_by("pk"))}
    )


def take_need_back(request: AgencyRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(
        AccessNeed.objects.within(request.agency), pk=pk, member=request.member
    )
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_need_back(need, by=request.member)
        return at(request.agency, "groups:my_needs"), _("It is taken back.")

    return ask(
        request,
        form,
        act,
        tab=_("Take this back"),
        title=_("You don’t need this any more?"),
        about=need.get_kind_display(),
        text=[_("What you wrote is deleted. You can add it again.")],
        button=_("Take it back"),
        back=at(request.agency, "groups:my_needs"),
        back_text=_("Back to what I need"),
    )


def arrange(request: AgencyRequest, pk: int) -> HttpResponse:
    """What to arrange for a meeting, with a tick for what is done; each look is logged."""
    found: Meeting = meeting_of(request, pk)
    enforce(rules.arranging(found, request.member))
    needs = list(needs_at(found).select_related("member"))
    arranged = Arrangement.objects.within(request.agency).filter(meeting=found)
    form = ArrangeForm.from_request(request, needs=needs, arranged=list(arranged))
    back = at(request.agency, "groups:meeting", pk=pk)

    def act(form: ArrangeForm) -> tuple[str, str]:
        actions.arrange(found, done=form.chosen, by=request.member)
        return back, _("It is noted what is arranged.")

    answer = submit(request, form, act)
    if answer is not None:
        return answer
    people = {each.member_id: each.member for each in needs}
    access.log_all(by=request.member, about=people.values(), what="needs")
    return render(request, "groups/arrange.html", {"form": form, "meeting": found, "needs": needs})
