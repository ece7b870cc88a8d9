"""Forms about people; choices come from within the agency."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.leaves import LateLeave
from accounts.models import Audience, EmailLevel, Member, PauseEnd, PauseReason, StandingKind
from accounts.permissions import Role
from foundation import keys
from foundation.choosing import RowField, offer
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.models import Agency
from foundation.widgets import (
    CheckboxSelectMultiple,
    EmailInput,
    PasswordInput,
    RadioSelect,
    Select,
    TextInput,
)

ROLE_HINTS = {
    Role.ADMINISTRATOR: _("People, settings and indicators"),
    Role.FACILITATOR: _("Runs cells and dialogues, and sees how people take part"),
    Role.APPROVER: _("Approves payments"),
    Role.PAYER: _("Makes payments"),
    Role.COMMITTEE: _("Sits on the oversight committee"),
    Role.MANAGEMENT: _("Answers the committee’s recommendations"),
}
# Only the person themself can choose "prefer not to say".
ENTERED_STANDINGS = [choice for choice in StandingKind.choices if choice[0] != "undisclosed"]
NOT_ASKED = "not_asked"
DISPLAY_NAME_HINT = _("Others see this name. It can be a first name, or any name they like.")


# What each level means for reminders of meetings.
REMINDERS = {
    EmailLevel.EACH: _("We remind you of a meeting a week before, and again the day before."),
    EmailLevel.DIGEST: _("The day before a meeting, a reminder waits for you here."),
    EmailLevel.NONE: _("We don’t remind you of meetings."),
}


class FullNameField(RowField[Member]):
    """A choice of people by full name, where a mix-up would harm somebody."""

    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.shown_name} ({obj.full_name})"


class Addition(forms.CharField):
    """What others see after the name; asked of everybody, so that asking reveals nothing."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": _("If somebody else has this name, what should others see after it?"),
            "help_text": _(
                "For example “Elm Street” or “red hat”. Without it we add a number if one is "
                "needed. Use nothing private, like a birthday."
            ),
            "required": False,
            **kwargs,
        }
        longest = Member._meta.get_field("addition").max_length
        super().__init__(max_length=longest, widget=TextInput(width=20), **kwargs)


