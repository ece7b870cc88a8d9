"""Forms of proposals."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.choosing import RowField
from foundation.forms import EditForm, PortalForm
from foundation.widgets import RadioSelect, Textarea
from groups.forms.groups import AgreementForm
from groups.models import Choice, ReviewAnswer, Way


class ProposalForm(PortalForm):
    title = forms.CharField(label=_("Name it in a few words"), max_length=200)
    text = forms.CharField(
        label=_("What do you propose?"),
        help_text=_("Say what will be done, by whom, and why."),
        max_length=5000,
        widget=Textarea(rows=8, warn_private=True),
    )


class WrittenProposalForm(ProposalForm):
    """For a group that can decide between its meetings."""

    way = forms.ChoiceField(
        label=_("How does the group decide?"),
        choices=(),
        widget=RadioSelect(),
        initial=Way.CONSENT,
    )

    def __init__(self, *args: Any, until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        day = date_format(until, "F j, Y")
        field.choices = [
            (Way.CONSENT.value, _t("In a meeting, or when everyone has given a view")),
            (Way.WRITING.value, _t("In writing, until %(day)s") % {"day": day}),
        ]


class AmendForm(EditForm, ProposalForm):
    """A revised text; everybody is asked again."""

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


class QuestionAnswerForm(PortalForm):
    text = forms.CharField(
        label=_("What do you answer?"), max_length=2000, widget=Textarea(rows=5, warn_private=True)
    )


class LookAgainForm(PortalForm):
    finding = forms.ChoiceField(
        label=_("Does it still hold?"), choices=ReviewAnswer.choices, widget=RadioSelect()
    )
    note = forms.CharField(
        label=_("Why?"), max_length=2000, widget=Textarea(rows=4, warn_private=True)
    )
    on = forms.DateField(label=_("On which day did you look at it?"), required=False)
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

    def __init__(self, *args: Any, unread: bool = False, **kwargs: Any) -> None:
        """`unread`: answers are only counted, so no reason is asked for."""
        super().__init__(*args, **kwargs)
        if unread:
            del self.fields["reason"]


class EnterPositionForm(PositionForm, AgreementForm):
    member: "RowField[Member]" = RowField(label=_("For whom?"), queryset=None)
    asked = forms.BooleanField(
        label=_("This person asked me to write it down for them"),
        error_messages={"required": _("Only write it down if the person asked you to.")},
    )
    field_order = ("member", "choice", "reason", "agreed_on", "agreed_how", "asked")

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


class InterestForm(PortalForm):
    text = forms.CharField(
        label=_("What is your own interest in this?"),
        help_text=_("A few words are enough. The group reads it."),
        max_length=1000,
        widget=Textarea(rows=4, count=True, warn_private=True),
    )


class WaiverForm(PortalForm):
    waiver = forms.CharField(
        label=_("Why does the group decide before everyone has given their view?"),
        help_text=_(
            "If too few people who use services have given theirs, the oversight committee reads "
            "this."
        ),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
