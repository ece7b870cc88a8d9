"""Forms of the channel: becoming a reader, writing without a name, and answering."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from concerns import locking
from concerns.envelopes import LONGEST
from concerns.models import KeyHolder, KeyHolderQuerySet, TakenTo
from foundation import codes, keys
from foundation.choosing import RowField, RowsField
from foundation.forms import PlainForm, PortalForm
from foundation.models import Agency, TenantQuerySet
from foundation.widgets import (
    CheckboxSelectMultiple,
    HiddenInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_SALT = "concerns.receipt"


def _words(label: "StrPromise", rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=Textarea(rows=rows, count=True, warn_private=True)
    )


class AskReaderForm(PortalForm):
    member: "RowField[Member]" = RowField(
        label=_("Who should read concerns?"),
        help_text=_("Only people who use services and sit in the oversight committee are listed."),
        queryset=None,
        widget=Select(),
    )
    trained_on = forms.DateField(label=_("On which day was their training?"))

    def __init__(self, *args: Any, members: TenantQuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, RowField)
        field.queryset = members


class BeginForm(PortalForm):
    shown = forms.BooleanField(
        label=_("Everybody who takes part here may read my name as a reader’s"),
        help_text=_("They then know that I use services: all readers do."),
        error_messages={"required": _("Without your name, nobody can know who will read.")},
    )


class ReadingCodeForm(PlainForm):
    code = forms.CharField(
        label=_("Your reading code"),
        help_text=_("Sixteen digits. It is not your password, and not a code from an e-mail."),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "inputmode": "numeric"}, width=20),
    )

    def clean_code(self) -> str:
        code = locking.typed_digits(self.cleaned_data["code"])
        if len(code) != locking.DIGITS:
            raise forms.ValidationError(
                _("A reading code has %(digits)d digits. Please check it.")
                % {"digits": locking.DIGITS}
            )
        return code


class SheetCodeForm(ReadingCodeForm):
    code = forms.CharField(
        label=_("The code on the sheet"),
        help_text=_("Sixteen digits. The ombuds keeps the sheet."),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "inputmode": "numeric"}, width=20),
    )


class ReadersField(RowsField[KeyHolder]):
    """Readers by name."""

    def label_from_instance(self, obj: KeyHolder) -> str:
        return str(obj.member)


class NotReadersForm(PlainForm):
    """The first page of writing: who should not read it."""

    not_readers = ReadersField(
        label=_("Is it about one of them? Then not this person:"),
        queryset=None,
        required=False,
        widget=CheckboxSelectMultiple(),
    )
    mark_optional = False

    def __init__(self, *args: Any, readers: KeyHolderQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["not_readers"]
        assert isinstance(field, RowsField)
        field.queryset = readers


class ConcernForm(NotReadersForm):
    """The second page: the words, and what the first page settled, hidden."""

    text = _words(_("What happened?"))
    may_go_on = forms.BooleanField(
        label=_("The readers may take this to the chair of the board or the rights officer"),
        help_text=_("You can also say so later, with your code."),
        required=False,
    )
    seal = forms.CharField(max_length=4_000, widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["not_readers"].widget = forms.MultipleHiddenInput()

    def clean_seal(self) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = signing.Signer(salt=_SALT).unsign_object(
                self.cleaned_data["seal"]
            )
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("Something was missing when this was sent. Please send it again.")
            ) from error
        return kept


def sealed(code: str, shown: Sequence[KeyHolder]) -> str:
    """The receipt's code and the readers whom the page shows, so that only these come back."""
    kept = {"code": code, "to": [keys.code_of(each) for each in shown]}
    return signing.Signer(salt=_SALT).sign_object(kept)


def shown_in(agency: Agency, kept: dict[str, Any]) -> KeyHolderQuerySet:
    """The readers whom the page showed."""
    found = [keys.key("concern_reader", each) for each in kept["to"]]
    return KeyHolder.objects.within(agency).filter(pk__in=[each for each in found if each])


class ConcernCodeForm(PlainForm):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "You got it when you sent your words. It looks like this: ABCD-EFGH-JKMN-PQRS."
        ),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "autocapitalize": "characters"}, width=20),
    )

    def clean_code(self) -> str:
        code = codes.typed(self.cleaned_data["code"])
        if len(code) != locking.RECEIPT:
            raise forms.ValidationError(
                _("A code has %(letters)d letters and digits. Please check it.")
                % {"letters": locking.RECEIPT}
            )
        return code


class WriterActForm(PlainForm):
    """One act of the writer, who is known only by the code."""

    code = forms.CharField(max_length=40, widget=HiddenInput())
    act = forms.CharField(max_length=40, widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Several stand on one page.
        super().__init__(*args, auto_id=False, **kwargs)


class MoreWordsForm(PlainForm):
    text = _words(_("Your message"), rows=5)
    code = forms.CharField(max_length=40, widget=HiddenInput())
    act = forms.CharField(max_length=40, widget=HiddenInput())


class MessageForm(PortalForm):
    text = _words(_("Your words"), rows=6)


class TakeOnForm(PortalForm):
    to = forms.ChoiceField(
        label=_("To whom did you take it?"), choices=TakenTo.choices, widget=RadioSelect()
    )
