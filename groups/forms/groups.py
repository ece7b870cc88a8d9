"""Forms of groups; choices come from within the agency."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from foundation.choosing import RowField
from foundation.fields import WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.models import Agency
from foundation.moments import MomentField
from foundation.widgets import NumberInput, RadioSelect, Select, Textarea
from groups.models import Group, GroupKind, How, Office
from groups.policies import MINUTES_DUE
from groups.scheduling import CHOSEN, Foresight, foreseen, needs_reason

KINDS = (GroupKind.COUNCIL, GroupKind.GOVERNING_BODY, GroupKind.COMMITTEE)
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class AsOfForm(PlainForm):
    """Which day to look at: today, or a past one."""

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
        """The requested day; today if there is none, or it is impossible."""
        if not self.is_bound or not self.is_valid():
            return self.today
        on: date = self.cleaned_data["on"]
        return on


class GroupForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=RadioSelect(
            hints={
                GroupKind.COUNCIL: _("A group that advises your agency"),
                GroupKind.GOVERNING_BODY: _("Your agency’s board. There is only one."),
                GroupKind.COMMITTEE: _(
                    "It reviews how the program is doing. More than half of it are consumers."
                ),
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
        help_text=_(
            "If it does, enough of its members must be consumers. The oversight committee always "
            "does."
        ),
        choices=YES_NO,
        widget=RadioSelect(inline=True),
    )

    def __init__(self, *args: Any, there: set[str], **kwargs: Any) -> None:
        """`there`: the kinds of groups the agency already has."""
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (kind.value, kind.label)
            for kind in KINDS
            if kind == GroupKind.COUNCIL or kind.value not in there
        ]


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


class CqiForm(PortalForm):
    """When a group joins or leaves CQI, and why."""

    since = forms.DateField(label=_("Starting on which day?"), help_text=_("Today or a later day."))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The oversight committee reads this."),
        max_length=1000,
        widget=Textarea(rows=4, warn_private=True),
    )


class DayForm(PortalForm):
    """The day from which something holds."""

    on = forms.DateField(label=_("Starting on which day?"))


def late_reason() -> forms.CharField:
    return forms.CharField(
        label=_("If this day has passed: why is the seat entered only now?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )


class EndForm(DayForm):
    """The day from which something is over; for a past day, why it is entered late."""

    late_reason = forms.CharField(
        label=_("If this day has passed: why is it written down only now?"),
        help_text=_("It changes the numbers of that day, and they will say so."),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )


class BecauseForm(PortalForm):
    because = forms.CharField(
        label=_("Why does it go on after all?"),
        max_length=500,
        widget=Textarea(rows=3, warn_private=True),
    )


def ask_why_late(form: forms.Form, field: str, on: date, agency: Agency) -> None:
    """Require a reason for a past day entered later than minutes are due."""
    today = agency.today()
    if on < today - MINUTES_DUE.span(agency, today):
        form.add_error(field, _t("This day is a while ago. Say why it is entered only now."))


class SeatForm(PortalForm):
    member: "RowField[Member]" = RowField(label=_("Who?"), queryset=None, widget=Select())
    standing = forms.ChoiceField(
        label=_("Which role are you asking them to take?"),
        help_text=_("They choose their role when they accept. You can leave this open."),
        required=False,
        choices=[("", _("Leave it open")), *StandingKind.choices],
    )
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"), choices=YES_NO, widget=RadioSelect(inline=True)
    )
    office = forms.ChoiceField(
        label=_("What do they do in the group?"), choices=Office.choices, required=False
    )
    since = forms.DateField(
        label=_("Starting on which day?"),
        help_text=_("The seat begins when they accept, and not before this day."),
    )
    late_reason = late_reason()

    def __init__(
        self, *args: Any, members: Iterable[Member], names_standing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        if not names_standing:
            del self.fields["standing"]


class AgreementForm(PortalForm):
    """When and how somebody agreed to what is recorded for them."""

    agreed_on = forms.DateField(label=_("On which day did they tell you?"))
    agreed_how = forms.ChoiceField(
        label=_("How did they tell you?"), choices=How.choices, widget=RadioSelect()
    )


class AcceptForm(PortalForm):
    """The standing to take a seat in; asked only if there is a choice."""

    standing = forms.ChoiceField(
        label=_("How do you take part?"),
        help_text=_("Others see it only if you let them."),
        widget=RadioSelect(),
    )

    def __init__(self, *args: Any, standings: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["standing"]
        assert isinstance(field, forms.ChoiceField)
        kinds = dict.fromkeys([*standings, StandingKind.UNDISCLOSED.value])
        field.choices = [(kind, StandingKind(kind).label) for kind in kinds]


class OfficeForm(PortalForm):
    office = forms.ChoiceField(
        label=_("What do they do in the group?"), choices=Office.choices, required=False
    )
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"), choices=YES_NO, widget=RadioSelect(inline=True)
    )
    on = forms.DateField(label=_("Starting on which day?"))
    late_reason = late_reason()


class RemoteLinkField(forms.URLField):
    """A link to join from elsewhere: by HTTPS, without a name or password in it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("A link to join by video or phone"),
            help_text=_("It begins with https://. It is shown to the people in the group."),
            required=False,
            max_length=300,
            assume_scheme="https",
            error_messages={"invalid": _("Copy the whole link. It begins with https://.")},
        )

    def clean(self, value: Any) -> str:
        link = str(super().clean(value))
        parts = urlsplit(link)
        if link and (parts.scheme != "https" or "@" in parts.netloc):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return link


