"""Reading the photo or file of a receipt: of a photo, nothing is kept but its picture."""

import io
import struct
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from compensation.claims.models import ReceiptMedia

# The longer side of a photo as it is kept, in pixels: a receipt of a page reads well.
KEPT_SIDE = 2000
QUALITY = 80
# A picture of more pixels would take too much memory to open.
MOST_PIXELS = 60_000_000
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class ReceiptFile:
    """A receipt as it is kept."""

    content: bytes
    media: ReceiptMedia


def receipt_of(data: bytes) -> ReceiptFile:
    """The receipt in an uploaded file; ValidationError if it is no photo and no PDF file.

    A photo is drawn again from its pixels, upright and not larger than needed: without the place,
    the time and the phone that its file tells of, and without anything else hidden in it.
    """
    if data.startswith(b"%PDF-"):
        return ReceiptFile(data, ReceiptMedia.PDF)
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("This photo is too large. Take it again, a bit smaller."))
            image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            return ReceiptFile(_drawn_again(image), ReceiptMedia.JPEG)
    except UNREADABLE as error:
        said = _("Choose a photo (JPEG or PNG) or a PDF file. This file is something else.")
        raise ValidationError(said) from error


def _drawn_again(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
