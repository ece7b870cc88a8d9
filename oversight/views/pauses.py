"""The committee's review of a pause of access, and its links on the page of the pause."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts import access, pauses
from accounts.models import Pause
from accounts.policies import PAUSE_LONGER
from foundation import slots
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.refusals import Refusal
from groups import rules as group_rules
from oversight import actions, rules
from oversight.actions.pauses import committee_of
from oversight.forms import LongerPauseForm, PauseRulingForm
from oversight.models import PauseRuling


def _ruling(pause: Pause) -> PauseRuling | None:
    return PauseRuling.objects.within(pause.agency).filter(pause=pause).first()


def review_pause(request: AgencyRequest, pk: int) -> HttpResponse:
    rows = pauses.readable(request.member).select_related("member")
    pause = get_object_or_404(rows, pk=pk)
    access.log(by=request.member, about=pause.member, what="pause")
    form = PauseRulingForm.from_request(request)
    page = at(request.agency, "accounts:pause", pk=pk)

    def act(form: PauseRulingForm) -> tuple[str, str]:
        actions.rule_on_pause(pause, upheld=form.answers["upheld"] == "yes", by=request.member)
        return page, _("The review is written down.")

    def rule() -> Refusal | None:
        ruled = _ruling(pause) is not None
        wears = rules.hat(request.member)
        return rules.ruling_on_pause(pause, request.member, wears, ruled=ruled)

    return ask(
        request,
        form,
        act,
        title=_("Review the pause of access of %(name)s") % {"name": pause.member},
        text=[_("Decide this together. Whoever paused the access, or is paused, stays out of it.")],
        button=_("Record the review"),
        back=page,
        rule=rule,
    )


def propose_longer(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask the committee to prolong the pause."""
    rows = pauses.readable(request.member).select_related("member")
    pause = get_object_or_404(rows, pk=pk)
    form = LongerPauseForm.from_request(request)

    def act(form: LongerPauseForm) -> tuple[str, str]:
        decision = actions.propose_longer(pause, reason=form.answers["reason"], by=request.member)
        if group_rules.reading(decision.group, request.member) is None:
            return at(request.agency, "groups:decision", pk=decision.pk), ""
        return at(request.agency, "accounts:pause", pk=pk), _("The committee is asked now.")

    def rule() -> Refusal | None:
        return rules.proposing_longer(pause, committee_of(request.member), request.member)

    return ask(
        request,
        form,
        act,
        title=_("A longer pause for %(name)s") % {"name": pause.member},
        text=[
            _(
                "The pause ends by itself on its last day. It lasts %(days)s longer if the "
                "oversight committee agrees."
            )
            % {"days": PAUSE_LONGER.words}
        ],
        button=_("Ask the committee"),
        back=at(request.agency, "accounts:pause", pk=pk),
        rule=rule,
    )


def _on_the_page(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    ruling = _ruling(subject)
    wears = rules.hat(request.member)
    refused = rules.ruling_on_pause(subject, request.member, wears, ruled=ruling is not None)
    committee = committee_of(request.member)
    longer = rules.proposing_longer(subject, committee, request.member) is None
    if ruling is None and refused is not None and not longer:
        return None
    return "oversight/pause.html", {
        "ruling": ruling,
        "pause": subject,
        "may_review": ruling is None and refused is None,
        "may_propose_longer": longer,
    }


slots.register("accounts.pause", _on_the_page)
