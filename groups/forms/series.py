"""Forms for a series of meetings; the dates are worked out before they are asked about."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from foundation.fields import WholeField
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.moments import ClockField
from foundation.widgets import CheckboxSelectMultiple, DateTimeInput, NumberInput, RadioSelect
from groups import recurrence
from groups.forms.groups import BeyondField, RemoteLinkField
from groups.models import Rhythm
from groups.policies import SERIES, SERIES_REACH
from groups.scheduling import Foresight, needs_reason

# What the page with the dates asks itself, and the codes of what is at fault only there.
ON_THE_PAGE = frozenset({"days", "beyond"})
CHANGED = frozenset({"seen", "beyond"})


class DaysField(forms.MultipleChoiceField):
    """Days to tick; which ones there are is known once the other answers are."""

    def valid_value(self, value: str) -> bool:
        return True


class SeenForm(PortalForm):
    """Answers about listed meetings; `seen` is the stamp of what the page listed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @property
    def kept(self) -> list[SafeString]:
        """The answers, hidden, for the page that asks about the dates."""
        return [self[name].as_hidden() for name in self.fields if name not in ON_THE_PAGE]

    def show(self, stamp: str) -> None:
        """Keep the stamp of what this page lists."""
        if self.is_bound:
            self.put("seen", stamp)
        else:
            self.initial["seen"] = stamp


class WhenForm(SeenForm):
    """What the dates of a series have in common."""

    starts_at = ClockField(label=_("When does it start?"), widget=DateTimeInput)
    minutes_planned = WholeField(
        label=_("How long will it be, in minutes?"),
        min_value=1,
        max_value=24 * 60,
        widget=NumberInput(suffix=_("minutes")),
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A room, an address, or a phone number to call."),
        required=False,
        max_length=200,
    )
    remote_link = RemoteLinkField()

    @property
    def found_fault(self) -> bool:
        """Whether an answer is at fault that the page with the dates does not ask for itself."""
        found = self.errors.as_data().values()
        return any(error.code not in CHANGED for errors in found for error in errors)


class SeriesMoveForm(WhenForm):
    rhythm: str

    def __init__(self, *args: Any, rhythm: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rhythm = rhythm
        self.fields["starts_at"].label = _("When does this one start now?")

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        recurrence.fits(self.rhythm, starts_at.date())
        return starts_at


class SeriesForm(WhenForm):
    """The first date and the rhythm, and how long it goes on."""

    rhythm = forms.ChoiceField(
        label=_("How often?"), choices=Rhythm.choices, widget=RadioSelect(), initial=Rhythm.WEEKLY
    )
    times = WholeField(label=_("How many times?"), required=False, widget=NumberInput(width=3))
    until = forms.DateField(label=_("Or until which day?"), required=False)
    days = DaysField(
        label=_("On which days will you meet?"),
        help_text=_("Untick the days you leave out, such as holidays."),
        required=False,
        widget=CheckboxSelectMultiple(),
    )
    beyond = BeyondField(required=False)

    field_order = (
        "starts_at",
        "rhythm",
        "times",
        "until",
        "minutes_planned",
        "place",
        "remote_link",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.today = agency, agency.today()
        self.most = SERIES.value(agency, self.today)
        self.all_days: Sequence[date] = ()
        self.fields["times"].help_text = _t("At most %(most)s.") % {"most": self.most}
        self.fields["starts_at"].label = _("When is the first one?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, rhythm = cleaned.get("starts_at"), cleaned.get("rhythm")
        times, until = cleaned.get("times"), cleaned.get("until")
        if (times is None) == (until is None) and not {"times", "until"} & self.errors.keys():
            self.add_error("times", _t("Say how many times, or until which day: one of the two."))
        if first is None or not rhythm or self.errors:
            return cleaned
        if first.date() < self.today:
            self.add_error("starts_at", _t("Choose a day and hour to come."))
            return cleaned
        try:
            recurrence.fits(rhythm, first.date())
        except ValidationError as error:
            self.add_error("starts_at", error)
            return cleaned
        self.all_days = self._days(rhythm, first.date(), times, until)
        chosen = set(cleaned.get("days", ()))
        cleaned["days"] = [each for each in self.all_days if each.isoformat() in chosen]
        return cleaned

    def _days(
        self, rhythm: str, first: date, times: int | None, until: date | None
    ) -> Sequence[date]:
        """The days, or none with the error on its field."""
        name = "until" if times is None else "times"
        endless = recurrence.days(rhythm, first)
        if times is None:
            assert until is not None
            found = list(islice(takewhile(lambda each: each <= until, endless), self.most + 1))
        else:
            found = list(islice(endless, max(min(times, self.most + 1), 0)))
        furthest = self.today + timedelta(days=SERIES_REACH.value)
        if len(found) < 2:
            self.add_error(name, _t("That is only one meeting. Choose more, or plan it alone."))
        elif len(found) > self.most:
            wrong = _t("A series has at most %(most)s meetings. Choose fewer.")
            self.add_error(name, wrong % {"most": self.most})
        elif found[-1] > furthest:
            wrong = _t("A series reaches %(days)s ahead at most. Choose fewer.")
            days = SERIES_REACH.words
            self.add_error(name, wrong % {"days": days})
        else:
            return found
        return ()

    def before_the_dates(self) -> None:
        """Don't ask about days yet, nor why the budget is exceeded."""
        del self.fields["days"], self.fields["beyond"]

    def ask_why(self, found: Sequence[Foresight], *, saving: bool) -> None:
        """Ask why, if the budget is not enough for what was chosen; an error without a reason."""
        if not needs_reason(found):
            del self.fields["beyond"]
            self.cleaned_data.pop("beyond", None)
        elif saving and not self.cleaned_data.get("beyond"):
            self.add_error("beyond", ValidationError(_t("Choose a reason."), code="beyond"))

    def tick(self, choices: Sequence[tuple[str, SafeString, str]], *, everything: bool) -> None:
        """Offer these days, each with its words and a hint; all of them ticked at first."""
        self.mark_optional = False
        field = self.fields["days"]
        assert isinstance(field, DaysField)
        assert isinstance(field.widget, CheckboxSelectMultiple)
        field.choices = [(value, words) for value, words, _hint in choices]
        field.widget.hints = {value: hint for value, _words, hint in choices if hint}
        if everything:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data.setlist("days", [value for value, _words, _hint in choices])
            self.data = data
