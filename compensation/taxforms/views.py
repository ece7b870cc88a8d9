"""Write down that somebody was asked for a form W-9, or gave it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.models import Member
from compensation.ledger import rules as ledger_rules
from compensation.taxforms import actions, rules
from compensation.taxforms.forms import TaxFormNoteForm
from compensation.taxforms.presenting import noted
from compensation.taxforms.reading import notes_of
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def tax_form(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(ledger_rules.working_with_payments(request.member))
    agency = request.agency
    member = get_object_or_404(Member.objects.within(agency), pk=pk)
    member.agency = agency
    form = TaxFormNoteForm.from_request(request, initial={"on": agency.today()})
    back = at(agency, "compensation:year_end")

    def act(form: TaxFormNoteForm) -> tuple[str, str]:
        actions.write_down(member, by=request.member, **form.answers)
        return back, _("It is written down.")

    access.log(by=request.member, about=member, what="payments")
    note = notes_of(agency, [member.pk]).get(member.pk)
    return ask(
        request,
        form,
        act,
        rule=lambda: rules.writing_down(member, request.member),
        title=_("Form W-9 of %(name)s") % {"name": member.full_name},
        text=[
            noted(note),
            _(
                "Keep the form itself outside of this portal, where only those who do taxes reach "
                "it. Never write its number here. Nobody has to give the form to keep a seat or a "
                "vote: who has no Social Security number talks to the person that your plan names."
            ),
        ],
        button=_("Write it down"),
        back=back,
        back_text=_("Back to the year’s end"),
    )
