"""Forms for legal orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import FullNameField
from accounts.models import Member
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Select, Textarea
from privacy.orders.models import OrderAnswer, OrderKind, WhetherTold


class OrderForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What was received?"), choices=OrderKind.choices, widget=RadioSelect
    )
    received_on = forms.DateField(label=_("When did it arrive?"))
    asked_by = forms.CharField(
        label=_("Who asks?"),
        help_text=_("The court, office or lawyer, and their case number."),
        max_length=200,
    )
    scope = forms.CharField(
        label=_("What do they ask for?"),
        help_text=_("For example: attendance of one person from May to July 2026."),
        max_length=2000,
        widget=Textarea(rows=4),
    )
    member = FullNameField(
        label=_("Which person is it about?"),
        help_text=_("Leave it empty if it is about no particular person."),
        queryset=None,
        required=False,
        widget=Select(),
    )
    answer_by = forms.DateField(
        label=_("By when do they want an answer?"),
        help_text=_("Leave it empty if there is no deadline."),
        required=False,
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.within(by.agency).exclude(pk=by.pk)
        self.fields["member"].queryset = people.order_by("shown_name", "pk")  # type: ignore[attr-defined]


class OrderAnswerForm(PortalForm):
    answer = forms.ChoiceField(
        label=_("What did the agency do?"), choices=OrderAnswer.choices, widget=RadioSelect
    )
    answered_on = forms.DateField(label=_("On which day?"))
    given = forms.CharField(
        label=_("What was given?"),
        help_text=_("Only if something was given: which papers or pages, and to whom."),
        max_length=2000,
        required=False,
        widget=Textarea(rows=4),
    )


class TellForm(PortalForm):
    told = forms.ChoiceField(
        label=_("Does the person know about it?"),
        choices=[
            (WhetherTold.TOLD, _("Yes. We told them")),
            (WhetherTold.FORBIDDEN, _("No. Telling them is forbidden")),
        ],
        widget=RadioSelect,
    )
    told_on = forms.DateField(
        label=_("Since which day?"),
        help_text=_("The day on which they were told, or on which the ban was received."),
    )
    forbidden_by = forms.CharField(
        label=_("Who forbids it?"),
        help_text=_("Only if it is forbidden: the court or law, and until when."),
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )
