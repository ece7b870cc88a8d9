"""allauth's error messages in our own words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACCOUNT_MESSAGES: dict[str, str | Promise] = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": _("We write to this address. Add another one first."),
    "duplicate_email": _("You have given us this address already."),
    "email_password_mismatch": _(
        "This e-mail address and password do not go together. Check both, or get a code by e-mail."
    ),
    "email_taken": _("Another account has this address. Please use a different one."),
    "enter_current_password": _("Type the password that you have now."),
    "incorrect_code": _("This is not the code we sent. Check it, or ask for a new one."),
    "incorrect_password": _("This is not your password. Please try again."),
    "invalid_login": _("We do not know this name or address. Check how it is written."),
    "invalid_or_expired_key": _("This link no longer works. Please ask for a new one."),
    "invalid_password_reset": _("This link no longer works. Please ask for a new one."),
    "max_email_addresses": _("You can give us up to %d addresses."),
    "rate_limited": _("That was too often in a short time. Please wait a few minutes."),
    "same_as_current": _("This is the same as before. Please choose something new."),
    "select_only_one": _("Please choose only one."),
    "too_many_login_attempts": _(
        "That was too often in a short time. Wait a few minutes, then try again."
    ),
    "unknown_email": _("We do not know this address. Check how it is written."),
    "unverified_primary_email": _("Please confirm the address first."),
    "username_blacklisted": _("This name can not be used. Please choose a different one."),
    "username_password_mismatch": _(
        "This name and password do not go together. Check both, or ask for help."
    ),
    "username_taken": _("Somebody has this name already. Please choose a different one."),
}
MFA_MESSAGES: dict[str, str | Promise] = {
    "add_email_blocked": _("Turn off the second step before you add an address."),
    "cannot_delete_authenticator": _("You need a second step, so this one has to stay."),
    "cannot_generate_recovery_codes": _("Set up a second step first, then make a list of codes."),
    "incorrect_code": _("This code does not fit. Wait for the next one, and type it again."),
    "unverified_email": _("Please confirm your e-mail address first."),
}
