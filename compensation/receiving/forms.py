"""Forms about whether a payment came."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Agreement
from compensation.payments.models import Payment
from compensation.receiving.models import ArrivalKind
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.models import TenantQuerySet
from foundation.presenting import written
from foundation.widgets import RadioSelect, Textarea


class CameForm(PortalForm):
    """Nothing to type: which of its two buttons was used says all."""


class PaymentField(RowField[Payment]):
    def label_from_instance(self, obj: Payment) -> str:
        """Without its amount: whoever writes it down need not know that."""
        said = _t("%(how)s of %(day)s")
        return said % {"how": obj.get_method_display(), "day": written(obj.paid_on)}


class CameForForm(PortalForm):
    """What somebody on paper said about a payment, and how they said it."""

    # A list to choose from is there also when it is empty: whom it is empty for is not told before.
    payment: "PaymentField" = PaymentField(label=_("Which payment?"), queryset=None)
    kind = forms.ChoiceField(
        label=_("What did they tell you?"),
        choices=[
            (ArrivalKind.GOT.value, _("They got it")),
            (ArrivalKind.MISSING.value, _("It did not come")),
        ],
        widget=RadioSelect(),
    )
    said_how = forms.ChoiceField(
        label=_("How did they tell you?"), choices=Agreement.choices, widget=RadioSelect()
    )
    said_on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, payments: TenantQuerySet[Payment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payment"].queryset = payments  # type: ignore[attr-defined]


class FoundForm(PortalForm):
    words = forms.CharField(
        label=_("What did you find out?"),
        help_text=_("The person reads this. Say when and how they get their money."),
        max_length=500,
        widget=Textarea(rows=4, warn_private=True),
    )
