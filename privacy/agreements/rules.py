"""Which agreements an agency needs before real people enter, and who records them."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import conditions
from accounts import rules as account_rules
from accounts.models import Member
from foundation import prepared
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refusal
from privacy.agreements.models import AgreementKind, DataAgreement


def keeping_agreements(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def ending(agreement: DataAgreement, by: Member, on: date) -> Refusal | None:
    if refusal := keeping_agreements(by):
        return refusal
    if agreement.ends is not None and agreement.ends <= on:
        return Refusal(_("This agreement has ended."), _("You can record a new one."))
    if agreement.ended_by_id is not None:
        return Refusal(_("The end of this agreement is on record."), _("You can record a new one."))
    return None


def lacking(agency: Agency, held: Collection[str]) -> tuple[AgreementKind, ...]:
    """The agreements that are missing, given the kinds in force."""
    if AgreementKind.OURSELVES in held:
        return ()
    needed = [AgreementKind.BUSINESS_ASSOCIATE]
    if agency.part2:
        needed.append(AgreementKind.SERVICE_ORGANIZATION)
    return tuple(kind for kind in needed if kind not in held)


def held_kinds(agency: Agency, on: date) -> set[str]:
    """The kinds of agreement in force that day; one query."""
    rows = prepared.of_agency(_held).tuples({"agency": agency.pk, "day": on})
    return {kind for (kind,) in rows}


def _held(agency: Agency) -> QuerySet[DataAgreement, tuple[str]]:
    return DataAgreement.objects.within(agency).in_force(prepared.DAY).values_list("kind")


def ready_for_people(agency: Agency, on: date) -> Refusal | None:
    """Letting real people enter: only under the agreements that the law wants first."""
    return missing(agency, held_kinds(agency, on))


def missing(agency: Agency, held: Collection[str]) -> Refusal | None:
    """What the agency lacks, given the kinds in force."""
    kinds = lacking(agency, held)
    if agency.part2 is not None and not kinds:
        return None
    return Refusal(
        _reason(agency, kinds),
        _("An administrator can mend this. Then you can add and invite people."),
        at(agency, "privacy:agreements"),
        _("See what is missing"),
    )


def _reason(agency: Agency, missing: Collection[AgreementKind]) -> str:
    if agency.part2 is None and missing:
        return _t(
            "Before real people take part, the agency has to record its business associate "
            "agreement, and say whether it is a Part 2 program."
        )
    if agency.part2 is None:
        return _t(
            "Before real people take part, the agency has to say whether it is a Part 2 program."
        )
    if len(missing) > 1:
        return _t(
            "Before real people take part, the agency has to record its business associate "
            "agreement and its qualified service organization agreement."
        )
    if AgreementKind.SERVICE_ORGANIZATION in missing:
        return _t(
            "Before real people take part, the agency has to record its qualified service "
            "organization agreement."
        )
    return _t(
        "Before real people take part, the agency has to record its business associate agreement."
    )


conditions.register(ready_for_people)


def becoming_real(by: Member) -> Refusal | None:
    """Making a practice agency a real one: only before anybody but its founder was added."""
    if refusal := keeping_agreements(by):
        return refusal
    if not by.agency.sandbox:
        return Refusal(
            _("This is a real agency."), _("A real agency never becomes one to practice.")
        )
    if Member.objects.within(by.agency).exclude(pk=by.pk).exists():
        return Refusal(
            _(
                "This practice agency has people in it. Later, nobody could tell made-up people, "
                "votes and payments from real ones."
            ),
            _("Ask those who run the portal to set up a new agency."),
        )
    return None
