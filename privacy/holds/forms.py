"""Forms for legal holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import FullNameField
from accounts.models import Member
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.widgets import Select, Textarea
from groups.models import Group
from privacy.holds.models import HoldScope
from privacy.orders.models import LegalOrder

ASKED = {
    HoldScope.PERSON: {"member"},
    HoldScope.GROUP: {"group"},
    HoldScope.PERIOD: {"first", "last"},
}


class _OrderField(RowField[LegalOrder]):
    def label_from_instance(self, obj: LegalOrder) -> str:
        return f"{obj.get_kind_display()}: {obj.asked_by}"


class HoldForm(PortalForm):
    """Asks for what one scope needs."""

    member = FullNameField(label=_("Which person?"), queryset=None, widget=Select())
    group: "RowField[Group]" = RowField(label=_("Which group?"), queryset=None, widget=Select())
    first = forms.DateField(label=_("First day of the period"))
    last = forms.DateField(
        label=_("Last day of the period"),
        help_text=_("Leave it empty to keep what is still to come, too."),
        required=False,
    )
    order = _OrderField(
        label=_("Which legal order is it for?"),
        help_text=_("Leave it empty if there is none on record."),
        queryset=None,
        required=False,
        widget=Select(),
    )
    reason = forms.CharField(
        label=_("Why, and who asked for it?"),
        help_text=_("For example: Counsel’s letter of May 4 about a lawsuit."),
        max_length=300,
        widget=Textarea(rows=2),
    )

    def __init__(self, *args: Any, by: Member, scope: HoldScope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"member", "group", "first", "last"} - ASKED[scope]:
            del self.fields[name]
        rows = {
            "member": Member.objects.within(by.agency)
            .filter(erased_at=None)
            .exclude(pk=by.pk)
            .order_by("shown_name", "pk"),
            "group": Group.objects.within(by.agency).order_by("name", "pk"),
            "order": LegalOrder.objects.within(by.agency).order_by("-received_on", "-pk"),
        }
        for name, queryset in rows.items():
            if name not in self.fields:
                continue
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]


class HoldEndForm(PortalForm):
    reason = forms.CharField(
        label=_("Why does it end, and who said so?"),
        max_length=300,
        widget=Textarea(rows=2),
    )
