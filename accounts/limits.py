"""How often somebody may try to get in: from one network, for one account, and for strangers.

The rates stand in `accounts.policies`; allauth reads them as "5/300s/key". They are counted by:

- `ip`: one network, whatever account it tries;
- `key`: one account from one network, so that nobody uses up another's tries;
- `stranger`: one account from all networks from which its owner has not signed in lately. It stops
  guessing from many places, and does not touch the owner's own;
- `user`: somebody who is signed in.

allauth's own counts lie in a cache, which may forget them; here they are `foundation.attempts`.
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
    """One attempt that was counted, and can be taken back when it was right."""

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
    """In place of allauth's: count one attempt; None where there were too many."""
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
    """In place of allauth's: forget what one account tried from this network.

    What the network tried for others stays, and so does what strangers tried for this account.
    """
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        if rate.per in ("key", "user"):
            attempts.forget(*_name(request, app, action, rate, key, user))


def remember(request: HttpRequest, user: User) -> None:
    """The owner has signed in from here: strangers' attempts do not stop them on this network."""
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
    """Let allauth count here. The tests see to it that a later allauth still asks."""
    ratelimit._consume_single_rate = consume_single_rate
    ratelimit.clear = clear
