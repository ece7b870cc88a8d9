"""How passwords and printed codes are hashed, at a price that a storm of sign-ins can pay."""

from copy import copy
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher

# The other threads of a web process go on with pages meanwhile.
_one = BoundedSemaphore(1)


class OneAtATime(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum, one hash at a time in a process.

    https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id;
    docs/performance.md has the measurements. A hash made with other parameters is verified with
    those, and replaced when its owner signs in.
    """

    time_cost = 2
    # Kibibytes.
    memory_cost = 19 * 1024
    parallelism = 1

    # Django's stubs leave these types open.
    def encode(self, password: Any, salt: Any) -> str:
        with _one:
            return super().encode(password, salt)

    def verify(self, password: Any, encoded: str) -> bool:
        with _one:
            return super().verify(password, encoded)


def encode_like(encoded: str, secret: str) -> str:
    """Hash with the salt and the parameters of this hash, whatever the settings say today."""
    hasher = copy(identify_hasher(encoded))  # Django keeps one for all threads.
    made = hasher.decode(encoded)
    if isinstance(hasher, Argon2PasswordHasher):
        for name in ("time_cost", "memory_cost", "parallelism"):
            setattr(hasher, name, made[name])
    return hasher.encode(secret, made["salt"])
