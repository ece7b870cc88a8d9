"""Forms for choosing about one's pay."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Agreement, OfferChoice, Organization
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.models import Agency, TenantQuerySet
from foundation.widgets import RadioSelect, Select


class ElectionForm(PortalForm):
    choice = forms.ChoiceField(
        label=_("What would you like?"), choices=OfferChoice.choices, widget=RadioSelect()
    )

    def __init__(self, *args: Any, donating: bool, comes_back: str = "", **kwargs: Any) -> None:
        """`donating`: there are organizations to donate to; `comes_back`: what a yes restores."""
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["choice"]
        choice.choices = [
            each for each in OfferChoice.choices if donating or each[0] != OfferChoice.DONATE
        ]
        paid = _t("You are paid for each hour you give.")
        if comes_back:
            words = {"paid": paid, "amount": comes_back}
            paid = _t("%(paid)s The %(amount)s that you turned down comes back.") % words
        choice.widget.hints = {
            OfferChoice.ACCEPT.value: paid,
            OfferChoice.DECLINE.value: _t(
                "You take part just the same. We ask you once more first."
            ),
            OfferChoice.DONATE.value: _t(
                "We pay it to an organization that you choose from a list."
            ),
        }


KEEP, GIVE_UP = "keep", "give_up"


class DeclineForm(PortalForm):
    """What to do with money earned before; asked only if there is any."""

    earned = forms.ChoiceField(
        label=_("What about the money you have earned?"),
        choices=[(KEEP, _("Pay me what I have earned")), (GIVE_UP, _("I don’t want that either"))],
        initial=KEEP,
        widget=RadioSelect(),
    )

    def __init__(self, *args: Any, earned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not earned:
            del self.fields["earned"]

    @property
    def gives_up_earned(self) -> bool:
        return self.cleaned_data.get("earned") == GIVE_UP


class DonateForm(PortalForm):
    organization: "RowField[Organization]" = RowField(
        label=_("Who should get it?"), queryset=None, widget=RadioSelect(), empty_label=None
    )

    def __init__(
        self, *args: Any, organizations: TenantQuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class ElectForForm(PortalForm):
    """What somebody without an account said about their pay, and how they said it."""

    choice = forms.ChoiceField(
        label=_("What did they choose?"), choices=OfferChoice.choices, widget=RadioSelect()
    )
    organization: "RowField[Organization]" = RowField(
        label=_("If they donate it: to whom?"),
        queryset=None,
        required=False,
        widget=Select(),
    )
    agreed_how = forms.ChoiceField(
        label=_("How did they tell you?"), choices=Agreement.choices, widget=RadioSelect()
    )
    agreed_on = forms.DateField(label=_("On which day?"))

    def __init__(
        self,
        *args: Any,
        agency: Agency,
        organizations: TenantQuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        if not organizations.exists():
            del self.fields["organization"]
            choice: Any = self.fields["choice"]
            choice.choices = [each for each in OfferChoice.choices if each[0] != OfferChoice.DONATE]

    def clean_agreed_on(self) -> Any:
        on = self.cleaned_data["agreed_on"]
        if on > self.agency.today():
            raise ValidationError(_("This day is still to come. Enter the day they said it."))
        return on
