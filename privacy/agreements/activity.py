"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "agreement.recorded": _("recorded an agreement"),
        "agreement.ended": _("recorded that an agreement ends"),
        "agency.part2_said": _("said whether the agency is a Part 2 program"),
        "agency.made_real": _("made the practice agency a real one"),
    }
)
