"""Offers of seats: accepted or declined by the person, or withdrawn."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.leaves import save_within
from accounts.models import Member, StandingKind
from foundation import events
from foundation.keys import code_of
from foundation.once import together
from foundation.refusals import enforce
from groups import founding, kinds, rules
from groups.actions.seats import locked
from groups.models import Ending, Group, How, Motion, OfferState, Office, Seat, SeatOffer, SeatWish
from groups.standing import TakenAs, standings
from notifications.actions import tell


@transaction.atomic
def offer_seat(
    group: Group,
    member: Member,
    *,
    standing: str | None = None,
    voting: bool = True,
    office: str = Office.NONE,
    since: date,
    late_reason: str = "",
    by: Member,
) -> SeatOffer:
    """Offer a member a place in a group, or another place in it; it begins when they accept.

    `standing`: the one they are asked to sit in, given only by people who may know it; it is not
    compared with their recorded standing, so that the answer reveals nothing. ValidationError: a
    day outside the group's life or the member's, a past day without a reason, a pending offer, no
    office.
    """
    group = locked(group, by)
    enforce(rules.offering(group, by))
    if standing is not None and member.pk != by.pk:
        enforce(rules.naming_standing(by))
    if standing is not None and standing not in StandingKind.values:
        raise ValidationError({"standing": _("Choose one from the list.")})
    if office not in Office.values:
        raise ValidationError({"office": _("Choose one of the offices.")})
    possible(group, member, since)
    held = _held(group, member, by)
    if since < by.agency.today() and not late_reason.strip():
        raise ValidationError(
            {"late_reason": _("This day has passed. Say why the seat is entered only now.")}
        )
    waiting = SeatOffer.objects.within(by.agency).waiting()
    if waiting.filter(group=group, member=member).exists():
        raise ValidationError(
            {"member": _("This person has an offer that they have not answered.")}
        )
    return put_offer(
        group,
        member,
        standing=standing or "",
        voting=voting,
        office=office,
        since=since,
        late_reason=late_reason.strip(),
        held=held,
        offered_by=by,
        by=by,
    )


@transaction.atomic
def offer_seats(
    group: Group,
    wishes: Sequence[SeatWish],
    *,
    since: date,
    late_reason: str = "",
    by: Member,
) -> list[SeatOffer]:
    """Offer seats to several people, or to nobody if one of them can't be asked.

    The rules for each are those of `offer_seat`. ValidationError: every refusal, under the field
    of its person (`seat_<code>`).
    """
    made, refused = [], {}
    for wish in wishes:
        try:
            with transaction.atomic():
                made.append(
                    offer_seat(
                        group,
                        wish.member,
                        voting=wish.voting,
                        office=wish.office,
                        since=since,
                        late_reason=late_reason,
                        by=by,
                    )
                )
        except ValidationError as refusal:
            said = {"name": wish.member, "why": " ".join(refusal.messages)}
            refused[f"seat_{code_of(wish.member)}"] = _("%(name)s: %(why)s") % said
    if refused:
        raise ValidationError(refused)
    return made


def _held(group: Group, member: Member, by: Member) -> bool:
    """Whether the offer is hidden from the member, who must not meet somebody there.

    To whoever made it, it looks like an unanswered one. Raises ValidationError for an
    administrator.
    """
    refusal = rules.seating(group, member, by)
    if refusal is not None and refusal != rules.SOMETHING_IN_THE_WAY:
        raise ValidationError({"member": [refusal.reason, refusal.instead]})
    return refusal is not None


def put_offer(
    group: Group,
    member: Member,
    *,
    standing: str = "",
    voting: bool,
    office: str,
    since: date,
    late_reason: str,
    held: bool,
    motion: Motion | None = None,
    offered_by: Member,
    by: Member,
) -> SeatOffer:
    """Record the offer, and report it unless it is held; the caller has checked the rules."""
    today = by.agency.today()
    offer = SeatOffer.objects.within(by.agency).create(
        group=group,
        member=member,
        standing=standing,
        voting=voting,
        office=office,
        since=since,
        late_reason=late_reason if since < today else "",
        motion=motion,
        offered_by=offered_by,
        offered_on=today,
    )
    # An event that names its member is listed among the changes shown to that member.
    whom = None if held else member.pk
    events.record("seat.offered", offer, by=by, group=group.pk, member=whom)
    if member.pk != by.pk and not held:
        tell(member, "seat.offered", subject=offer, title=group.name)
    return offer


def possible(group: Group, member: Member, since: date) -> None:
    """Raise ValidationError unless both exist on that day."""
    if not group.is_open(since):
        raise ValidationError({"since": _("The group does not exist on that day.")})
    if since < member.since or (member.until is not None and since >= member.until):
        raise ValidationError({"since": _("This person is not in the program on that day.")})


@transaction.atomic
def accept_seat(
    offer: SeatOffer,
    *,
    by: Member,
    standing: str | None = None,
    agreed_on: date | None = None,
    agreed_how: str = "",
) -> Seat:
    """Accept the seat from the day of the offer or of the acceptance, whichever is later.

    `standing`: one the member has on that day, or UNDISCLOSED; None takes the one they were asked
    in, if they have it, otherwise the one recorded by the agency. `agreed_on`, `agreed_how`: when
    and how a person without a way to sign in accepted, as entered by `by`.
    """
    offer, group = _locked_offer(offer, by)
    with together():
        enforce(rules.answering_offer(offer, by))
        enforce(rules.accepting_offer(offer, by))
    today, theirs = by.agency.today(), offer.member_id == by.pk
    if not theirs:
        check_agreement(agreed_on, agreed_how, today)
        offer.entered_by, offer.agreed_on, offer.agreed_how = by, agreed_on, agreed_how
    since = offer.begins(today if theirs or agreed_on is None else agreed_on)
    possible(group, offer.member, since)
    taken = _taken_as(offer, standing, since, chosen=theirs)
    kept = offer.motion is not None and offer.motion.for_consumers
    if kept and (taken.kind != StandingKind.PRIMARY_CONSUMER or taken.employed_peer):
        raise ValidationError(
            {"standing": _("This seat is kept for people who use services here.")}
        )
    enforce(rules.discreetly(kinds.barred(group, offer.member), offer.member, by))
    _settle(offer, OfferState.ACCEPTED, today)
    return _take(offer, group, taken, since, by)


def check_agreement(agreed_on: date | None, agreed_how: str, today: date) -> None:
    """Raise ValidationError unless both day (not in the future) and manner of consent are given."""
    mistakes = {}
    if agreed_on is None:
        mistakes["agreed_on"] = _("Say on which day they told you.")
    elif agreed_on > today:
        mistakes["agreed_on"] = _("Choose today or a day in the past.")
    if agreed_how not in How.values:
        mistakes["agreed_how"] = _("Say how they told you.")
    if mistakes:
        raise ValidationError(mistakes)


def _taken_as(offer: SeatOffer, standing: str | None, on: date, *, chosen: bool) -> TakenAs:
    held = standings([offer.member], on)[offer.member_id]
    if standing == StandingKind.UNDISCLOSED:
        return TakenAs(StandingKind.UNDISCLOSED)
    wanted = standing or offer.standing
    for taken in held:
        if taken.kind == wanted:
            return taken
    if standing is not None and chosen:
        raise ValidationError(
            {"standing": _("Choose how you take part in the program on this day.")}
        )
    if not held or offer.standing == StandingKind.UNDISCLOSED:
        return TakenAs(StandingKind.UNDISCLOSED)
    return held[0]


def _take(offer: SeatOffer, group: Group, taken: TakenAs, since: date, by: Member) -> Seat:
    """Create the seat; a seat the person already has there ends on that day."""
    held = group.seats.filter(Q(until=None) | Q(until__gt=since), member=offer.member)
    before = held.select_for_update().order_by("since").first()
    until = founding.end_of_seat(offer)
    ending, ends_by = (Ending.TERM if until is not None else ""), None
    if before is not None:
        enforce(rules.leaving_stand_in(before))
        if before.since > since or held.count() > 1:
            raise ValidationError({"since": _("There is a seat in the group on a later day.")})
        taken = TakenAs(StandingKind(before.standing), before.employed_peer)
        until, ending, ends_by = before.until, before.ending, before.ends_by
        before.until, before.ending, before.ends_by = since, Ending.REPLACED, None
        before.save(update_fields=["until", "ending", "ends_by"])
    seat = Seat(
        agency=by.agency,
        group=group,
        member=offer.member,
        standing=taken.kind,
        employed_peer=taken.employed_peer,
        voting=offer.voting,
        office=offer.office,
        since=since,
        until=until,
        ending=ending,
        ends_by=ends_by,
        offer=offer,
    )
    save_within("seat", seat, instead_of=before, ending=Ending.PROGRAM, ends_by=None)
    events.record(
        "seat.filled" if before is None else "seat.changed",
        seat,
        by=by,
        group=group.pk,
        member=offer.member_id,
        replaces=before and before.pk,
    )
    return seat


@transaction.atomic
def decline_seat(offer: SeatOffer, *, by: Member) -> SeatOffer:
    """Decline the offer; nobody asks why."""
    offer, group = _locked_offer(offer, by)
    enforce(rules.answering_offer(offer, by))
    if offer.member_id != by.pk:
        offer.entered_by, offer.agreed_on = by, by.agency.today()
        offer.agreed_how = How.IN_PERSON
    _settle(offer, OfferState.DECLINED, by.agency.today())
    events.record("seat.declined", offer, by=by, group=group.pk, member=offer.member_id)
    return offer


@transaction.atomic
def withdraw_offer(offer: SeatOffer, *, by: Member) -> SeatOffer:
    """Withdraw an offer that nobody has answered."""
    offer, group = _locked_offer(offer, by)
    enforce(rules.withdrawing_offer(offer, by))
    _settle(offer, OfferState.WITHDRAWN, by.agency.today())
    events.record("seat.offer_withdrawn", offer, by=by, group=group.pk, member=offer.member_id)
    return offer


def _locked_offer(offer: SeatOffer, by: Member) -> tuple[SeatOffer, Group]:
    group = locked(offer.group, by)
    offers = SeatOffer.objects.within(by.agency).select_related("member", "motion__decision")
    found = offers.select_for_update(of=("self",)).get(pk=offer.pk)
    found.group, found.member.agency = group, by.agency
    return found, group


def _settle(offer: SeatOffer, state: OfferState, today: date) -> None:
    offer.become(state)
    offer.answered_on = today
    offer.save()
