"""The agreement that lets people into the agencies of tests."""

from accounts.models import Member
from privacy.agreements.models import AgreementKind, DataAgreement


def agree(member: Member) -> Member:
    """Let people into this administrator's agency, with one row; its Part 2 answer is given."""
    today = member.agency.today()
    DataAgreement.objects.within(member.agency).create(
        kind=AgreementKind.BUSINESS_ASSOCIATE,
        partner="Made-up Hosting, Inc.",
        signed_on=today,
        # Tests enter people on days long gone.
        since=today.replace(year=today.year - 10, day=1),
        recorded_by=member,
    )
    return member
