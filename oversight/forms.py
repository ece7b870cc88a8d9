from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.choosing import RowField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.models import Agency
from foundation.quarters import Quarter
from foundation.widgets import CheckboxInput, DateInput, RadioSelect, Textarea
from oversight.models import ANSWERS, FindingKind, ManagementAnswer, Review
from oversight.recognizable import (
    in_review,
    names_and_parts,
    of_texts,
    passages,
    without_names,
)


class OpenReviewForm(PortalForm):
    since = forms.TypedChoiceField(
        label=_("Which quarter do you look back on?"),
        coerce=date.fromisoformat,
        empty_value=None,
        widget=RadioSelect(),
    )

    def __init__(self, *args: Any, quarters: list[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["since"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(quarter.since.isoformat(), str(quarter)) for quarter in quarters]


class FindingForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=FindingKind.choices, widget=RadioSelect()
    )
    text = forms.CharField(
        label=_("What did the committee find?"),
        help_text=_("Write what you see in the numbers and hear from people. No names."),
        max_length=4000,
        widget=Textarea(rows=6, count=True, warn_private=True),
    )
    onward = forms.ChoiceField(
        label=_("Do you recommend something to management?"),
        choices=(("yes", _("Yes, on the next page")), ("no", _("No"))),
        widget=RadioSelect(),
    )


class RecommendationForm(PortalForm):
    title = forms.CharField(label=_("Name it in a few words"), max_length=120)
    text = forms.CharField(
        label=_("What do you ask management to do?"),
        max_length=4000,
        widget=Textarea(rows=6, count=True, warn_private=True),
    )
    owner: "RowField[Member]" = RowField(
        label=_("Who in management is in charge of it?"), queryset=None, widget=RadioSelect()
    )
    due = forms.DateField(label=_("By when should it be done?"), widget=DateInput())
    read_again = forms.BooleanField(
        label=_("I have read the passages again, and nobody can be recognized by them."),
        required=False,
        widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = agency.today()
        words = [str(self.data.get(self.add_prefix(each), "")) for each in ("title", "text")]
        self.passages = of_texts(agency, words) if self.is_bound else []
        if not self.passages:
            del self.fields["read_again"]
        owner = self.fields["owner"]
        assert isinstance(owner, RowField)
        members = Member.objects.within(agency).on(self.today)
        owner.queryset = members.with_permission(
            Permission.ANSWER_FOR_MANAGEMENT, self.today
        ).order_by("shown_name", "pk")
        owner.empty_label = None

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return due


class CloseReviewForm(EditForm):
    summary = forms.CharField(
        label=_("What came of it, in a few words?"),
        help_text=_("All of us can read it when the review is closed."),
        max_length=4000,
        required=False,
        widget=Textarea(rows=6, count=True, warn_private=True),
    )
    held_on = forms.DateField(
        label=_("On which day did the committee hold it?"),
        help_text=_("Leave this empty if it was today."),
        required=False,
    )
    read_again = forms.BooleanField(
        label=_("I have read the passages again, and nobody can be recognized by them."),
        required=False,
        widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        summary = self.data.get(self.add_prefix("summary"), "") if self.is_bound else ""
        self.passages = in_review(review, summary)
        if not self.passages:
            del self.fields["read_again"]


class MinutesSearchForm(PlainForm):
    mark_optional = False
    words = forms.CharField(label=_("Words in the minutes"), max_length=120, required=False)


class OpenMinutesForm(EditForm):
    """What others read of minutes; it begins as the minutes without names."""

    open_text = forms.CharField(
        label=_("What others read"),
        help_text=_("Names are taken out already. Take out what else could tell of a person."),
        widget=Textarea(rows=16),
    )
    left_out = forms.CharField(
        label=_("Why are passages left out?"),
        help_text=_(
            "A law on open meetings applies to the committee, so readers are told why. Name no "
            "person."
        ),
        max_length=2000,
        required=False,
        widget=Textarea(rows=3, count=True),
    )
    read_again = forms.BooleanField(
        label=_("I have read the passages again, and nobody can be recognized by them."),
        required=False,
        widget=CheckboxInput(),
    )

    def __init__(
        self, *args: Any, agency: Agency, minutes: str, asks_why: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = names_and_parts(agency)
        offered = self.initial["open_text"] = without_names(minutes, names)
        texts = [offered]
        if self.is_bound:
            sent = ("open_text", "left_out")
            texts = [str(self.data.get(self.add_prefix(each), "")) for each in sent]
        self.passages = passages(texts, names)
        if not self.passages:
            del self.fields["read_again"]
        if not asks_why:
            del self.fields["left_out"]


class AddendumForm(PortalForm):
    text = forms.CharField(
        label=_("What do you want to correct or add?"),
        help_text=_("Everybody who may read the minutes reads it. Name no person."),
        max_length=4000,
        widget=Textarea(rows=6, count=True, warn_private=True),
    )
    read_again = forms.BooleanField(
        label=_("I have read the passages again, and nobody can be recognized by them."),
        required=False,
        widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = str(self.data.get(self.add_prefix("text"), "")) if self.is_bound else ""
        self.passages = passages([words], names_and_parts(agency))
        if not self.passages:
            del self.fields["read_again"]


class ResponseForm(PortalForm):
    answer = forms.ChoiceField(
        label=_("What does management answer?"),
        choices=[(each.value, each.label) for each in ANSWERS],
        widget=RadioSelect(),
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=4000, widget=Textarea(rows=5, count=True, warn_private=True)
    )
    actions = forms.CharField(
        label=_("What will be done?"),
        help_text=_("Leave this open only if you will not do it."),
        max_length=4000,
        required=False,
        widget=Textarea(rows=5, count=True, warn_private=True),
    )
    actions_by = forms.DateField(
        label=_("By when will it be done?"), required=False, widget=DateInput()
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("answer") in {ManagementAnswer.ACCEPT, ManagementAnswer.PARTLY}:
            if not answers.get("actions") and "actions" not in self.errors:
                self.add_error("actions", _("Say what will be done."))
            if not answers.get("actions_by") and "actions_by" not in self.errors:
                self.add_error("actions_by", _("Say by when it will be done."))
        by = answers.get("actions_by")
        if by is not None and by < self.today:
            self.add_error("actions_by", _("Choose today or a later day."))
        return answers


class JudgeForm(PortalForm):
    satisfactory = forms.TypedChoiceField(
        label=_("Is the answer good enough?"),
        choices=(
            ("yes", _("Yes, the committee accepts it")),
            ("no", _("No, it goes back to management")),
        ),
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=RadioSelect(),
    )
    reason = forms.CharField(
        label=_("What is missing? Or what do you want to say?"),
        help_text=_("If the answer goes back, say why, so they can fix it."),
        max_length=4000,
        required=False,
        widget=Textarea(rows=5, count=True, warn_private=True),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("satisfactory") is False and not answers.get("reason"):
            self.add_error("reason", _("Say why it goes back, so they can fix it."))
        return answers


class ReportForm(PortalForm):
    """Management reports that something is carried out."""

    evidence = forms.CharField(
        label=_("What shows that it is carried out?"),
        help_text=_("For instance what was done, counted or decided, and where it can be found."),
        max_length=4000,
        widget=Textarea(rows=5, count=True, warn_private=True),
    )


class VerifyForm(PortalForm):
    """What the committee is asked to verify; without a report, that it was carried out."""

    satisfactory = forms.TypedChoiceField(
        label=_("Was it carried out?"),
        choices=(
            ("yes", _("Yes, the committee closes it")),
            ("no", _("Not yet, it goes back to management")),
        ),
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=RadioSelect(),
    )
    evidence = forms.CharField(
        label=_("What did the committee see?"),
        help_text=_("What shows that it was carried out, or what is missing. No names."),
        max_length=4000,
        widget=Textarea(rows=5, count=True, warn_private=True),
    )

    def __init__(self, *args: Any, reported: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reported:
            del self.fields["satisfactory"]


class ConflictForm(PortalForm):
    text = forms.CharField(
        label=_("What is your own interest in this?"),
        help_text=_("A few words are enough. The committee reads it."),
        max_length=1000,
        widget=Textarea(rows=4, count=True, warn_private=True),
    )


class PauseRulingForm(PortalForm):
    upheld = forms.ChoiceField(
        label=_("What did the committee decide?"),
        choices=[("yes", _("The pause goes on until its end")), ("no", _("The pause ends now"))],
        widget=RadioSelect,
    )


class LongerPauseForm(PortalForm):
    """Why somebody's access should stay paused."""

    reason = forms.CharField(
        label=_("Why should it last longer?"),
        help_text=_("The members of the committee read this. The person is told the new day."),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
