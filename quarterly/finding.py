"""Look up an Account by key, if the reader may read it."""

from django.shortcuts import get_object_or_404

from foundation.http import AgencyRequest
from foundation.refusals import enforce
from oversight import rules as oversight_rules
from oversight.rules import Hat
from quarterly import rules
from quarterly.models import QuarterlyAccount


def account_of(request: AgencyRequest, pk: int) -> tuple[QuarterlyAccount, Hat]:
    """404 if there is none; 403 if the reader may not read it yet."""
    rows = QuarterlyAccount.objects.within(request.agency).select_related("decision")
    account = get_object_or_404(rows, pk=pk)
    account.agency = request.agency
    wears = oversight_rules.hat(request.member)
    enforce(rules.reading(account, request.member, wears, request.agency.today()))
    return account, wears
