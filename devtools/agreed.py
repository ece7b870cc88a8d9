"""What lets people into the agencies of tests, and lets them be paid."""

from accounts.models import Member
from compensation.employment.models import EmploymentDecision, EmploymentKind
from privacy.agreements.models import AgreementKind, DataAgreement


def agree(member: Member) -> Member:
    """Let people into this administrator's agency; its Part 2 answer is given.

    How they are paid is decided too: two rows in all.
    """
    today = member.agency.today()
    # Tests enter and pay people on days long gone.
    long_ago = today.replace(year=today.year - 10, day=1)
    DataAgreement.objects.within(member.agency).create(
        kind=AgreementKind.BUSINESS_ASSOCIATE,
        partner="Made-up Hosting, Inc.",
        signed_on=today,
        since=long_ago,
        recorded_by=member,
    )
    EmploymentDecision.objects.within(member.agency).create(
        kind=EmploymentKind.CONTRACTOR,
        decided_by="The board",
        advice="Our accountant’s",
        decided_on=long_ago,
        recorded_by=member,
    )
    return member
