from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cells.importing import Columns
from cells.models import Measure
from foundation.forms import PortalForm
from foundation.widgets import CheckboxInput, RadioSelect, Select, Textarea


class UploadForm(PortalForm):
    file = forms.FileField(
        label=_("Choose a CSV file"),
        help_text=_(
            "One row for each period, with a first row that names the columns. Numbers about "
            "groups only: no names, dates of birth or record numbers."
        ),
    )


class ColumnsForm(PortalForm):
    period = forms.TypedChoiceField(
        label=_("Which column has the dates?"), coerce=int, widget=Select()
    )
    numerator = forms.TypedChoiceField(coerce=int, widget=Select())
    denominator = forms.TypedChoiceField(coerce=int, widget=Select())
    only = forms.ChoiceField(
        label=_("Which rows belong to this measure?"), required=False, widget=Select()
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        measure: Measure,
        head: Sequence[str],
        filters: Sequence[tuple[int, list[str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", _t("Choose a column")), *((str(at), name) for at, name in enumerate(head))]
        for name in ("period", "numerator", "denominator"):
            self.fields[name].choices = columns  # type: ignore[attr-defined]
        self.fields["numerator"].label = _t("Which column has: %(what)s?") % {
            "what": measure.numerator
        }
        self.fields["denominator"].label = _t("Which column has: %(what)s?") % {
            "what": measure.denominator
        }
        if not measure.has_denominator:
            del self.fields["denominator"]
        self.picks = {
            f"{at}:{place}": (at, value)
            for at, values in filters
            for place, value in enumerate(values)
        }
        if not filters:
            del self.fields["only"]
            return
        groups = [
            (head[at], [(f"{at}:{place}", value) for place, value in enumerate(values)])
            for at, values in filters
        ]
        self.fields["only"].choices = [("", _t("All rows")), *groups]  # type: ignore[attr-defined]

    @property
    def columns(self) -> Columns:
        answers = self.cleaned_data
        where, only = self.picks.get(answers.get("only", ""), (None, ""))
        return Columns(
            period=answers["period"],
            numerator=answers["numerator"],
            denominator=answers.get("denominator"),
            where=where,
            only=only,
        )


class ImportForm(PortalForm):
    """What to do with rows that are wrong, and with numbers that are there already."""

    leave_out_wrong = forms.BooleanField(required=False, widget=CheckboxInput())
    correct = forms.ChoiceField(
        label=_("Some periods have other numbers already. What should happen?"),
        choices=[("keep", _("Keep the numbers that are there")), ("correct", _("Correct them"))],
        initial="keep",
        widget=RadioSelect(),
    )
    reason = forms.CharField(
        label=_("If you correct them: why?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )
    mark_optional = False

    def __init__(self, *args: Any, wrong: int, changed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wrong:
            self.fields["leave_out_wrong"].label = _t(
                "Leave out the rows that can't be read, and save the others"
            )
        else:
            del self.fields["leave_out_wrong"]
        if not changed:
            del self.fields["correct"]
            del self.fields["reason"]
