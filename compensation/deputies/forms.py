"""Naming a deputy."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, MemberQuerySet, RoleGrant
from accounts.permissions import Role
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.keys import code_of


class DeputyField(RowField[Member]):
    def label_from_instance(self, obj: Member) -> str:
        return str(obj.full_name)


class NameDeputyForm(PortalForm):
    """Whose place, who, and which days; `held`: the roles that can be stood in for."""

    held = forms.ChoiceField(label=_("In whose place?"))
    member: "DeputyField" = DeputyField(label=_("Who stands in?"), queryset=None)
    since = forms.DateField(label=_("From which day?"))
    last = forms.DateField(
        label=_("Through which day?"), help_text=_("After this day it ends by itself.")
    )

    def __init__(
        self, *args: Any, held: Sequence[RoleGrant], people: MemberQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grants = {code_of(each): each for each in held}
        self.fields["held"].choices = [  # type: ignore[attr-defined]
            (code, f"{each.member.full_name}: {Role(each.role).label}")
            for code, each in self.grants.items()
        ]
        self.fields["member"].queryset = people  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        grant = self.grants[self.cleaned_data["held"]]
        found = {name: self.cleaned_data[name] for name in ("member", "since", "last")}
        return {**found, "role": Role(grant.role), "holder": grant.member}


class EndDeputyForm(PortalForm):
    """Nothing to type."""
