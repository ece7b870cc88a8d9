"""Whom people can call outside, and asking to be contacted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, Textarea, TextInput


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
    chosen: "forms.ModelMultipleChoiceField[Member]" = forms.ModelMultipleChoiceField(
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
        self.fields["chosen"].queryset = people.order_by("display_name", "pk")  # type: ignore[attr-defined]
