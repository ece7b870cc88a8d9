"""Saying that one can't be at a meeting, and reading who is not expected, without a reason."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from foundation.templatetags.components import day
from groups import actions, rules
from groups.actions.absences import tells_absences
from groups.finding import meeting_of
from groups.not_expected import people_not_expected, says_not_coming


def coming(request: AgencyRequest, pk: int) -> HttpResponse:
    """I can't be there; or, once it is said, I can be there after all."""
    found, member = meeting_of(request, pk), request.member
    form = PortalForm.from_request(request)
    back = at(request.agency, "groups:meeting", pk=pk)
    said = says_not_coming(found, member.pk)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.say_coming(found, coming=said, by=member)
        if said:
            return back, _("Thank you. You are expected.")
        return back, _("Thank you. Nobody expects you at this meeting.")

    text: list[str] = [day(found.starts_at, weekday=True, time=True)]
    if not said:
        text.append(
            _(
                "You don’t have to say why. Who runs the meeting sees that you are not expected, "
                "and no reason. You can take it back here."
            )
        )
    return ask(
        request,
        form,
        act,
        title=_("You can be there after all?") if said else _("You can’t be there?"),
        text=text,
        button=_("I can be there") if said else _("I can’t be there"),
        back=back,
        back_text=_("Back to the meeting"),
        rule=lambda: rules.saying_need(found, member),
    )


@require_safe
def not_expected(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who is not expected, for who runs the meeting, shortly before it; each look is logged."""
    found = meeting_of(request, pk)
    enforce(rules.seeing_absences(found, request.member))
    tells = tells_absences(found)
    people = list(people_not_expected(found)) if tells else []
    access.log_all(by=request.member, about=people, what="not expected")
    refusal = None if tells else rules.TOO_MANY_DATES
    context = {"meeting": found, "refusal": refusal, "people": people}
    return render(request, "groups/not_expected.html", context)
