"""The notice that goes with every file or print that has people in it."""

from django.utils.translation import gettext as _

from foundation.models import Agency


def notice(agency: Agency) -> str:
    """Say who may pass it on: 42 CFR 2.32(a)(2) for Part 2 programs, a plain line for others.

    In a table it is one more heading, which sorting and programs leave where it is.
    """
    if agency.part2:
        return _("42 CFR part 2 prohibits unauthorized use or disclosure of these records.")
    return _("Confidential: pass this on only to people who may know what is in it.")
