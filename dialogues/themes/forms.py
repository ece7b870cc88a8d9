"""Forms to record themes and to confirm that words were read."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dialogues.themes.actions import Source
from dialogues.voices.models import Contribution
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, HiddenInput, Textarea

WORDS_A_PAGE = 50


def key_of(source: Source) -> str:
    return f"{'c' if isinstance(source, Contribution) else 'v'}{source.pk}"


class WordsForm(PortalForm):
    """Which words belong to a theme, and which of them say it best."""

    words = forms.MultipleChoiceField(
        label=_("In which words did you hear it?"),
        widget=CheckboxSelectMultiple(),
        error_messages={"required": _("Choose the words in which you heard it.")},
    )
    quote = forms.CharField(
        label=_("The words that say it best"),
        help_text=_("Copy them from above. Everyone will read them, so leave out names."),
        max_length=1000,
        required=False,
        widget=Textarea(rows=3, warn_private=True),
    )

    # The page of words shown; turning pages keeps the ticks and what is written.
    shown = forms.IntegerField(required=False, initial=1, widget=HiddenInput)

    def __init__(self, *args: Any, sources: Iterable[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {key_of(source): source for source in sources}
        field: Any = self.fields["words"]
        # All can be chosen; shown are this page's words, after those ticked on other pages.
        field.choices = [(key, source.text) for key, source in self.sources.items()]
        given = self["words"].value() or []
        self.page = Paginator(list(self.sources), WORDS_A_PAGE).get_page(self["shown"].value())
        ticked = [key for key in given if key in self.sources and key not in self.page.object_list]
        keys = [*ticked, *self.page.object_list]
        field.widget.choices = [(key, self.sources[key].text) for key in keys]

    @classmethod
    def turned(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """The form on the requested page, or as it was sent."""
        if request.method != "POST" or "turn" not in request.POST:
            return cls.from_request(request, **kwargs)
        kept = {name: request.POST.get(name) for name in cls.base_fields if name != "submission"}
        words = request.POST.getlist("words")
        return cls(initial=kept | {"words": words, "shown": request.POST["turn"]}, **kwargs)

    @property
    def following(self) -> tuple[int, str]:
        """The page to turn to and its label; (0, "") if all words are shown."""
        page = self.page
        if not page.has_other_pages():
            return 0, ""
        number = page.next_page_number() if page.has_next() else 1
        other = page.paginator.page(number)
        said = _t("Show words %(start)d to %(end)d of %(total)d") % {
            "start": other.start_index(),
            "end": other.end_index(),
            "total": page.paginator.count,
        }
        return number, said

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in super().answers.items() if name != "shown"}

    @property
    def chosen(self) -> list[Source]:
        return [self.sources[key] for key in self.cleaned_data["words"]]


class HarvestForm(WordsForm):
    title = forms.CharField(
        label=_("Name the theme in one sentence"),
        help_text=_("For example: People want to see their plan before the meeting."),
        max_length=120,
    )
    summary = forms.CharField(
        label=_("What is behind it?"),
        max_length=2000,
        required=False,
        widget=Textarea(rows=4, warn_private=True),
    )

    field_order = ["words", "title", "summary", "quote"]


class SeenWordsForm(PortalForm):
    """The words shown on the page."""

    words = forms.CharField(required=False, widget=HiddenInput())

    @property
    def keys(self) -> set[str]:
        return set(str(self.cleaned_data["words"]).split())
