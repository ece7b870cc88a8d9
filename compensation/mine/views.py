"""My payments: what I earned, what was paid, and whether it came."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim
from compensation.claims.reading import turned_down
from compensation.offers.models import Election, Offer
from compensation.payments.counsel import counsel
from compensation.payments.models import Payment
from compensation.payments.presenting import chosen, line_shown
from compensation.policies import QUESTIONS_OPEN
from compensation.questions.presenting import mine_shown
from compensation.questions.reading import asked, asked_by
from compensation.receiving.presenting import sent_shown
from compensation.receiving.reading import sent_to
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few, page_of

MINE_A_PAGE = 20


@require_safe
def my_payments(request: AgencyRequest) -> HttpResponse:
    """What I earned, what was approved and paid, and when to expect the rest."""
    agency, member, today = request.agency, request.member, request.agency.today()
    claims = Claim.objects.within(agency).filter(member=member)
    claims = claims.select_related("payment__donated_to", "donate_to", "plan")
    page = page_of(request, claims.order_by("-service_on", "-pk"), MINE_A_PAGE)
    paid = Payment.objects.within(agency).filter(member=member, reversed_on=None)
    elections = Election.objects.within(agency).on(today).filter(member=member)
    election = elections.select_related("organization").first()
    offers = Offer.objects.within(agency).filter(member=member)
    offered = election is not None or offers.exists()
    questions = few(asked_by(member), QUESTIONS_OPEN.value)
    return render(
        request,
        "compensation/mine/my_payments.html",
        {
            "page": page,
            "lines": [
                line_shown(
                    claim, today, may_withdraw=claim_rules.withdrawing(claim, member) is None
                )
                for claim in page
            ],
            "questions": [mine_shown(each, agency) for each in asked(agency, [*questions], today)],
            "all_questions": questions,
            "sent": [sent_shown(each, today) for each in sent_to(member, today)],
            "chosen": chosen(agency, election) if offered else None,
            "counsel": counsel(paid, today),
            "given_up": turned_down(member, today),
        },
    )
