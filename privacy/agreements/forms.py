"""Forms for agreements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Textarea
from privacy.agreements.models import AgreementKind

PART_2 = (("yes", _("Yes, or a part of it is")), ("no", _("No")))


class DataAgreementForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What did you agree on?"), choices=AgreementKind.choices, widget=RadioSelect
    )
    partner = forms.CharField(
        label=_("With whom?"),
        help_text=_(
            "The company or office that runs the portal for you. If your own staff run it, write "
            "which office is responsible."
        ),
        max_length=200,
    )
    signed_on = forms.DateField(
        label=_("When was it signed?"),
        help_text=_("If both sides signed on different days: the later one."),
    )
    since = forms.DateField(label=_("From which day is it in force?"))
    last_day = forms.DateField(
        label=_("Which is its last day?"),
        help_text=_("Leave it empty if it has no end."),
        required=False,
    )


class AgreementEndForm(PortalForm):
    last_day = forms.DateField(
        label=_("Which is its last day?"),
        help_text=_("If it was recorded by mistake: the day before it was to begin."),
    )
    reason = forms.CharField(label=_("Why does it end?"), max_length=300, widget=Textarea(rows=2))


class PartTwoForm(PortalForm):
    part2 = forms.ChoiceField(
        label=_("Is your agency a Part 2 program?"), choices=PART_2, widget=RadioSelect
    )
