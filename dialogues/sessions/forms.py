"""The two questions at the end of a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PlainForm
from foundation.widgets import RadioSelect

AGREEMENT = (
    (5, _("I agree a lot")),
    (4, _("I agree")),
    (3, _("In between")),
    (2, _("I disagree")),
    (1, _("I disagree a lot")),
)


class QuestionsForm(PlainForm):
    """The two questions; without a submission key, since each participant has only one turn."""

    heard = forms.TypedChoiceField(
        label=_("I was heard."), choices=AGREEMENT, coerce=int, widget=RadioSelect()
    )
    understood = forms.TypedChoiceField(
        label=_("I understand the other side better."),
        choices=AGREEMENT,
        coerce=int,
        widget=RadioSelect(),
    )
