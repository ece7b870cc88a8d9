"""Links from events about a person to that person's page, for those who may see it."""

from functools import partial
from typing import Any

from accounts import pauses, rules
from accounts.away import Away
from accounts.models import Consent, Invitation, Member, RoleGrant, Standing
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import Event, TenantModel, TenantQuerySet


def _member(subject_id: int, reader: Member) -> Link | None:
    member = Member.objects.within(reader.agency).filter(pk=subject_id).first()
    if member is None:
        return None
    if member.pk == reader.pk:
        return Link(str(member), at(reader.agency, "accounts:me"))
    if rules.seeing_people(reader) is not None:
        return None
    return Link(str(member), at(reader.agency, "accounts:member", pk=member.pk))


def _through(model: type[RoleGrant | Standing | Consent | Invitation]) -> links.Resolver:
    def resolve(subject_id: int, reader: Member) -> Link | None:
        row = model.objects.within(reader.agency).filter(pk=subject_id).first()
        return _member(row.member_id, reader) if row is not None else None

    return resolve


def _change(subject_id: int, reader: Member) -> Link | None:
    """A change or an entry for somebody links to the page that lists it, for that member alone."""
    event = Event.objects.within(reader.agency).filter(pk=subject_id).first()
    if event is not None and event.on_behalf_of_id == reader.pk:
        return Link("", at(reader.agency, "accounts:who_looked"))
    if event is None or event.data.get("member") != reader.pk:
        return None
    return Link("", at(reader.agency, "accounts:changes"))


links.register("member", _member)
links.register("event", _change)
links.register_named(
    "pause",
    links.Named(page="accounts:pause", rows=pauses.readable, name="member__shown_name"),
)
for _model in (RoleGrant, Standing, Consent, Invitation):
    links.register(_model.subject_code, _through(_model))


def _known(reader: Member, model: type[TenantModel], owner: str) -> TenantQuerySet[Any]:
    """All people's rows for readers of the list of people, else the reader's own."""
    rows = model.objects.within(reader.agency)
    return rows if rules.seeing_people(reader) is None else rows.filter(**{owner: reader.pk})


links.register_seen("member", partial(_known, model=Member, owner="pk"))
for _model in (RoleGrant, Standing, Invitation):
    links.register_seen(_model.subject_code, partial(_known, model=_model, owner="member"))


def _own_consents(reader: Member) -> TenantQuerySet[Consent]:
    """The reader's own consents: a list of everybody's would name who gave one."""
    return Consent.objects.within(reader.agency).filter(member=reader)


links.register_seen("consent", _own_consents)


def _own_times_away(reader: Member) -> TenantQuerySet[Away]:
    """The reader's own: nobody else learns from the events who is away."""
    return Away.objects.within(reader.agency).filter(member=reader)


links.register_seen("away", _own_times_away)
