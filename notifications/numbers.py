"""Phone numbers: read as people write them, kept in one form (E.164)."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberType

# Where the agencies are: a number without a country is read as one from here.
HOME = "US"
# Texts go to the United States and its territories: elsewhere they cost a lot, and some numbers
# exist only to earn from them.
REGIONS = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
PERSONAL = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.PERSONAL_NUMBER}
)


def normalized(written: str) -> str:
    """The number in one form, "+12125550123"; ValidationError if no text can be sent there."""
    number = _read(written)
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("Check the number. It needs 10 digits, with the area code."))
    if phonenumbers.region_code_for_number(number) not in REGIONS:
        raise ValidationError(_("We can only text numbers in the United States."))
    if phonenumbers.number_type(number) not in PERSONAL:
        raise ValidationError(_("This number can’t get texts. Write the number of a cell phone."))
    return _kept(number)


def reported(written: str) -> str | None:
    """The same form of a number that a gateway tells; None if it can't be read as one.

    Also of one that we would not text any more: STOP holds for each.
    """
    number = _read(written)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return _kept(number)


def _read(written: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, HOME)
    except phonenumbers.NumberParseException:
        return None


def _kept(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown(number: str) -> str:
    """The number as people write it: "(212) 555-0123"."""
    parsed = phonenumbers.parse(number, HOME)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))


def ending(number: str) -> str:
    """The last digits, for a page that others may glance at."""
    return number[-4:]
