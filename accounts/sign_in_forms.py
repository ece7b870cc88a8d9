"""allauth's forms in our own words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_GOOD_PASSWORD = _("At least 10 letters or numbers. Three or four words in a row are easy to keep.")


def _word(form: BaseForm, name: str, label: Words, hint: Words = "") -> None:
    field = form.fields.get(name)
    if field is not None:
        field.label = str(label)
        if hint:
            field.help_text = str(hint)


class LoginForm(account.LoginForm):  # type: ignore[misc]
    mark_optional = False  # The hint says when the password may be left blank.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", _("Your e-mail address or member name"))
        _word(
            self,
            "password",
            _("Your password"),
            _("If you have none, leave this empty. We send a code to your e-mail address."),
        )
        self.fields["password"].required = False
        self.fields["login"].widget.attrs.update(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        _word(self, "remember", _("Keep me signed in on this device"))

    def clean(self) -> dict[str, Any]:
        """Require a password with a member name, which has no address to e-mail a code to."""
        name = self.cleaned_data.get("login", "")
        if name and not self.cleaned_data.get("password") and "@" not in name:
            self.add_error(
                "password",
                _("Write your password. Or use the link “Sign in with a code on paper” below."),
            )
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class RequestLoginCodeForm(account.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", _("Your e-mail address"))


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("The code from your e-mail"))


class ConfirmEmailForm(account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("The code from your e-mail"))


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("The password you have now"))
        _word(self, "password1", _("Your new password"), _GOOD_PASSWORD)
        _word(self, "password2", _("Your new password once more"))


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("Your password"), _GOOD_PASSWORD)
        _word(self, "password2", _("Your password once more"))


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", _("Your e-mail address"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("Your new password"), _GOOD_PASSWORD)
        _word(self, "password2", _("Your new password once more"))


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Your password"))


class AddEmailForm(account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", _("Your new e-mail address"))


class ChangeEmailForm(account.ChangeEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", _("Your new e-mail address"))


class AuthenticateForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("The code from your app or your list"))


class ReauthenticateCodeForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("The code from your app or your list"))


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("The code that the app shows"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddWebAuthnForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("A name for it"), _("For example: my phone."))
        self.initial["name"] = str(_("My passkey"))
        _word(
            self,
            "passwordless",
            _("Sign me in with it alone"),
            _("It asks for your fingerprint, face or PIN, so you need no password."),
        )
