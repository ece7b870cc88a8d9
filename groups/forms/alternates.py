"""The form that names who steps in."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.widgets import Select


class AlternateForm(PortalForm):
    member: "RowField[Member]" = RowField(
        label=_("Whom do you ask?"), queryset=None, widget=Select()
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
