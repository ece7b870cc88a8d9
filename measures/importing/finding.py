"""Look up a file of numbers by key, or raise 404."""

from datetime import date

from accounts.anybody import kept_rows
from accounts.models import Member
from foundation import prepared
from foundation.http import AgencyRequest
from measures.definitions.finding import found as found_in
from measures.definitions.models import Measure
from measures.importing import rules
from measures.importing.models import ImportDraft, ImportDraftQuerySet


def draft_of(request: AgencyRequest, pk: int, *, with_rows: bool = True) -> ImportDraft:
    rows = ImportDraft.objects.within(request.agency)
    rows = rows if with_rows else rows.without_rows()
    draft = found_in(request, rows, pk, "measure.owner")
    draft.measure.agency = request.agency
    return draft


def files_of(request: AgencyRequest, found: Measure) -> list[ImportDraft]:
    """The member's files of numbers for it that they can resume, latest first."""
    mine = kept_rows(_mine, request.member, request.agency.today(), row=found.pk)
    for draft in mine:
        draft.measure = found
    # A file the member may no longer save leads nowhere, unless its page says why.
    return [each for each in mine if each.is_begun or may_save(each, request.member)]


def _mine(member: Member, on: date) -> ImportDraftQuerySet:
    drafts = ImportDraft.objects.within(member.agency).without_rows().to_come_back_to()
    return drafts.filter(measure=prepared.ROW, uploaded_by=member).order_by("-pk")


def may_save(draft: ImportDraft, member: Member) -> bool:
    return rules.importing(draft, member) is None
