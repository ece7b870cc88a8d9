from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Select, Textarea
from measures.definitions.models import Measure
from measures.importing.columns import Columns
from measures.importing.preview import Preview
from measures.kinds.shape import KindWords


class UploadForm(PortalForm):
    file = forms.FileField(label=_("Choose a CSV or Excel (.xlsx) file"))

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = str(measure.shape.words.file)


class SheetForm(PortalForm):
    """Which sheet of a workbook."""

    sheet = forms.TypedChoiceField(
        label=_("On which sheet are the numbers?"), coerce=int, widget=RadioSelect()
    )
    mark_optional = False

    def __init__(self, *args: Any, sheets: Sequence[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        field.choices = [(str(at), name) for at, (name, _rows) in enumerate(sheets)]  # type: ignore[attr-defined]
        hints = {
            str(at): ngettext("%(n)d row", "%(n)d rows", rows) % {"n": rows}
            for at, (_name, rows) in enumerate(sheets)
        }
        field.widget.hints = hints


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
            "what": measure.numerator.rstrip("?.!")
        }
        self.fields["denominator"].label = _t("Which column has: %(what)s?") % {
            "what": measure.denominator.rstrip("?.!")
        }
        if not measure.shape.has_denominator:
            del self.fields["denominator"]
        if measure.shape.words.row_is_one:
            self._ask_how_many(measure.shape.words, columns)
        self.picks = {
            f"{at}:{place}": (at, value)
            for at, values in filters
            for place, value in enumerate(values)
        }
        self.initial.setdefault("only", self._picked())
        if not filters:
            del self.fields["only"]
            return
        groups = [
            (head[at], [(f"{at}:{place}", value) for place, value in enumerate(values)])
            for at, values in filters
        ]
        self.fields["only"].choices = [("", _t("All rows")), *groups]  # type: ignore[attr-defined]

    def _ask_how_many(self, words: KindWords, columns: Sequence[tuple[str, str]]) -> None:
        """Ask for the column with the number of events per day, if there is one."""
        field: Any = self.fields["numerator"]
        field.label = str(words.how_many)
        field.required, field.empty_value = False, None
        field.choices = [("", str(words.row_is_one)), *columns[1:]]

    def _picked(self) -> str:
        """The choice that keeps the row filter of the measure's last file."""
        wanted = (self.initial.get("where"), self.initial.pop("only", ""))
        return next((key for key, pick in self.picks.items() if pick == wanted), "")

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
    """Decisions on wrong rows, implausible rows, and existing numbers."""

    leave_out_wrong = forms.ChoiceField(
        choices=[
            ("", _("Save nothing. I mend the file and choose it again")),
            ("leave", _("Save the good rows, and leave these out")),
        ],
        initial="",
        required=False,
        widget=RadioSelect(),
    )
    unlikely = forms.ChoiceField(
        label=_("Some numbers are not what is expected. Are they right?"),
        choices=[
            ("confirm", _("Yes, I checked them. Save them too")),
            ("leave", _("I am not sure. Leave them out")),
        ],
        widget=RadioSelect(),
    )
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

    def __init__(self, *args: Any, found: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found.wrong:
            self.fields["leave_out_wrong"].label = ngettext(
                "%(count)d row can't be saved. What should happen?",
                "%(count)d rows can't be saved. What should happen?",
                len(found.wrong),
            ) % {"count": len(found.wrong)}
        else:
            del self.fields["leave_out_wrong"]
        if not found.unlikely:
            del self.fields["unlikely"]
        elif not any(each.unlikely for each in found.new):
            # Needed only if numbers are corrected; then the action asks.
            self.fields["unlikely"].required = False
        if not found.changed:
            del self.fields["correct"]
            del self.fields["reason"]

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        if "leave_out_wrong" in given:
            given["leave_out_wrong"] = given["leave_out_wrong"] == "leave"
        if "correct" in given:
            given["correct"] = given["correct"] == "correct"
        return given
