"""The record of who read whose member or payment data."""

from accounts.models import AccessLog, Member


def log(*, by: Member, about: Member, what: str) -> None:
    """Write that `by` read this kind of data ("profile", "payments", …) about a member.

    Reading one's own data is not logged.
    """
    if by.pk != about.pk:
        AccessLog.objects.within(by.agency).create(reader=by, about=about, what=what)
