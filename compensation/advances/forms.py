"""Forms for money before a meeting, and for what was spent of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from compensation.claims import doubts, rules
from compensation.claims.models import Claim, CostKind
from compensation.claims.receipt_field import ReceiptField
from compensation.policies import CENT
from foundation import keys
from foundation.fields import MoneyField
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.presenting import written
from foundation.widgets import RadioSelect
from groups.models import Meeting


class AdvanceForm(PortalForm):
    meeting = forms.ChoiceField(label=_("For which meeting?"), widget=RadioSelect())
    cost = forms.ChoiceField(
        label=_("For what?"),
        choices=[(kind.value, kind.label) for kind in (CostKind.FARE, CostKind.CHILDCARE)],
        widget=RadioSelect(),
    )
    what_for = forms.CharField(
        label=_("What will you pay for?"),
        help_text=_("For example, the bus to the meeting and back."),
        max_length=200,
    )
    amount = MoneyField(
        label=_("How many dollars?"), min_value=CENT, max_value=Decimal(9999), max_digits=6
    )

    def __init__(
        self, *args: Any, agency: Agency, meetings: Iterable[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {keys.code_of(each): each for each in meetings}
        chosen: Any = self.fields["meeting"]
        chosen.choices = [
            (code, _t("%(day)s: %(group)s") % {"day": written(each.on), "group": each.group})
            for code, each in self.by_code.items()
        ]
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, agency)

    def clean_meeting(self) -> Meeting:
        return self.by_code[self.cleaned_data["meeting"]]


class SpentForm(PortalForm):
    """What was spent, with its receipt or the reason why there is none."""

    mark_optional = False
    spent = MoneyField(
        label=_("How many dollars did you spend?"),
        help_text=_("If you spent nothing, write 0."),
        min_value=Decimal(0),
        max_value=Decimal(9999),
        max_digits=6,
    )
    receipt = ReceiptField(label=_("A photo of the receipt"), required=False)
    no_receipt = forms.CharField(
        label=_("No receipt? Tell us why"),
        help_text=_("For example, the machine gave none, or you did not go."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spent: Any = self.fields["spent"]
        spent.doubt = lambda value: doubts.cost(value, claim.agency)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.has_error("receipt") or self.has_error("no_receipt"):
            return cleaned
        has_receipt = cleaned.get("receipt") is not None
        if refusal := rules.proving(has_receipt=has_receipt, why_not=cleaned.get("no_receipt", "")):
            self.add_error("receipt", str(refusal.instead))
        return cleaned
