"""Comparing words, and reading the whole record again."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evidence import words
from foundation.forms import PlainForm, PortalForm


class CompareWordsForm(PlainForm):
    """The eight words of a printed review."""

    mark_optional = False

    words = forms.CharField(
        label=_("Type the eight words from the paper"),
        help_text=_("In their order, with spaces between them."),
        max_length=200,
        error_messages={"required": _("Type the eight words.")},
    )

    def clean_words(self) -> tuple[str, ...]:
        said = words.read(self.cleaned_data["words"])
        if strange := words.unknown(said):
            raise ValidationError(
                ngettext(
                    "The portal never prints this word: %(words)s. Look at the paper again.",
                    "The portal never prints these words: %(words)s. Look at the paper again.",
                    len(strange),
                )
                % {"words": ", ".join(strange)}
            )
        if len(said) != words.COUNT:
            raise ValidationError(
                ngettext(
                    "You typed %(count)s word. Type all eight.",
                    "You typed %(count)s words. Type all eight.",
                    len(said),
                )
                % {"count": len(said)}
            )
        return said


class CheckForm(PortalForm):
    """Nothing to fill in."""
