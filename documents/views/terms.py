"""The terms of a charter, entered while it is a draft."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from documents import actions, rules
from documents.finding import version_of
from documents.forms import CharterTermsForm
from documents.models import DecidesBy
from documents.terms import FIELDS
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


def enter_terms(request: AgencyRequest, pk: int) -> HttpResponse:
    """All terms in sections, on one page."""
    version = version_of(request, pk)
    enforce(rules.entering_terms(version, request.member))
    terms = version.charter_terms
    first = {name: getattr(terms, name) for name in FIELDS} if terms else _FIRST
    seen = terms.version if terms else 0
    form = CharterTermsForm.from_request(request, initial={"version": seen, **first})

    def act(form: CharterTermsForm) -> tuple[str, str]:
        seen = form.cleaned_data["version"]
        actions.enter_terms(version, **form.answers, seen=seen, by=request.member)
        return at(request.agency, "documents:version", pk=pk), _("The terms are saved.")

    context = {"form": form, "version": version}
    return submit(request, form, act) or render(request, "documents/enter_terms.html", context)


_FIRST = {"seats_family": 0, "seats_staff": 0, "seats_others": 0, "decides_by": DecidesBy.CONSENT}
