"""Every entry of the ledger as a file."""

import re

from django.db.models import Q
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Member
from compensation.ledger import rules
from compensation.ledger.models import Entry
from foundation import redisclosure
from foundation.http import AgencyRequest
from foundation.keys import code, code_of, kind_of
from foundation.refusals import enforce
from foundation.spreadsheets import TOGETHER, CsvRow, streamed_csv

YEAR = re.compile("[1-9][0-9]{3}")


@require_safe
def ledger_csv(request: AgencyRequest) -> StreamingHttpResponse:
    """Every ledger entry in order of posting; identical on every download."""
    enforce(rules.working_with_payments(request.member))
    entries = Entry.objects.within(request.agency).select_related("posting")
    entries = entries.order_by("posting_id", "pk")
    if year := request.GET.get("year", ""):
        entries = entries.filter(posting__on__year=year) if YEAR.fullmatch(year) else entries.none()
    about = Member.objects.within(request.agency).filter(pk__in=entries.order_by().values("member"))
    access.log_all(by=request.member, about=set(about), what="payments file")
    heads = ["posting", "date", "kind", "reverses", "account", "member", "debit", "credit"]

    def rows_after(place: tuple[int, int] | None) -> tuple[list[CsvRow], tuple[int, int] | None]:
        rest = entries
        if place is not None:
            posting, entry = place
            later = Q(posting_id__gt=posting) | Q(posting_id=posting, pk__gt=entry)
            # The last condition says nothing new, but an index finds the place by it.
            rest = entries.filter(later, posting_id__gte=posting)
        found = list(rest[:TOGETHER])
        more = len(found) == TOGETHER
        return [_row(each) for each in found], (
            found[-1].posting_id,
            found[-1].pk,
        ) if more else None

    head = [*heads, redisclosure.notice(request.agency)]
    return streamed_csv("ledger.csv", request.agency, head, rows_after)


def _row(entry: Entry) -> CsvRow:
    posting = entry.posting
    return [
        code_of(posting),
        posting.on.isoformat(),
        posting.kind,
        posting.reverses_id and code(kind_of(posting), posting.reverses_id),
        entry.account,
        entry.member_id and code(kind_of(Member), entry.member_id),
        entry.debit,
        entry.credit,
    ]
