"""Personal data of themes: the words they rest on and quote."""

from django.utils.translation import gettext_lazy as _

from dialogues.themes.models import Theme, Words
from foundation.kept import within
from foundation.personal_data import AGENCYS, of, register

register(Theme, _("Themes"), whose=AGENCYS, kept=within("dialogue"), record="title summary")
register(
    Words,
    _("Words that a theme rests on"),
    # Unsigned words lead to nobody.
    whose=of("contribution__author"),
    kept=within("theme"),
    words={"quote": "contribution__author"},
    taken_back="quote",
)
