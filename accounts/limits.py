"""Rate limits on signing in: per network, per account, and for strangers.

The rates are defined in `accounts.policies`; allauth reads them as "5/300s/key". They count by:

- `ip`: one network, whatever account it tries;
- `key`: one account from one network, so that nobody uses up another's tries;
- `stranger`: one account from all networks on which its owner has not signed in lately. It stops
  guessing from many places without affecting the owner's own;
- `user`: somebody who is signed in.

allauth keeps its counts in a cache, which may lose them; here they are `foundation.attempts`.
"""

from dataclasses import dataclass

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from accounts.models import User
from accounts.policies import OWN_NETWORK
from foundation import attempts


@dataclass(frozen=True)
class CountedAttempt:
    """A counted attempt, which can be taken back if it was correct."""

    name: tuple[str, ...]

    def rollback(self) -> None:
        attempts.take_back(*self.name)


def consume_single_rate(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: ratelimit.Rate,
    key: str | None = None,
    user: User | None = None,
    dry_run: bool = False,
    raise_exception: bool = False,
) -> CountedAttempt | None:
    """Replace allauth's: count one attempt; None if there were too many."""
    name = _name(request, app, action, rate, key, user)
    if rate.per == "stranger" and attempts.counted(*_known(str(key), ratelimit.get_ip(request))):
        return CountedAttempt(("own network",))
    taken = attempts.counted(*name) + 1 if dry_run else attempts.count(*name, seconds=rate.duration)
    if taken <= rate.amount:
        return CountedAttempt(name)
    if raise_exception:
        raise RateLimited
    return None


def clear(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: User | None = None,
) -> None:
    """Replace allauth's: forget one account's attempts from this network.

    The network's attempts on other accounts stay, and so do strangers' attempts on this one.
    """
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        if rate.per in ("key", "user"):
            attempts.forget(*_name(request, app, action, rate, key, user))


def remember(request: HttpRequest, user: User) -> None:
    """Remember that the owner signed in here: strangers' attempts don't block this network."""
    place = ratelimit.get_ip(request)
    for key in (user.email, user.member_name, f"mfa-auth-user-{user.pk}"):
        if key:
            attempts.forget(*_known(key, place))
            attempts.count(*_known(key, place), seconds=OWN_NETWORK.span.total_seconds())


def _known(key: str, place: str) -> tuple[str, ...]:
    return ("known", key.lower(), place)


def _name(
    request: HttpRequest,
    app: str,
    action: str,
    rate: ratelimit.Rate,
    key: str | None,
    user: User | None,
) -> tuple[str, ...]:
    start = (app, action, str(rate))
    match rate.per:
        case "ip":
            return (*start, ratelimit.get_ip(request))
        case "user":
            return (*start, str((user or request.user).pk))
        case "key":
            return (*start, str(key).lower(), ratelimit.get_ip(request))
        case "stranger":
            return (*start, str(key).lower())
    raise ValueError(rate.per)


def install() -> None:
    """Make allauth count here; the tests check that a later allauth still does."""
    ratelimit._consume_single_rate = consume_single_rate
    ratelimit.clear = clear