class _SpeaksALanguage(PlainForm):
    """A form that asks for `language` only where there is a choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = settings.LANGUAGES
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]

    @property
    def answers(self) -> dict[str, Any]:
        return {"language": settings.LANGUAGES[0][0], **super().answers}


class SearchForm(PlainForm):
    mark_optional = False
    name = forms.CharField(label=_("Name"), max_length=120, required=False)


class PersonForm(_SpeaksALanguage, PortalForm):
    """A new person."""

    name = forms.CharField(
        label=_("Full name"),
        help_text=_(
            "Only administrators and facilitators see it, unless a court or law requires it."
        ),
        max_length=120,
        widget=TextInput({"autocomplete": "off"}),
    )
    display_name = forms.CharField(
        label=_("Name shown to others"), help_text=DISPLAY_NAME_HINT, max_length=60
    )
    addition = Addition()
    language = forms.ChoiceField(label=_("Language"), widget=RadioSelect)
    contact = forms.CharField(
        label=_("How to reach them"),
        help_text=_("A phone number, or “leave a note at the front desk”."),
        max_length=120,
        required=False,
        widget=TextInput(warn_private=True),
    )
    standings = forms.MultipleChoiceField(
        label=_("How do they take part?"),
        help_text=_("Leave this open if you don’t know, or if they prefer not to say."),
        choices=ENTERED_STANDINGS,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    roles = forms.MultipleChoiceField(
        label=_("Do they have a role?"),
        choices=Role.choices,
        required=False,
        widget=CheckboxSelectMultiple(hints=ROLE_HINTS),
    )
    since = forms.DateField(label=_("Since when do they take part?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today


class PersonEditForm(_SpeaksALanguage, EditForm):
    name = forms.CharField(label=_("Full name"), max_length=120)
    display_name = forms.CharField(
        label=_("Name shown to others"), help_text=DISPLAY_NAME_HINT, max_length=60
    )
    addition = Addition()
    language = forms.ChoiceField(label=_("Language"), widget=RadioSelect)
    contact = forms.CharField(
        label=_("How to reach them"),
        max_length=120,
        required=False,
        widget=TextInput(warn_private=True),
    )


class StandingForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("How do they take part?"), choices=ENTERED_STANDINGS, widget=RadioSelect
    )
    employed_peer = forms.BooleanField(
        label=_("They use services, and are employed here as a peer worker as well"),
        required=False,
    )
    since = forms.DateField(label=_("Since when?"))


class StandingsForm(PortalForm):
    """How each of several people takes part, or that they were not asked yet."""

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {f"kind_{keys.code_of(member)}": member for member in members}
        for name, member in self._members.items():
            self.fields[name] = forms.ChoiceField(
                label=member.full_name,
                choices=[(NOT_ASKED, _("Not asked yet")), *ENTERED_STANDINGS],
                initial=NOT_ASKED,
                widget=Select(),
            )

    @property
    def said(self) -> dict[Member, StandingKind]:
        """By member, what they said; only those who did."""
        kinds = {each: self.cleaned_data[name] for name, each in self._members.items()}
        return {member: StandingKind(kind) for member, kind in kinds.items() if kind != NOT_ASKED}


class LastDayOfPersonForm(PortalForm):
    on = forms.DateField(
        label=_("What is the first day without them?"),
        help_text=_("The day before is their last day."),
    )


class LeaveForm(LastDayOfPersonForm):
    why = forms.ChoiceField(
        label=_("Why is it entered only now?"),
        help_text=_(
            "Only if the day has passed, or is the day on which they came. It stays on record."
        ),
        choices=[("", _("The day is today or later")), *LateLeave.choices],
        required=False,
        widget=RadioSelect,
    )


class AwayForm(PortalForm):
    """From when until when; of a time that has begun, only its end."""

    since = forms.DateField(label=_("First day away"))
    until = forms.DateField(
        label=_("First day back"),
        help_text=_("Leave it empty if you don’t know yet."),
        required=False,
    )

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            del self.fields["since"]


class RoleForm(PortalForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=RadioSelect(hints=ROLE_HINTS)
    )
    since = forms.DateField(label=_("Starting on which day?"))


class PauseForm(PortalForm):
    reason = forms.ChoiceField(label=_("Why?"), choices=PauseReason.choices, widget=RadioSelect)
    answer_to = forms.CharField(
        label=_("Where can they answer?"),
        help_text=_("A phone number or address of your program. They see it; write nothing else."),
        max_length=200,
    )


class ResumeForm(PortalForm):
    why = forms.ChoiceField(
        label=_("Why does the pause end now?"),
        choices=[choice for choice in PauseEnd.choices if choice[0] != "decided"],
        widget=RadioSelect,
    )


class EraseForm(PortalForm):
    sure = forms.BooleanField(
        label=_("I understand that this can’t be undone"),
        error_messages={"required": _("Check the box to erase it for ever.")},
    )


class InviteForm(PortalForm):
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Leave it empty to print a letter with a code."),
        max_length=254,
        required=False,
        widget=EmailInput({"autocomplete": "off"}),
    )


class ProfileForm(_SpeaksALanguage, EditForm):
    """What members say about themselves."""

    display_name = forms.CharField(
        label=_("Name shown to others"),
        help_text=_("It can be your first name, or any name you like."),
        max_length=60,
    )
    addition = Addition()
    language = forms.ChoiceField(label=_("Your language"), widget=RadioSelect)
    email_level = forms.ChoiceField(
        label=_("How often may we write to you?"),
        help_text=_("Our e-mails say only that you have a message. They never say what about."),
        choices=EmailLevel.choices,
        widget=RadioSelect(hints=REMINDERS),
    )
    contact = forms.CharField(
        label=_("Another way to reach you"),
        help_text=_("A phone number, or “leave a note at the front desk”."),
        max_length=120,
        required=False,
        widget=TextInput(warn_private=True),
    )

    @classmethod
    def of(cls, member: Member) -> dict[str, Any]:
        """The form's initial values."""
        return {
            "display_name": member.display_name,
            "addition": member.addition,
            "language": member.language,
            "email_level": member.email_level,
            "contact": member.contact,
            "version": member.version,
        }


