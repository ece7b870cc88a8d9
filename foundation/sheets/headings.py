"""Headings of columns that describe individuals, in several languages."""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

PERSON = r"(?:client|patient|consumer|member|person|participant|resident|user|individual)"
NAMES = gettext_lazy("names of people")
BIRTHS = gettext_lazy("dates of birth")
RECORDS = gettext_lazy("record numbers")
CONTACTS = gettext_lazy("ways to reach people")

# Column names, in lower case with single spaces.
_HEADS: tuple[tuple[str, Promise], ...] = (
    (r"(first|last|middle|given|family|full|maiden|sur|legal|preferred) ?names?", NAMES),
    (r"names?|surname|initials", NAMES),
    (r"ids?|id ?(numbers?|nos?|nr|#)|identifiers?|guid|uuid", RECORDS),
    (PERSON + r"s? names?", NAMES),
    (r".*\b(dob|date of birth|birth ?dates?|birth ?days?|born)\b.*", BIRTHS),
    (r".*\b(mrn|ssn|social security|medicaid|medicare)\b.*", RECORDS),
    (r".*\b(medical )?(record|chart|case) ?(numbers?|nos?|nr|ids?|#)(\b.*|$)", RECORDS),
    (PERSON + r"s? ?(numbers?|nos?|nr|ids?|#)", RECORDS),
    (r"(.* )?(e ?mail( address)?|(cell ?|tele)?phone( number)?|(street )?address)", CONTACTS),
    # Spanish, French, German, Portuguese; without their accents.
    (r"nombres?|apellidos?|noms?|prenoms?|nachname|vorname|nome|sobrenome", NAMES),
    (r"(nombres?|nom|nome) (y apellidos?|et prenoms?|completo|d[eu](l| la)? .+)", NAMES),
    (r".*\b(nacimiento|naissance|geburts(datum|tag)|geboren|nascimento)\b.*", BIRTHS),
    (r".*\b(expediente|historia clinica|seguro social|curp|dossier medical)\b.*", RECORDS),
    (r"(.* )?(correo( electronico)?|telefono|courriel|telephone|telefone|domicilio)", CONTACTS),
)
SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}([- \u2010-\u2013])\d{2}\1\d{4}(?![\d-])")


def kind_of_heading(name: str) -> Promise | None:
    """What a column under this heading holds, if it describes individuals."""
    plain = folded(name)
    return next((what for pattern, what in _HEADS if re.fullmatch(pattern, plain)), None)


def folded(name: str) -> str:
    """A heading in lower case, with single spaces, without accents and signs."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", re.sub(r"['\u2019]", "", _plain(name)))
    return re.sub(r"[\s_.:-]+", " ", spaced).strip().lower()


def _plain(text: str) -> str:
    """The text without accents and invisible characters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if unicodedata.category(each) not in ("Mn", "Cf"))
