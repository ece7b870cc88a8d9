"""A round's keys in the key store: what opens its envelopes, and the secret behind its codes.

Both are made when the round opens and destroyed when it closes. A copy of the database without them
says neither what anybody answered nor who did; a backup of it can't be made to, later.
"""

import secrets
from dataclasses import dataclass

from foundation import key_store
from foundation.sealing import PRIVATE, KeyPair, name_of
from satisfaction.models import SurveyRound

SECRET = 32


class KeyMissing(Exception):
    """The key store has nothing for this round."""


@dataclass(frozen=True)
class RoundKeys:
    """The private key for the envelopes, and the secret of the codes."""

    private: bytes
    secret: bytes


def new() -> tuple[str, RoundKeys]:
    """Make a round's keys and store them; return its public key as well."""
    pair, secret = KeyPair.new(), secrets.token_bytes(SECRET)
    key_store.keep(name_of(pair.public), pair.private + secret)
    return pair.public, RoundKeys(pair.private, secret)


def of(round_: SurveyRound) -> RoundKeys:
    """The keys of an open round; raises KeyMissing."""
    kept = key_store.read(name_of(round_.public_key)) if round_.public_key else None
    if kept is None:
        raise KeyMissing(f"KEY_STORE has no key of {round_}.")
    return RoundKeys(kept[:PRIVATE], kept[PRIVATE:])


def there(round_: SurveyRound) -> bool:
    """Whether the round's keys can be read."""
    try:
        of(round_)
    except KeyMissing:
        return False
    return True


def destroy(round_: SurveyRound) -> None:
    """Destroy the keys of a closed round. Doing so again does nothing."""
    assert round_.closed_on is not None, "nobody destroys the key of an open round"
    if round_.public_key:
        key_store.destroy(name_of(round_.public_key))
