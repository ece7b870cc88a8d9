"""The code with which one person answers one round.

A member's own code is derived from the round's secret whenever it is needed (for the link on their
home page) and never stored; the secret lies in the key store (`satisfaction.round_keys`). A printed
sheet's code is random and shown once, on the printed page. The database holds only digests, which
lead to nobody.
"""

from django.utils.crypto import salted_hmac

from foundation import codes

LENGTH = 12


def of_member(secret: bytes, member_id: int) -> str:
    """The code of a member in the round with this secret."""
    mac = salted_hmac("satisfaction.code", str(member_id), secret=secret, algorithm="sha256")
    return codes.from_bytes(mac.digest(), LENGTH)


def for_sheet() -> str:
    """A new code that leads to nobody."""
    return codes.random_code(LENGTH)


def digest(code: str) -> str:
    """What is stored of a code."""
    return salted_hmac("satisfaction.digest", code, algorithm="sha256").hexdigest()
