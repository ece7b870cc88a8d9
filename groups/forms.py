"""What the pages of groups ask for; choices come from within the agency."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from foundation.fields import WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.widgets import NumberInput, RadioSelect, Select, Textarea
from groups.models import Choice, Finding, GroupKind, Office

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class AsOfForm(PlainForm):
    """Which day to look at; today, or one in the past."""

    on = forms.DateField(label=_("Show it as it was on"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError(_t("Choose today or a day in the past."))
        return on

    @property
    def day(self) -> date:
        """The day asked for; today where none, or none that can be, was asked for."""
        if not self.is_bound or not self.is_valid():
            return self.today
        on: date = self.cleaned_data["on"]
        return on


class GroupForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (GroupKind.COUNCIL.value, GroupKind.COUNCIL.label),
            (GroupKind.GOVERNING_BODY.value, GroupKind.GOVERNING_BODY.label),
        ],
        widget=RadioSelect(
            hints={
                GroupKind.COUNCIL: _("A group that advises your agency"),
                GroupKind.GOVERNING_BODY: _("Your agency’s board. There is only one."),
            }
        ),
    )
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    purpose = forms.CharField(
        label=_("What is it for?"), required=False, max_length=2000, widget=Textarea(rows=4)
    )
    opened = forms.DateField(label=_("Since when does it exist?"))
    takes_part_in_cqi = forms.ChoiceField(
        label=_("Does it take part in quality improvement?"),
        help_text=_("If it does, enough of its members must be consumers."),
        choices=YES_NO,
        widget=RadioSelect(inline=True),
    )


class GroupEditForm(PortalForm):
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    purpose = forms.CharField(
        label=_("What is it for?"), required=False, max_length=2000, widget=Textarea(rows=4)
    )
    hidden = forms.BooleanField(
        label=_("Hide this group"),
        help_text=_("Only its members, facilitators and administrators will know of it."),
        required=False,
    )
    takes_part_in_cqi = forms.ChoiceField(
        label=_("Does it take part in quality improvement?"),
        help_text=_("A change counts from today."),
        choices=YES_NO,
        widget=RadioSelect(inline=True),
    )

    def __init__(self, *args: Any, may_leave_cqi: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_leave_cqi:
            del self.fields["takes_part_in_cqi"]


class DayForm(PortalForm):
    """From which day on something holds."""

    on = forms.DateField(label=_("From which day on?"))


class SeatForm(PortalForm):
    member: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Who?"), queryset=None, widget=Select()
    )
    standing = forms.ChoiceField(
        label=_("As what do they take part?"),
        help_text=_("If you leave this open, the portal takes what they told the agency."),
        required=False,
        choices=[("", _("What they told the agency")), *StandingKind.choices],
    )
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"), choices=YES_NO, widget=RadioSelect(inline=True)
    )
    office = forms.ChoiceField(
        label=_("What do they do in the group?"), choices=Office.choices, required=False
    )
    since = forms.DateField(label=_("From which day on?"))

    def __init__(
        self, *args: Any, members: Iterable[Member], names_standing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        if not names_standing:
            del self.fields["standing"]


class OfficeForm(PortalForm):
    office = forms.ChoiceField(
        label=_("What do they do in the group?"), choices=Office.choices, required=False
    )
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"), choices=YES_NO, widget=RadioSelect(inline=True)
    )
    on = forms.DateField(label=_("From which day on?"))


class MeetingForm(PortalForm):
    starts_at = forms.DateTimeField(label=_("When does it start?"))
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
    agenda = forms.CharField(
        label=_("What will you talk about?"),
        required=False,
        max_length=4000,
        widget=Textarea(rows=6, warn_private=True),
    )


class MeetingEditForm(EditForm, MeetingForm):
    materials_sent_on = forms.DateField(
        label=_("On which day were the papers sent to everyone?"), required=False
    )


class AgendaForm(PortalForm):
    """What one wants to talk about; who runs the group can write it down for others."""

    mark_optional = False

    text = forms.CharField(
        label=_("What do you want to talk about?"),
        help_text=_("A few words are enough. The people of the group will see it with your name."),
        max_length=200,
        widget=Textarea(rows=2, warn_private=True),
    )
    on_behalf_of: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Whose wish is it?"), queryset=None, required=False, empty_label=_("Mine")
    )
    asked = forms.BooleanField(
        label=_("If it is not yours: the person asked you to write it down"), required=False
    )

    def __init__(self, *args: Any, members: Iterable[Member] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if members is None:
            del self.fields["on_behalf_of"], self.fields["asked"]
        else:
            self.fields["on_behalf_of"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on_behalf_of") and not cleaned.pop("asked", False):
            self.add_error("asked", _("Only write it down if the person asked you to."))
        cleaned.pop("asked", None)
        return cleaned


class MinutesForm(EditForm):
    minutes = forms.CharField(
        label=_("What was said and agreed?"),
        help_text=_("Write it so that people who were not there can follow."),
        widget=Textarea(rows=14, warn_private=True),
    )


class ProposalForm(PortalForm):
    title = forms.CharField(label=_("Name it in a few words"), max_length=200)
    text = forms.CharField(
        label=_("What do you propose?"),
        help_text=_("Say what will be done, by whom, and why."),
        max_length=5000,
        widget=Textarea(rows=8, warn_private=True),
    )


class AmendForm(EditForm, ProposalForm):
    """The same words, worked over; everybody is asked again."""

    changed = forms.CharField(
        label=_("What did you change, and why?"),
        help_text=_("Say how you worked in what people objected to."),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )


class QuestionForm(PortalForm):
    text = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("Everyone in the group reads your question and the answer."),
        max_length=1000,
        widget=Textarea(rows=4, warn_private=True),
    )


class AnswerForm(PortalForm):
    text = forms.CharField(
        label=_("What do you answer?"), max_length=2000, widget=Textarea(rows=5, warn_private=True)
    )


class LookForm(PortalForm):
    finding = forms.ChoiceField(
        label=_("Does it still hold?"), choices=Finding.choices, widget=RadioSelect()
    )
    note = forms.CharField(
        label=_("Why?"), max_length=2000, widget=Textarea(rows=4, warn_private=True)
    )
    next_on = forms.DateField(label=_("When will you look at it next?"), required=False)


CHOICE_HINTS = {
    Choice.AGREE: _("It is good enough to try."),
    Choice.RESERVATIONS: _("Something worries me. I can live with it."),
    Choice.STAND_ASIDE: _("I leave this one to the others."),
    Choice.OBJECT: _("It would do harm. It must be changed first."),
}


class PositionForm(PortalForm):
    choice = forms.ChoiceField(
        label=_("What do you think?"),
        choices=Choice.choices,
        widget=RadioSelect(hints=CHOICE_HINTS),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("If you object, we need your reason. It helps to make the proposal better."),
        required=False,
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
    round = forms.IntegerField(widget=forms.HiddenInput)


class EnterPositionForm(PositionForm):
    member: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("For whom?"), queryset=None
    )
    asked = forms.BooleanField(
        label=_("This person asked me to write it down for them"),
        error_messages={"required": _("Only write it down if the person asked you to.")},
    )
    field_order = ("member", "choice", "reason", "asked")

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["choice"].label = _("What do they think?")


class CloseForm(PortalForm):
    adopted = forms.ChoiceField(
        label=_("What did the group decide?"),
        choices=(("yes", _("It is agreed")), ("no", _("It is not agreed"))),
        widget=RadioSelect(),
    )
    outcome = forms.CharField(
        label=_("What happens next?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
    review_on = forms.DateField(label=_("When will you look at it again?"), required=False)
    round = forms.IntegerField(widget=forms.HiddenInput)


class WaiverForm(PortalForm):
    waiver = forms.CharField(
        label=_("Why does the group go on without enough consumers?"),
        help_text=_("The oversight committee will read this."),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
