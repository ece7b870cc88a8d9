"""Saying that one can't be at a meeting, without a reason."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.templatetags.components import day
from groups import actions, rules
from groups.finding import meeting_of
from groups.not_expected import says_not_coming


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
