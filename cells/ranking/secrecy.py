"""The code that lets a voter vote once, untraceable without the server's secret.

A ballot's code is derived from the round's salt, which only the database has, and from the voter's
secret, which only the server can derive from its secret key. So the database alone reveals nobody's
ballot, yet can still reject a second one. When the round ends, the salt and all codes are deleted,
and nothing can reveal it any longer. docs/decisions/0040-secret-ballots.md explains why.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import CharField, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Member
from cells.ranking.models import Ballot, PriorityRound


def new_salt() -> str:
    return secrets.token_hex(32)


def seal(salt: str, key: str | None = None) -> str:
    """A seal that shows later which of the server's keys a round was opened under."""
    return salted_hmac("cells.round", salt, secret=key, algorithm="sha256").hexdigest()


def code(ranking: PriorityRound, member: Member) -> str | None:
    """The member's code in an open round; None if the server's key for it is gone."""
    for key in _keys():
        if constant_time_compare(seal(ranking.salt, key), ranking.seal):
            return hashlib.sha256((_voter(member, key) + ranking.salt).encode()).hexdigest()
    return None


def ballot_of(member: Member) -> Q:
    """A condition on ballots, in a subquery of rounds: the member's own, by its code."""
    codes = [
        _Digest(Concat(Value(voter), OuterRef("salt"), output_field=CharField()))
        for voter in voters(member)
    ]
    return Q(round=OuterRef("pk"), code__in=codes) & ~Q(code="")


def has_voted(ranking: PriorityRound, member: Member) -> bool:
    """Whether the member has a ballot in the open round; one query."""
    mine = code(ranking, member)
    ballots = Ballot.objects.within(member.agency).filter(round=ranking)
    return mine is not None and ballots.filter(code=mine).exists()


def counted(ranking: PriorityRound, members: Iterable[Member]) -> int:
    """How many of these members have a ballot in the open round; one query."""
    codes = [found for member in members if (found := code(ranking, member)) is not None]
    ballots = Ballot.objects.within(ranking.agency).filter(round=ranking)
    return ballots.filter(code__in=codes).count()


def _keys() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from map(str, settings.SECRET_KEY_FALLBACKS)


def voters(member: Member) -> tuple[str, ...]:
    """The member's secrets as a voter, one for each of the server's keys."""
    return tuple(_voter(member, key) for key in _keys())


def _voter(member: Member, key: str) -> str:
    return salted_hmac("cells.voter", str(member.pk), secret=key, algorithm="sha256").hexdigest()


class _Digest(Func):
    """SHA-256 in hexadecimal, by PostgreSQL's own function."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()
