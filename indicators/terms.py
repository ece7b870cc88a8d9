"""Policies as pages show them: in force, planned, and their history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.models import PolicyChange
from foundation.policies import AnyPolicy


@dataclass(frozen=True)
class TermsChange:
    """A change in words."""

    since: date
    value: str
    reason: str
    by: str
    planned: bool


@dataclass(frozen=True)
class Term:
    """A policy, its value on the day, and its changes, newest first."""

    area: str
    name: str
    title: str
    help: str
    value: str
    since: date | None
    changes: tuple[TermsChange, ...]


def terms(policies: Iterable[AnyPolicy], changes: Sequence[PolicyChange], on: date) -> list[Term]:
    """`changes` are the agency's, newest first, with who made them."""
    return [_term(each, [c for c in changes if c.code == each.code], on) for each in policies]


def _term(policy: AnyPolicy, changes: Sequence[PolicyChange], on: date) -> Term:
    usable = [change for change in changes if policy.accepts(change.value)]
    in_force = next((change for change in usable if change.since <= on), None)
    return Term(
        area=policy.area,
        name=policy.name,
        title=str(policy.title),
        help=str(policy.help),
        value=policy.said(in_force.value if in_force else policy.default),
        since=in_force.since if in_force else None,
        changes=tuple(
            TermsChange(
                since=change.since,
                value=policy.said(change.value),
                reason=change.reason,
                by=change.by.shown_name,
                planned=change.since > on,
            )
            for change in usable
        ),
    )
