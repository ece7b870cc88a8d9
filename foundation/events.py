"""Recorded events: written in the transaction of the change, for other apps to react to."""

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from foundation import links, subjects
from foundation.anonymity import leave_no_trace
from foundation.models import Event, TenantModel, TenantQuerySet
from foundation.transactions import must_be_inside

if TYPE_CHECKING:
    from accounts.models import Member

Inside = TypeVar("Inside", bound=Callable[[Event], None])
Together = TypeVar("Together", bound=Callable[[Sequence[Event]], None])
After = TypeVar("After", bound=Callable[[int, int], None])

ANY = "*"

_inside: dict[str, list[Callable[[Event], None]]] = defaultdict(list)
_together: dict[str, list[Callable[[Sequence[Event]], None]]] = defaultdict(list)
_after: dict[str, list[Callable[[int, int], None]]] = defaultdict(list)


def inside(*names: str) -> Callable[[Inside], Inside]:
    """React to these events (or `ANY`) in the transaction that records them; for facts."""

    def register(reaction: Inside) -> Inside:
        for name in names:
            _inside[name].append(reaction)
        return reaction

    return register


def together(*names: str) -> Callable[[Together], Together]:
    """React to these events (or `ANY`) like `inside`, once for all that are recorded at once."""

    def register(reaction: Together) -> Together:
        for name in names:
            _together[name].append(reaction)
        return reaction

    return register


def after_commit(*names: str) -> Callable[[After], After]:
    """React to committed events with (agency_id, event_id); for jobs.

    A failing reaction is logged and loses nothing, since jobs are driven by state in the database.
    """

    def register(reaction: After) -> After:
        for name in names:
            _after[name].append(reaction)
        return reaction

    return register


def record(
    name: str,
    subject: TenantModel,
    *,
    by: "Member | None",
    on_behalf_of: "Member | None" = None,
    **data: Any,
) -> Event:
    """Record an event in the same transaction as the change it reports.

    `data` holds ids, codes and numbers only, since events outlive people's names. Readers see the
    events of subjects they may see (`links.register_seen`); warns if no app has registered that.
    """
    _may_record(name, subject)
    event = _event(name, subject, by)
    event.on_behalf_of, event.data = on_behalf_of, data
    event.save(force_insert=True)
    _react(name, [event])
    return event


def record_all[Row: TenantModel](
    name: str,
    about: Sequence[Row],
    *,
    by: "Member | None",
    data: Callable[[Row], dict[str, Any]] = lambda _row: {},
) -> list[Event]:
    """Record the same event about each of these rows of one agency, with its `data`; one query."""
    if not about:
        return []
    _may_record(name, about[0])
    found = [_event(name, each, by) for each in about]
    for event, each in zip(found, about, strict=True):
        event.data = data(each)
    made = Event.objects.within(found[0].agency).bulk_create(found)
    _react(name, made)
    return made


def _may_record(name: str, subject: TenantModel) -> None:
    must_be_inside(f"event {name}")
    leave_no_trace(f"event {name}")
    subject_type = subjects.code_of(subject)
    if not links.is_known(subject_type):
        # Such an event is shown to nobody; in the tests, the warning is an error.
        untold = f"{name}: nobody has said who may see {subject_type}"
        warnings.warn(untold, RuntimeWarning, stacklevel=3)


def _event(name: str, subject: TenantModel, by: "Member | None") -> Event:
    # Use the actor's agency, already loaded: the subject's may take a query.
    same = by is not None and by.agency_id == subject.agency_id
    event = Event(
        agency=by.agency if by and same else subject.agency,
        name=name,
        subject_type=subjects.code_of(subject),
        subject_id=subject.pk,
        actor=by,
    )
    event.recorded = subject
    return event


def _react(name: str, made: Sequence[Event]) -> None:
    for event in made:
        for react in (*_inside[name], *_inside[ANY]):
            react(event)
    for react_to_all in (*_together[name], *_together[ANY]):
        react_to_all(made)
    for event in made:
        for later in (*_after[name], *_after[ANY]):
            transaction.on_commit(partial(later, event.agency_id, event.pk), robust=True)


def subject_of[Row: TenantModel](event: Event, model: type[Row]) -> Row:
    """The subject as the action saved it: reactions in its transaction need not ask for it."""
    subject = event.recorded
    assert isinstance(subject, model), f"{event.name} was not recorded about a {model.__name__}"
    return subject


def seen_by(reader: "Member") -> TenantQuerySet[Event]:
    """Events of the reader's agency about subjects that this reader may see."""
    rows = Event.objects.within(reader.agency)
    return rows.filter(links.seen_by(reader, "subject_type", "subject_id"))
