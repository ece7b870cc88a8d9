"""My payments: what I earned, what was paid, and whether it came."""

from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from accounts.anybody import kept_rows
from accounts.models import Member
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.claims.reading import turned_down
from compensation.mine.presenting import lines_shown, months_shown
from compensation.mine.reading import (
    coming_of,
    settled_of,
    statement_of,
    to_settle,
    together,
    year_of,
    years_of,
)
from compensation.offers.models import Election, Offer
from compensation.payments.counsel import counsel
from compensation.payments.presenting import LineShown, chosen, line_shown
from compensation.policies import QUESTIONS_OPEN
from compensation.questions.models import PayQuestion
from compensation.questions.presenting import mine_shown
from compensation.questions.reading import asked, asked_by
from compensation.receiving.presenting import sent_shown
from compensation.receiving.reading import sent_to
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few_of, first_of, page_of

MINE_A_PAGE = 20
LINES_HEAD = [
    _lazy("Paid on"),
    _lazy("How"),
    _lazy("What for"),
    _lazy("Month of work"),
    {"text": _lazy("Pay"), "numeric": True},
    {"text": _lazy("Money back"), "numeric": True},
]
MONTHS_HEAD = [
    _lazy("Month"),
    {"text": _lazy("Earned by work"), "numeric": True},
    {"text": _lazy("Paid out"), "numeric": True},
]


@require_safe
def my_payments(request: AgencyRequest) -> HttpResponse:
    """What I earned, what was approved and paid, and when to expect the rest."""
    agency, member, today = request.agency, request.member, request.agency.today()
    coming = page_of(
        request,
        coming_of(member),
        MINE_A_PAGE,
        parameter="next",
        first=lambda: kept_rows(_first_coming, member, today),
    )
    page = page_of(
        request,
        settled_of(member),
        MINE_A_PAGE,
        first=lambda: kept_rows(_first_settled, member, today),
    )
    election = next(iter(kept_rows(_election, member, today)), None)
    offers = Offer.objects.within(agency).filter(member=member)
    offered = election is not None or offers.exists()
    questions = few_of(kept_rows(_first_questions, member, today))

    def shown(claim: Claim) -> LineShown:
        return line_shown(
            claim,
            today,
            may_withdraw=claim_rules.withdrawing(claim, member) is None,
            signed=getattr(claim, "signed", False),
            to_settle=to_settle(claim),
        )

    return render(
        request,
        "compensation/mine/my_payments.html",
        {
            "page": page,
            "years": [
                {"year": year, "lines": [shown(claim) for claim in lines]}
                for year, lines in groupby(page, key=year_of)
            ],
            "coming": coming,
            "together": together(member, today) if coming else None,
            "coming_lines": [shown(claim) for claim in coming],
            "questions": [mine_shown(each, agency) for each in asked(agency, [*questions], today)],
            "all_questions": questions,
            "sent": [sent_shown(each, today) for each in sent_to(member, today)],
            "chosen": chosen(agency, election) if offered else None,
            "counsel": counsel(member, today),
            "given_up": turned_down(member, today),
        },
    )


def _first_coming(member: Member, on: date) -> ClaimQuerySet:
    return first_of(coming_of(member), MINE_A_PAGE)


def _first_settled(member: Member, on: date) -> ClaimQuerySet:
    return first_of(settled_of(member), MINE_A_PAGE)


def _first_questions(member: Member, on: date) -> QuerySet[PayQuestion]:
    return first_of(asked_by(member), QUESTIONS_OPEN.value)


def _election(member: Member, on: date) -> QuerySet[Election]:
    mine = Election.objects.within(member.agency).on(on).filter(member=member.pk)
    return mine.select_related("organization")[:1]


@require_safe
def statement(request: AgencyRequest) -> HttpResponse:
    """What I was paid in one year, to print."""
    agency, member = request.agency, request.member
    years = years_of(member)
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), max(years))
    made = statement_of(member, year)
    return render(
        request,
        "compensation/mine/statement.html",
        {
            "statement": made,
            "lines": lines_shown(made),
            "lines_caption": _("Each payment"),
            "lines_head": LINES_HEAD,
            "months": months_shown(made),
            "months_caption": _(
                "Month by month: pay for work in the month, and pay that came in it"
            ),
            "months_head": MONTHS_HEAD,
            "others": [each for each in years if each != year],
            "printed_on": agency.today(),
        },
    )