class AdditionForm(EditForm):
    """What tells the person apart from others of the same name."""

    addition = Addition(
        label=_("What should others see after your name?"),
        help_text=_(
            "For example “Elm Street” or “red hat”. Use nothing private, like your birthday."
        ),
        required=True,
        error_messages={"required": _("Write a word or two that others know you by.")},
    )


class ConsentForm(PortalForm):
    audience = forms.ChoiceField(
        label=_("Who may see it?"),
        choices=[choice for choice in Audience.choices if choice[0] != Audience.GROUP],
        widget=RadioSelect,
    )


class PrintedCodeForm(PlainForm):
    member_name = forms.CharField(
        label=_("Your member name"),
        max_length=40,
        widget=TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("A code from your sheet"),
        help_text=_("Each code works once. Cross it out when you have used it."),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "autocapitalize": "characters"}, width=20),
    )


class InvitationCodeForm(PlainForm):
    code = forms.CharField(
        label=_("The code from your letter"),
        help_text=_("It looks like this: ABCD-EFGH-JKMN-PQRS. Small letters are fine too."),
        max_length=60,
        widget=TextInput({"autocomplete": "off", "autocapitalize": "characters"}, width=20),
    )


class AboutYouForm(_SpeaksALanguage, PlainForm):
    """The invited person: their name, how to reach them, and how they sign in."""

    display_name = forms.CharField(
        label=_("What should others call you?"),
        help_text=_("Your first name, or any name you like. You can change it later."),
        max_length=60,
        error_messages={"required": _("Write what others should call you.")},
    )
    addition = Addition()
    language = forms.ChoiceField(label=_("Your language"), widget=RadioSelect)
    contact = forms.CharField(
        label=_("How else can we reach you?"),
        help_text=_("A phone number, or “leave a note at the front desk”."),
        max_length=120,
        required=False,
        widget=TextInput(warn_private=True),
    )
    email_level = forms.ChoiceField(
        label=_("How often may we e-mail you?"),
        help_text=_("Our e-mails say only that you have a message. They never say what about."),
        choices=EmailLevel.choices,
        widget=RadioSelect(hints=REMINDERS),
    )
    way = forms.ChoiceField(
        label=_("How do you want to sign in?"),
        choices=[
            ("codes", _("With codes on paper")),
            ("password", _("With a password")),
        ],
        widget=RadioSelect(
            hints={
                "codes": _("You print a sheet. Each code lets you in once."),
                "password": _("You make up a password now and keep it in mind."),
            }
        ),
    )

    def __init__(self, *args: Any, by_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("way",) if by_email else ("email_level",):
            del self.fields[name]


class AgreeForm(PortalForm):
    """The last page of an invitation; its questions depend on how the person will sign in."""

    member_name = forms.CharField(
        label=_("Choose a name for signing in"),
        help_text=_("Small letters and numbers, for example sam.22. Only you need to know it."),
        max_length=40,
        error_messages={"required": _("Choose a name for signing in.")},
        widget=TextInput({"autocomplete": "username", "autocapitalize": "none"}, width=20),
    )
    password = forms.CharField(
        label=_("Create a password"),
        help_text=_("At least 10 letters or numbers. Three or four words are easy to keep."),
        max_length=128,
        strip=False,
        error_messages={"required": _("Create a password.")},
        widget=PasswordInput({"autocomplete": "new-password"}),
    )
    agree = forms.BooleanField(
        label=_("Yes, I want to take part"),
        error_messages={"required": _("Check the box if you want to take part.")},
    )

    def __init__(self, *args: Any, needs_name: bool, needs_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_name:
            del self.fields["member_name"]
        if not needs_password:
            del self.fields["password"]

    def clean_member_name(self) -> str:
        return str(self.cleaned_data["member_name"]).strip().lower()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class EventFilterForm(PlainForm):
    mark_optional = False
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    actor: "RowField[Member]" = RowField(
        label=_("Who"), queryset=None, required=False, empty_label=_("Anybody")
    )

    def __init__(self, *args: Any, members: list[Member], agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, RowField)
        actor.queryset = Member.objects.within(agency)
        offer(self, "actor", members)
