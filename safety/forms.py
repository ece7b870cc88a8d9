"""Forms for outside contacts, contact requests and no-contact orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import FullNameField
from accounts.models import Member
from accounts.permissions import Permission
from foundation.choosing import RowsField
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, RadioSelect, Select, Textarea, TextInput
from safety.models import ApartEnd, ApartReason


class ContactForm(PortalForm):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("The office or the person, as people will read it."),
        max_length=120,
    )
    phone = forms.CharField(
        label=_("Phone number"), max_length=40, widget=TextInput({"type": "tel"}, width=20)
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Postal address, web address, or both."),
        max_length=500,
        required=False,
        widget=Textarea(rows=3, free=False),
    )


class ReportingForm(ContactForm):
    rule = forms.CharField(
        label=_("What does your state’s law say?"),
        help_text=_(
            "Who must report, what, and how soon, in plain words. Ask your counsel; name the law."
        ),
        max_length=2000,
        widget=Textarea(rows=5, free=False),
    )


class CallForm(PortalForm):
    chosen: "RowsField[Member]" = RowsField(
        label=_("Who should contact you?"),
        help_text=_(
            "Only the people you choose know that you asked, unless a court or law requires it."
        ),
        queryset=None,
        widget=CheckboxSelectMultiple(),
        error_messages={"required": _("Choose who should contact you.")},
    )
    how = forms.CharField(
        label=_("How and when can they reach you?"),
        help_text=_("For example: call me in the afternoon. You don’t have to say why."),
        max_length=200,
        required=False,
        widget=Textarea(rows=2, warn_private=True),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = member.agency.today()
        people = Member.objects.within(member.agency).on(today).with_roles(today)
        people = people.with_permission(Permission.FACILITATE, today).exclude(pk=member.pk)
        self.fields["chosen"].queryset = people.order_by("shown_name", "pk")  # type: ignore[attr-defined]


class ApartForm(PortalForm):
    first = FullNameField(label=_("First person"), queryset=None, widget=Select())
    second = FullNameField(label=_("Second person"), queryset=None, widget=Select())
    reason = forms.ChoiceField(label=_("Why?"), choices=ApartReason.choices, widget=RadioSelect)
    since = forms.DateField(label=_("Starting on which day?"))
    until = forms.DateField(
        label=_("When does it end?"),
        help_text=_(
            "The first day on which it no longer holds. Leave it empty if it has no end yet."
        ),
        required=False,
    )
    known_to = forms.ChoiceField(
        label=_("Which of them knows about it?"),
        help_text=_(
            "Tell them yourself; the portal sends no message about it. Those who know can read "
            "it on their own page, with the other person’s name. Leave out anybody who doesn’t "
            "know that the other person takes part here."
        ),
        choices=[
            ("both", _("Both of them")),
            ("first", _("Only the first person")),
            ("second", _("Only the second person")),
        ],
        widget=RadioSelect,
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.within(by.agency).on(by.agency.today()).exclude(pk=by.pk)
        for field in ("first", "second"):
            self.fields[field].queryset = people.order_by("shown_name", "pk")  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        answers = dict(super().answers)
        first, second = answers["first"], answers["second"]
        knowing = {"both": [first, second], "first": [first], "second": [second]}
        return {**answers, "known_to": knowing[answers["known_to"]]}


class ApartEndForm(PortalForm):
    why = forms.ChoiceField(
        label=_("Why does it end?"), choices=ApartEnd.choices, widget=RadioSelect
    )
