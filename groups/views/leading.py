"""Whether others read that one leads a group: asked of that person alone."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
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

    return submit(request, form, act) or render(
        request, "groups/leading.html", {"form": form, "group": group, "given": given}
    )
