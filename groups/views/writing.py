"""Deciding an open proposal in writing between meetings, or bringing it to a meeting."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.presenting import written
from foundation.refusals import enforce
from groups import actions, decision_facts, rules
from groups.finding import decision_of
from groups.of_proposal import back_to, with_words


def put_in_writing(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(decision_facts.starting_in_writing(found.group, request.member, found))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.put_in_writing(found, by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("Everyone who votes is told.")

    until = {"day": written(decision_facts.last_day_in_writing(found.group))}
    return ask(
        request,
        form,
        act,
        title=_("Decide in writing"),
        about=found.title,
        text=[
            _(
                "Everyone who votes gets a message and can answer until %(day)s. It is agreed if "
                "nobody objects and at least half of the consumers and half of the others have "
                "answered. If too few do, it can go to a meeting."
            )
            % until,
            _("The last day can’t be moved forward afterwards."),
        ],
        button=_("Decide in writing"),
        **back_to(request, found),
    )


def bring_again(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.bringing_again(found) or rules.proposing(found.group, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        again = actions.bring_again(found, by=request.member)
        return at(request.agency, "groups:decision", pk=again.pk), _("It is proposed again.")

    return ask(
        request,
        form,
        act,
        title=_("Bring it to a meeting"),
        text=[
            _("%(name)s is asked again. If a meeting is planned, this goes on its agenda.")
            % {"name": found.group.name}
        ],
        button=_("Propose it again"),
        **with_words(request, found),
    )
