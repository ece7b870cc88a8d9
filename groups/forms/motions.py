"""Forms for motions about who sits in a group, and for papers about it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.choosing import RowField, RowsField
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, RadioSelect, Select, Textarea
from groups.forms.groups import YES_NO
from groups.models import Group, Office


class SeatMotionForm(PortalForm):
    """Whom to ask, and for which place."""

    member: "RowField[Member]" = RowField(label=_("Who?"), queryset=None, widget=Select())
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"), choices=YES_NO, widget=RadioSelect(inline=True)
    )
    office = forms.ChoiceField(
        label=_("What do they do in the group?"), choices=Office.choices, required=False
    )
    since = forms.DateField(
        label=_("Starting on which day?"),
        help_text=_("The seat begins when they say yes, and not before this day."),
    )
    caucus = forms.ChoiceField(
        label=_("Who decides?"),
        choices=(
            ("no", _("Everyone with a vote in the group")),
            ("yes", _("Those of them who use services here")),
        ),
        widget=RadioSelect(
            hints={
                "yes": _(
                    "For a seat that is kept for somebody who uses services. Everyone is asked in "
                    "writing, and nobody reads the answers."
                )
            }
        ),
        initial="no",
    )
    reason = forms.CharField(
        label=_("Why do you propose it?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )

    def __init__(self, *args: Any, members: Iterable[Member], caucus: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        if not caucus:
            del self.fields["caucus"]


class DecidingGroupForm(PortalForm):
    """Which group decides; asked only if there is a choice."""

    deciding: "RowField[Group]" = RowField(
        label=_("Which group decides?"), queryset=None, empty_label=None, widget=RadioSelect()
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        if len(groups) == 1:
            del self.fields["deciding"]
            return
        manager = Group.objects.within(groups[0].agency)
        self.fields["deciding"].queryset = manager.filter(  # type: ignore[attr-defined]
            pk__in=[group.pk for group in groups]
        ).order_by("name")

    @property
    def chosen(self) -> Group:
        """The group that decides (the form is valid)."""
        picked = self.cleaned_data.get("deciding")
        return next(
            (group for group in self.groups if picked and group.pk == picked.pk), self.groups[0]
        )


class SeatChangeForm(DecidingGroupForm):
    """What to take away from somebody, and on which grounds."""

    what = forms.ChoiceField(label=_("What do you propose?"), widget=RadioSelect())
    since = forms.DateField(label=_("Starting on which day?"))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The person reads this and can answer before anybody decides."),
        max_length=4000,
        widget=Textarea(rows=5, warn_private=True),
    )
    charter_words = forms.CharField(
        label=_("Which words of the charter give the ground?"),
        help_text=_("Copy them as they stand there."),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    field_order = ("what", "deciding", "since", "reason", "charter_words")

    def __init__(
        self, *args: Any, office: bool, voting: bool, charter: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("end", _("End the seat"))]
        if voting:
            choices.append(("vote", _("Take the vote away; the seat stays")))
        if office:
            choices.append(("office", _("Take the office away; the seat stays")))
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not charter:
            del self.fields["charter_words"]


class GroupMotionForm(DecidingGroupForm):
    """From when on, and why."""

    since = forms.DateField(label=_("Starting on which day?"))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everyone in the program can read this when it is agreed."),
        max_length=4000,
        widget=Textarea(rows=5, warn_private=True),
    )


class ConfirmForm(DecidingGroupForm):
    """Keeping the founding members."""

    reason = forms.CharField(
        label=_("What do you want to say about it?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )


class MotionAnswerForm(PortalForm):
    answer = forms.CharField(
        label=_("What should those who decide know?"),
        help_text=_(
            "They read it beside the proposal. So can facilitators and administrators. You can "
            "send it once."
        ),
        max_length=6000,
        widget=Textarea(rows=10, warn_private=True),
    )


class ResolutionForm(PortalForm):
    """What a paper says: the day, its text, whom it names, and who can attest to it."""

    on = forms.DateField(label=_("On which day was it decided?"))
    text = forms.CharField(
        label=_("What does the paper say?"),
        help_text=_("Copy its words."),
        max_length=8000,
        widget=Textarea(rows=8, warn_private=True),
    )
    members: "RowsField[Member]" = RowsField(
        label=_("Whom does it name?"), queryset=None, widget=CheckboxSelectMultiple()
    )
    chair: "RowField[Member]" = RowField(
        label=_("Who leads the group?"),
        queryset=None,
        required=False,
        empty_label=_("The paper does not say"),
        widget=Select(),
    )
    asked: "RowField[Member]" = RowField(
        label=_("Who else was there, and can confirm it?"),
        help_text=_(
            "They read what you wrote. Nobody is asked to take a seat before they say yes."
        ),
        queryset=None,
        widget=Select(),
    )

    def __init__(
        self,
        *args: Any,
        members: Iterable[Member],
        attesting: Iterable[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", "chair"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        self.fields["asked"].queryset = attesting  # type: ignore[attr-defined]
