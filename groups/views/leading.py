"""Whether others may know that one leads a group; only that person is asked."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination
from foundation.presenting import written
from foundation.refusals import enforce
from groups import actions, rules
from groups.finding import group_of
from groups.leading_forms import NOBODY, LeadingForm
from groups.models import LeadingConsent


@require_http_methods(["GET", "HEAD", "POST"])
def leading(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    enforce(rules.being_named(group, request.member))
    mine = LeadingConsent.objects.within(request.agency).filter(group=pk, member=request.member)
    given = mine.filter(until=None).first()
    form = LeadingForm.from_request(
        request, initial={"audience": given.audience if given else NOBODY}
    )

    def act(form: PortalForm) -> Destination:
        audience = form.cleaned_data["audience"]
        if audience == NOBODY:
            actions.be_unnamed(group, by=request.member)
        else:
            actions.be_named(group, by=request.member, audience=audience)
        return at(request.agency, "groups:leading", pk=pk), _("Saved.")

    name = {"name": group.name}
    text = [
        _(
            "You help to lead %(name)s. Both sides lead a group: people who use services, and "
            "staff. If your name is shown, others may guess which side you are on. So only you "
            "decide this. Pages that were printed before can’t be called back."
        )
        % name
    ]
    if given:
        said = _("You chose this on %(day)s. You can change it at any time.")
        text.append(said % {"day": written(given.since)})
    return ask(
        request,
        form,
        act,
        title=_("Who may know that you lead this group"),
        text=text,
        button=_("Save"),
        back=at(request.agency, "groups:group", pk=pk),
        back_text=_("Back to %(name)s") % name,
    )
