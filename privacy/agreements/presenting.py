"""What the pages of agreements show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from privacy.agreements import rules
from privacy.agreements.models import DataAgreement

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AgreementsPage:
    """`state` says in a sentence whether real people can enter, and `practice` why not."""

    state: str
    part2: str
    part2_link: str
    practice: str
    may_become_real: bool
    head: Sequence[str]
    current: Sequence[Sequence[Any]]
    earlier: Sequence[Sequence[Any]]


def agreements_page(
    agency: Agency,
    by: Member,
    on: date,
    current: Sequence[DataAgreement],
    earlier: Sequence[DataAgreement],
) -> AgreementsPage:
    """`current`: in force, or still to come."""
    real = rules.becoming_real(by) if agency.sandbox else None
    return AgreementsPage(
        state=_state(agency, on, current),
        part2=_part2(agency),
        part2_link=_("Answer this") if agency.part2 is None else _("Change this answer"),
        practice="" if real is None else f"{real.reason} {real.instead}",
        may_become_real=agency.sandbox and real is None,
        head=[_("What"), _("With whom"), _("In force from"), _("Last day")],
        current=[_row(each) for each in current],
        earlier=[_row(each) for each in earlier],
    )


def _state(agency: Agency, on: date, current: Sequence[DataAgreement]) -> str:
    if agency.sandbox:
        return _("This agency is for practice, with made-up people only. It needs no agreements.")
    held = {each.kind for each in current if each.since <= on}
    refusal = rules.missing(agency, held)
    if refusal is not None:
        return str(refusal.reason)
    return _("Everything needed is in force. You can add and invite people.")


def _part2(agency: Agency) -> str:
    if agency.part2 is None:
        return _("Nobody has said yet whether your agency is a Part 2 program.")
    if agency.part2:
        return _("Your agency is a Part 2 program.")
    return _("Your agency is not a Part 2 program.")


def _row(agreement: DataAgreement) -> list[Any]:
    page = at(agreement.agency, "privacy:agreement", pk=agreement.pk)
    return [
        {"text": agreement.get_kind_display(), "href": page},
        agreement.partner,
        written(agreement.since),
        last_day(agreement),
    ]


def last_day(agreement: DataAgreement) -> str:
    """Its last day, if it has one."""
    if agreement.ends is None:
        return _("No end")
    if agreement.ends <= agreement.since:
        return _("Never in force")
    return written(agreement.ends - A_DAY)


def facts(agreement: DataAgreement) -> list[dict[str, str]]:
    """Everything on record about one."""
    rows = [
        {"key": _("With whom"), "value": agreement.partner},
        {"key": _("Signed on"), "value": written(agreement.signed_on)},
        {"key": _("In force from"), "value": written(agreement.since)},
        {"key": _("Last day"), "value": last_day(agreement)},
        {"key": _("Recorded by"), "value": str(agreement.recorded_by)},
    ]
    if agreement.ended_by is not None:
        rows += [
            {"key": _("End recorded by"), "value": str(agreement.ended_by)},
            {"key": _("Why it ends"), "value": agreement.end_reason},
        ]
    return rows


def written(day: date) -> str:
    return date_format(day, "F j, Y")
