"""Seats offered to several people at once: chosen, reviewed one by one, then offered together."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.addresses import at
from foundation.asking import show
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.refusals import enforce
from groups import actions, rules
from groups.finding import group_of, without_a_seat
from groups.forms.seats import SeatsReviewForm, SeveralSeatsForm
from groups.models import Group

# What is carried from the first page to the review.
CARRIED = ("members", "voting", "since", "late_reason")


def add_seats(request: AgencyRequest, pk: int) -> HttpResponse:
    """Whom to ask; then what each of them gets. Nobody is asked before the review is sent."""
    found = group_of(request, pk)
    enforce(rules.offering(found, request.member))
    if before := sent_before(request):
        return HttpResponseRedirect(before)
    form = SeveralSeatsForm.from_request(
        request,
        group=found,
        members=without_a_seat(request, found),
        initial={"since": found.day_to_show(request.agency.today()), "voting": "yes"},
    )
    edits = request.POST.get("step") == "edit"
    if edits:
        form.leave_unchecked()
    if request.method == "POST" and not edits and form.is_valid():
        return _review(request, found, form)
    return show(
        request,
        form,
        title=_("Offer seats to several people"),
        text=[
            _("They read of it on their home page. They are in %(name)s when they say yes.")
            % {"name": found.name},
            _("On the next page you see what each of them gets, before anybody is asked."),
        ],
        button=_("Go on"),
        back=at(request.agency, "groups:people", pk=pk),
        back_text=_("Back to the people"),
    )


def _review(request: AgencyRequest, group: Group, form: SeveralSeatsForm) -> HttpResponse:
    given = form.cleaned_data
    members, voting = list(given["members"]), given["voting"] == "yes"
    sends = request.POST.get("step") == "offer"
    review = SeatsReviewForm(*([request.POST] if sends else []), members=members, voting=voting)

    def act(review: SeatsReviewForm) -> tuple[str, str]:
        made = actions.offer_seats(
            group,
            review.wishes,
            since=given["since"],
            late_reason=given["late_reason"],
            by=request.member,
        )
        said = ngettext(
            "%(n)s person was asked. The seat begins when they accept.",
            "%(n)s people were asked. Each seat begins when they accept.",
            len(made),
        )
        return at(request.agency, "groups:people", pk=group.pk), said % {"n": len(made)}

    answer = submit(request, review, act) if sends else None
    if answer is not None:
        return answer
    sent = request.POST.lists()
    carried = [(name, value) for name, values in sent if name in CARRIED for value in values]
    context = {"form": review, "group": group, "since": given["since"], "carried": carried}
    return render(request, "groups/offer_seats.html", context)
