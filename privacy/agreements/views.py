"""Agreements: recorded by administrators before real people take part."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from privacy.agreements import actions, rules
from privacy.agreements.forms import AgreementEndForm, DataAgreementForm, PartTwoForm
from privacy.agreements.models import DataAgreement, DataAgreementQuerySet
from privacy.agreements.presenting import agreements_page, facts


def _rows(request: AgencyRequest) -> DataAgreementQuerySet:
    enforce(rules.keeping_agreements(request.member))
    rows: DataAgreementQuerySet = DataAgreement.objects.within(request.agency)
    return rows


@require_safe
def agreements(request: AgencyRequest) -> HttpResponse:
    """What is in force, what is missing, and earlier ones."""
    rows, today = _rows(request), request.agency.today()
    over = rows.over(today)
    current = page_of(
        request, rows.exclude(pk__in=over).order_by("since", "pk"), parameter="current"
    )
    earlier = page_of(request, over.order_by("-ends", "-pk"))
    page = agreements_page(request.agency, request.member, today, list(current), list(earlier))
    return render(
        request,
        "privacy/agreements/agreements.html",
        {"page": page, "current": current, "earlier": earlier},
    )


def record(request: AgencyRequest) -> HttpResponse:
    enforce(rules.keeping_agreements(request.member))
    form = DataAgreementForm.from_request(request)

    def act(form: DataAgreementForm) -> tuple[str, str]:
        made = actions.record(**form.answers, by=request.member)
        if request.agency.part2 is None:
            return at(request.agency, "privacy:part2"), _("Recorded. One question is left.")
        return at(request.agency, "privacy:agreement", pk=made.pk), _("Recorded.")

    return ask(
        request,
        form,
        act,
        title=_("Record an agreement"),
        text=[_("Record what is signed. The paper itself stays where your agency keeps it.")],
        button=_("Save"),
        back=at(request.agency, "privacy:agreements"),
    )


def _found(request: AgencyRequest, pk: int) -> DataAgreement:
    rows = _rows(request).select_related("recorded_by", "ended_by")
    found: DataAgreement = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def one(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return render(
        request,
        "privacy/agreements/agreement.html",
        {
            "agreement": found,
            "facts": facts(found),
            "may_end": rules.ending(found, request.member, request.agency.today()) is None,
        },
    )


def end(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = AgreementEndForm.from_request(request)
    page = at(request.agency, "privacy:agreement", pk=pk)

    def act(form: AgreementEndForm) -> tuple[str, str]:
        actions.end(found, **form.answers, by=request.member)
        return page, _("Recorded.")

    return ask(
        request,
        form,
        act,
        title=_("Record that it ends"),
        about=found.get_kind_display(),
        text=[
            _(
                "Without an agreement in force, nobody new can be added or invited. Those who take "
                "part already can go on."
            )
        ],
        button=_("Record the end"),
        kind="warning",
        back=page,
        rule=lambda: rules.ending(found, request.member, request.agency.today()),
    )


def part2(request: AgencyRequest) -> HttpResponse:
    """Whether the agency is a Part 2 program: asked, never guessed."""
    enforce(rules.keeping_agreements(request.member))
    said = {True: "yes", False: "no", None: ""}[request.agency.part2]
    form = PartTwoForm.from_request(request, initial={"part2": said})
    page = at(request.agency, "privacy:agreements")

    def act(form: PartTwoForm) -> tuple[str, str]:
        actions.say_part2(part2=form.answers["part2"] == "yes", by=request.member)
        return page, _("Saved.")

    return ask(
        request,
        form,
        act,
        title=_("Part 2"),
        text=[
            _(
                "A Part 2 program gives treatment for substance use, or a diagnosis or referral "
                "for it, says so in public, and gets federal help, such as Medicaid or tax "
                "exemption (42 CFR 2.11 and 2.12). Ask your counsel if you are not sure."
            ),
            _(
                "If it is one, two things follow: whoever runs the portal for you also signs a "
                "qualified service organization agreement, and files with people in them carry the "
                "notice of 42 CFR 2.32."
            ),
        ],
        button=_("Save"),
        back=page,
    )


def make_real(request: AgencyRequest) -> HttpResponse:
    form = PortalForm.from_request(request)
    page = at(request.agency, "privacy:agreements")

    def act(form: PortalForm) -> tuple[str, str]:
        actions.make_real(by=request.member)
        return page, _("This is a real agency now.")

    return ask(
        request,
        form,
        act,
        title=_("Make this a real agency?"),
        text=[
            _("You are the only person here, so it can still become a real agency."),
            _("It then needs its agreements before others can be added, and stays real for good."),
        ],
        button=_("Make it a real agency"),
        kind="warning",
        back=page,
        rule=lambda: rules.becoming_real(request.member),
    )
