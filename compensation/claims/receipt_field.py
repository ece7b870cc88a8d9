"""The field for the photo or file of a receipt."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compensation.claims.receipts import ReceiptFile, receipt_of
from compensation.policies import RECEIPT_SIZE
from foundation.widgets import FileInput


class ReceiptField(forms.FileField):
    """A photo or a PDF file; its value is a ReceiptFile, or None."""

    widget = FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"})
    # A phone's photos are larger than other files of ours.
    most_bytes = RECEIPT_SIZE.value * 1024 * 1024

    def __init__(self, **kwargs: Any) -> None:
        said = _("The file for “{label}” is too big. Choose one of {most} MB or less.")
        words = format_lazy(said, label=kwargs["label"], most=RECEIPT_SIZE.value)
        super().__init__(**kwargs, error_messages={"size": words})

    def clean(self, data: Any, initial: Any = None) -> ReceiptFile | None:
        file: UploadedFile[Any] | None = super().clean(data, initial) or None
        if file is None:
            return None
        return receipt_of(file.read())