class MeetingForm(PortalForm):
    starts_at = MomentField(label=_("When does it start?"))
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
    agenda = forms.CharField(
        label=_("What will you talk about?"),
        required=False,
        max_length=4000,
        widget=Textarea(rows=6, warn_private=True),
    )
    late_reason = forms.CharField(
        label=_("If it was held a while ago: why is it entered only now?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_at = cleaned.get("starts_at")
        if starts_at is not None and not cleaned.get("late_reason"):
            ask_why_late(self, "late_reason", self.agency.date_of(starts_at), self.agency)
        return cleaned


class BeyondField(forms.ChoiceField):
    """Why a meeting is planned that the budget is not enough for; asked only then."""

    def __init__(self, **kwargs: Any) -> None:
        label = _("Why is it planned all the same?")
        hint = _("The oversight committee sees how often each reason is chosen.")
        super().__init__(
            label=label, help_text=hint, choices=CHOSEN, widget=RadioSelect(), **kwargs
        )


class PlanMeetingForm(MeetingForm):
    """A new meeting; what its budget is not enough for has to be agreed before, with a reason."""

    beyond = BeyondField(required=False)
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.foreseen: list[Foresight] = []
        if not self.is_bound:
            self._leave_out()

    def _leave_out(self) -> None:
        del self.fields["agreed"], self.fields["beyond"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        agreed, why = cleaned.pop("agreed", False), cleaned.pop("beyond", "")
        starts_at, minutes = cleaned.get("starts_at"), cleaned.get("minutes_planned")
        if starts_at is not None and minutes is not None:
            days = [self.agency.date_of(starts_at)]
            self.foreseen = foreseen(self.group, self.agency, days, minutes)
        over = [each for each in self.foreseen if each.over]
        if not needs_reason(over):
            self._leave_out()
            for each in over:
                self.add_error(None, each.words)
            return cleaned
        whom = ", ".join(dict.fromkeys(each.whom for each in over))
        self.fields["agreed"].label = _t("This was agreed with: %(whom)s") % {"whom": whom}
        if not agreed:
            for each in over:
                self.add_error("agreed", each.words)
        if not why:
            self.add_error("beyond", _t("Choose a reason."))
        return cleaned | {"beyond": why}


class MeetingEditForm(EditForm, MeetingForm):
    materials_sent_on = forms.DateField(
        label=_("On which day were the papers sent to everyone?"), required=False
    )


class AgendaForm(PortalForm):
    """An agenda item; people who run the group can enter it for others."""

    mark_optional = False

    text = forms.CharField(
        label=_("What do you want to talk about?"),
        help_text=_("A few words are enough. The people of the group will see it with your name."),
        max_length=200,
        widget=Textarea(rows=2, warn_private=True),
    )
    on_behalf_of: "RowField[Member]" = RowField(
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
