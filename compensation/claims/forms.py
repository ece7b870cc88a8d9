"""Forms about lines: a cost, a reason, the ticked lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.claims import doubts
from compensation.claims.models import Claim
from compensation.claims.reading import stamps_of
from compensation.claims.rules import CHANGED
from foundation import keys
from foundation.choosing import RowsField
from foundation.fields import MoneyField
from foundation.forms import PortalForm
from foundation.models import Agency, TenantQuerySet
from foundation.widgets import CheckboxSelectMultiple, HiddenInput, Textarea

CENT = Decimal("0.01")
UNTICKED = "-"


class CostForm(PortalForm):
    what_for = forms.CharField(
        label=_("What was it for?"),
        help_text=_("For example, a bus ticket to the meeting."),
        max_length=200,
    )
    amount = MoneyField(
        label=_("How many dollars?"),
        min_value=CENT,
        max_value=Decimal(9999),
        max_digits=6,
    )
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.agency = member, member.agency
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, self.agency)

    def doubts(self) -> dict[str, str]:
        """Doubts about the amount, a day long ago, or a repeated claim."""
        found = dict(super().doubts())
        on, amount = self.cleaned_data.get("on"), self.cleaned_data.get("amount")
        if on is not None:
            found["on"] = doubts.day(on, self.agency)
            if amount is not None:
                found["what_for"] = doubts.twice(self.member, amount=amount, on=on)
        return {name: why for name, why in found.items() if why and name in self.cleaned_data}

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.agency.today():
            raise ValidationError(_("This day is still to come. Give the day of the cost."))
        return on


class CostAgainForm(PortalForm):
    what_for = forms.CharField(
        label=_("What was it for?"),
        help_text=_("Write your answer here, or change what is not right."),
        max_length=200,
    )
    amount = MoneyField(
        label=_("How many dollars?"),
        min_value=CENT,
        max_value=Decimal(9999),
        max_digits=6,
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, agency)


class ClaimReasonForm(PortalForm):
    """A question or a reason; `asks` says which one."""

    reason = forms.CharField(
        help_text=_("The person reads this."),
        max_length=300,
        widget=Textarea(rows=3, warn_private=True),
    )

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks


class ClaimChoiceField(RowsField[Claim]):
    def label_from_instance(self, obj: Claim) -> str:
        return _("%(name)s, %(day)s, $%(amount)s") % {
            "name": obj.member.full_name,
            "day": obj.service_on.isoformat(),
            "amount": obj.amount,
        }


def kept(stamps: Mapping[int, str]) -> str:
    """Ticks and stamps by key, in the form that travels from page to page."""
    return ",".join(f"{keys.code('claim', key)}={stamp}" for key, stamp in sorted(stamps.items()))


class LinesForm(PortalForm):
    """Lines ticked on the pages of a list; only lines the list may hold can be chosen.

    Each line is sent with its stamp, so that nobody approves a version they did not see. Ticks on
    other pages travel in `kept`: "CODE=40.00,CODE=-", with a dash for an unticked line.
    """

    claims = ClaimChoiceField(
        label=_("Lines"),
        queryset=None,
        required=False,
        widget=CheckboxSelectMultiple(),
        error_messages={"invalid_choice": CHANGED, "invalid_pk_value": CHANGED},
    )
    kept = forms.CharField(
        required=False, max_length=500_000, widget=HiddenInput(attrs={"id": False})
    )

    def __init__(self, *args: Any, lines: TenantQuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["claims"].queryset = lines  # type: ignore[attr-defined]

    @classmethod
    def from_request(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """Bind a POST; turning to another page gives a fresh form that keeps the ticks."""
        if request.method != "POST" or "go" not in request.POST:
            return super().from_request(request, **kwargs)
        form = cls(**kwargs)
        form.data = request.POST
        return form

    def tick(self, lines: Iterable[Claim]) -> None:
        """Tick all lines when a page of the list is first shown; keep what was sent."""
        known = self.stamps
        self.initial["claims"] = [line.pk for line in lines if known.get(line.pk) != UNTICKED]

    @property
    def stamps(self) -> dict[int, str]:
        """The stamp of each ticked line, by key, or UNTICKED."""
        found = {}
        for part in self.data.get("kept", "").split(","):
            code, _sign, stamp = part.partition("=")
            key = keys.key("claim", code)
            if key is not None and stamp:
                found[key] = stamp
        ticked = set(self.data.getlist("claims")) if isinstance(self.data, MultiValueDict) else ()
        for name, value in self.data.items():
            code = name.removeprefix("amount_")
            key = keys.key("claim", code) if code != name else None
            if key is not None:
                found[key] = value if code in ticked else UNTICKED
        return found

    def keep(self) -> str:
        """All ticks, for the next page."""
        return kept(self.stamps)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "claims" not in cleaned:
            return cleaned
        stamps = self.stamps
        wanted = {key for key, stamp in stamps.items() if stamp != UNTICKED}
        wanted |= {claim.pk for claim in cleaned["claims"]}
        found = {claim.pk: claim for claim in self.lines.filter(pk__in=wanted)}
        if not wanted:
            self.add_error("claims", _("Tick at least one line."))
        elif set(found) != wanted or self._differs(found, stamps):
            self.add_error("claims", CHANGED)
        else:
            cleaned["claims"] = list(found.values())
        return cleaned

    def _differs(self, found: dict[int, Claim], stamps: dict[int, str]) -> bool:
        now = stamps_of(found.values())
        return any(stamps.get(key, stamp) != stamp for key, stamp in now.items())

    @property
    def answers(self) -> dict[str, Any]:
        return {key: each for key, each in super().answers.items() if key != "kept"}
