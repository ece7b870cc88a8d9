"""Create the committee with its group, and tell people who must act or asked to know."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts import pauses
from accounts.models import Member, Pause
from documents.force import in_force
from documents.models import DocumentKind
from documents.steps import whole
from foundation import events
from foundation.addresses import at
from foundation.models import Agency, Event
from groups import kinds, quorum
from groups import rules as group_rules
from groups.models import Decision, DecisionStatus, Group, GroupKind, Seat
from groups.quorum import AskedQuorum
from notifications import notices
from notifications.actions import tell
from oversight import pausing, rules
from oversight.actions import carry_out, drop, make_longer
from oversight.committee_facts import charter_on
from oversight.models import Committee, CommitteeStep, Recommendation, Review

notices.register("review.opened", _("The committee reviews a quarter: %(title)s."))
notices.register("review.closed", _("The committee closed its review: %(title)s."))
notices.register("recommendation.made", _("The committee asks you for an answer: %(title)s."))
notices.register("response.given", _("Management answered. Please judge it: %(title)s."))
notices.register(
    "response.reported",
    _("Management says that it is carried out. Please verify it: %(title)s."),
)
notices.register("recommendation.not_done", _("The committee finds it not done yet: %(title)s."))
notices.register(
    "recommendation.escalated",
    _("A recommendation of the oversight committee is overdue: %(title)s."),
)
notices.register("response.accepted", _("The committee accepted the answer: %(title)s."))
notices.register("response.returned", _("The committee sent the answer back: %(title)s."))

notices.register("group.joined_cqi", _("A group takes part in CQI from a day on: %(title)s."))
notices.register("group.left_cqi", _("A group leaves CQI from a day on: %(title)s."))


def _charter(group: Group) -> str | None:
    key = group.agency_id
    version = in_force([key], DocumentKind.CHARTER, group.agency.today()).get(key)
    return whole(version) if version else None


def _quorum(agency: Agency, on: date) -> AskedQuorum:
    charter = charter_on(agency, on)
    if charter is None or charter.terms is None:
        return quorum.NOTHING_ASKED
    terms = charter.terms.terms
    return AskedQuorum(terms.quorum_percent, terms.quorum_consumers)


quorum.register(GroupKind.COMMITTEE, _quorum)
kinds.register(
    GroupKind.COMMITTEE,
    kinds.Keeper(
        lambda group: at(group.agency, "oversight:committee"),
        barring=rules.barring,
        charter=_charter,
    ),
)
pauses.register(reads=pausing.reads, decides=pausing.decides)


@events.inside("group.joined_cqi", "group.left_cqi")
def tell_of_cqi(event: Event) -> None:
    """Tell the committee when a group starts or stops counting, a term of the third indicator."""
    group = Group.objects.within(event.agency).get(pk=event.subject_id)
    for member in _members(event):
        member.agency = event.agency
        if group_rules.seeing(group, member):
            tell(member, event.name, subject=group, title=group.name)


@events.inside("decision.adopted")
def prolong_pause(event: Event) -> None:
    """Prolong a pause of access once the committee agreed to it."""
    if event.data["subject_type"] == Pause.subject_code:
        decisions = Decision.objects.within(event.agency).select_related("proposed_by")
        decision = decisions.get(pk=event.subject_id, group__kind=GroupKind.COMMITTEE)
        by = event.actor or decision.proposed_by
        by.agency = event.agency
        make_longer(decision, by=by)


@events.inside("decision.adopted")
def bring_into_force(event: Event) -> None:
    """What the committee agreed to is made, judged, verified or closed."""
    if (decision := _about_step(event)) is not None:
        carry_out(decision, by=event.actor)


@events.inside("decision.not_adopted", "decision.withdrawn", "decision.taken_back")
def let_go(event: Event) -> None:
    """A proposal from before that is open again after a wrong record stays before the committee."""
    if (decision := _about_step(event)) is not None and decision.status != DecisionStatus.OPEN:
        drop(decision)


def _about_step(event: Event) -> Decision | None:
    if event.data.get("subject_type") != CommitteeStep.subject_code:
        return None
    decisions = Decision.objects.within(event.agency).select_related("proposed_by")
    decision = decisions.get(pk=event.subject_id)
    decision.agency = event.agency
    return decision


@events.inside("group.opened")
def begin_committee(event: Event) -> None:
    if event.data["kind"] == GroupKind.COMMITTEE:
        group = Group.objects.within(event.agency).get(pk=event.subject_id)
        Committee.objects.within(event.agency).create(group=group)


def _members(event: Event) -> list[Member]:
    """Today's members of the committee, except whoever did it."""
    seats = Seat.objects.within(event.agency).on(event.agency.today())
    seats = seats.filter(group__kind=GroupKind.COMMITTEE).select_related("member__user")
    return [seat.member for seat in seats if seat.member_id != event.actor_id]


def _tell(event: Event, members: Iterable[Member], subject: Review | Recommendation) -> None:
    for member in members:
        member.agency = event.agency
        tell(member, event.name, subject=subject)


@events.inside("review.opened", "review.closed")
def tell_of_review(event: Event) -> None:
    review = Review.objects.within(event.agency).get(pk=event.subject_id)
    _tell(event, _members(event), review)


@events.inside(
    "recommendation.made", "response.accepted", "response.returned", "recommendation.not_done"
)
def tell_owner(event: Event) -> None:
    recommendation = _recommendation(event)
    if recommendation.owner_id != event.actor_id:
        _tell(event, [recommendation.owner], recommendation)


@events.inside("response.given", "response.reported")
def tell_committee(event: Event) -> None:
    _tell(event, _members(event), _recommendation(event))


def _recommendation(event: Event) -> Recommendation:
    rows = Recommendation.objects.within(event.agency).select_related("owner__user")
    return rows.get(pk=event.subject_id)
