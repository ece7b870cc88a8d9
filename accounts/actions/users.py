"""Users and their ways to sign in; a user belongs to no agency."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.hashers import encode_like
from accounts.models import PrintedCode, User
from accounts.policies import CODES_ON_A_SHEET
from foundation import codes

CODE_LENGTH = 8


@transaction.atomic
def make_user(
    *, email: str = "", member_name: str = "", password: str = "", email_proven: bool = False
) -> User:
    """Create a user who signs in with e-mailed codes, or with a member name.

    Raises ValidationError (by field) if the name or the address is unusable or taken.
    """
    user = User(email=email.lower() or None, member_name=member_name.lower() or None)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        if "member_name" in error.error_dict and _is_taken(member_name):
            raise ValidationError(
                {"member_name": _("Somebody has this name already. Please choose another one.")}
            ) from None
        raise
    user.save()
    if email:
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=email_proven
        )
    return user


def _is_taken(member_name: str) -> bool:
    return User.objects.filter(member_name__iexact=member_name).exists()


@transaction.atomic
def print_codes(user: User) -> list[str]:
    """Make a new sheet of codes that replaces an earlier one; they can be seen only this once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    revoke_codes(user)
    salt = get_hasher().salt()
    sheet = [codes.random_code(CODE_LENGTH) for _number in range(CODES_ON_A_SHEET.value)]
    PrintedCode.objects.bulk_create(
        PrintedCode(user=user, salt=salt, digest=_digest(code, salt)) for code in sheet
    )
    return sheet


def revoke_codes(user: User) -> None:
    """Disable all codes on the person's sheet."""
    PrintedCode.objects.filter(user=user).delete()


def use_code(member_name: str, typed: str) -> User | None:
    """Spend a code of this person's sheet; None if the name or the code is wrong.

    An unknown name takes as long as a wrong code.
    """
    user = User.objects.filter(member_name=member_name.lower(), is_active=True).first()
    sheet = PrintedCode.objects.filter(user=user) if user else PrintedCode.objects.none()
    printed = sheet.values_list("digest", flat=True).first()
    code = codes.typed(typed)
    # A sheet stays as it was hashed when it was printed.
    digest = encode_like(printed, code) if printed else _digest(code, _salt_of_nobody(member_name))
    spent = sheet.filter(digest=digest, used_at=None).update(used_at=timezone.now())
    return user if spent else None


def _digest(code: str, salt: str) -> str:
    return get_hasher().encode(code, salt)


def _salt_of_nobody(member_name: str) -> str:
    return salted_hmac("accounts.codes", member_name, algorithm="sha256").hexdigest()[:22]
