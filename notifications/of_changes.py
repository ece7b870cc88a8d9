"""Notices of changes to a person's profile, roles and sign-in, sent to two people.

No administrator changes people unseen: the person is told, and so is a second administrator who did
not make the change.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.away import away_on
from accounts.models import Member, Pause
from accounts.permissions import Permission
from foundation import prepared
from foundation.models import Agency, Event
from notifications import notices
from notifications.actions import post, tell, tell_all

# Event name to message kind.
CHANGES = {
    "role.granted": "role",
    "role.ended": "role",
    "standing.written": "standing",
    "standing.ended": "standing",
    "way.changed": "way",
    "member.changed": "profile",
    "member.left": "leaving",
    "member.leave_taken_back": "staying",
    "member.returned": "returning",
    "member.erased": "erasing",
}

notices.register("change.role", _("Your roles here were changed. Please check that it is right."))
notices.register(
    "change.standing", _("How you take part was written down anew. Please check that it is right.")
)
notices.register("change.way", _("How you sign in was changed. Please check that it is right."))
notices.register(
    "change.profile", _("What is written about you was changed. Please check that it is right.")
)
notices.register("change.leaving", _("Your time in the program was ended."))
notices.register(
    "change_of.profile", _("What is written about %(title)s was changed. Please look at it.")
)
notices.register(
    "change_of.leaving", _("The time of %(title)s in the program was ended. Please look at it.")
)
notices.register("change.staying", _("You do not leave the program: that was taken back."))
notices.register("change.returning", _("You take part in the program again."))
notices.register(
    "change_of.staying", _("That %(title)s leaves the program was taken back. Please look at it.")
)
notices.register("change_of.returning", _("%(title)s takes part again. Please look at it."))
notices.register("change_of.erasing", _("The information about a person was erased."))
notices.register("change_of.role", _("The roles of %(title)s were changed."))
notices.register("change_of.standing", _("What is written about how %(title)s takes part changed."))
notices.register("change_of.way", _("How %(title)s signs in was changed."))
notices.register(
    "change_of_many.role",
    _("%(title)s gave several people roles at once. Please look at it under Activity."),
)
notices.register(
    "change_of_many.way",
    _("%(title)s invited several people at once, or took invitations back. Please look at it."),
)
notices.register("access.paused", _("Your access was paused for some days."))
notices.register("access.prolonged", _("The pause of your access was made longer."))
notices.register("access.resumed", _("Your access is open again. The pause was ended early."))
notices.register("access_of.paused", _("The access of %(title)s was paused. Please look at it."))
notices.register("access_of.prolonged", _("The pause of access of %(title)s was made longer."))
notices.register("access_of.resumed", _("The pause of access of %(title)s was ended early."))
notices.register("way.denied", _("%(title)s says that a change was not theirs. Please ask them."))


def second_administrator(agency: Agency, *but: int | None) -> Member | None:
    """Find somebody else who may manage people and can sign in; who is away comes last."""
    stand_ins = {prepared.AGENCY: "agency", prepared.DAY: "day"}
    found = prepared.prepared("notifications.administrators", _administrators, stand_ins).models(
        {"agency": agency.pk, "day": agency.today()}
    )
    other: Member | None = next((each for each in found if each.pk not in but), None)
    if other is not None:
        other.agency = agency
    return other


def _administrators() -> QuerySet[Member]:
    members = Member.objects.within(prepared.agency()).on(prepared.DAY).filter(user__isnull=False)
    here = members.not_paused(prepared.DAY).with_permission(Permission.MANAGE_PEOPLE, prepared.DAY)
    away = away_on(prepared.agency(), prepared.DAY).filter(member=OuterRef("pk"))
    return here.order_by(Exists(away), "pk")


def tell_of_changes(made: Sequence[Event]) -> None:
    """Tell of one change, or of the same change to many people at once.

    Of many, the second administrator gets one message that names who did it.
    """
    if len(made) == 1:
        return tell_of_change(made[0])
    agency, actor, kind = made[0].agency, made[0].actor, CHANGES[made[0].name]
    keys = {event.data["member"] for event in made}
    people = Member.objects.within(agency).select_related("user").in_bulk(keys)
    for person in people.values():
        person.agency = agency
    told = [(people[event.data["member"]], event) for event in made]
    others = [(person, event) for person, event in told if event.actor_id != person.pk]
    tell_all([each for each in others if each[0].erased_at is None], f"change.{kind}", title="")
    other = second_administrator(agency, actor.pk if actor else None)
    if other is not None and actor is not None and other.pk not in keys:
        tell(other, f"change_of_many.{kind}", subject=actor, title=str(actor), count=len(keys))
    return None


def tell_of_change(event: Event) -> None:
    """Tell the person, and an administrator who did not make the change.

    Changes people make to their own standing or profile are reported to nobody. Nobody can tell a
    person whose data was erased.
    """
    kind = CHANGES[event.name]
    person = Member.objects.within(event.agency).select_related("user").get(pk=event.data["member"])
    person.agency = event.agency
    own = event.actor_id == person.pk
    if own and kind in ("standing", "profile"):
        return
    if (kind == "way" or not own) and person.erased_at is None:
        tell(person, f"change.{kind}", subject=event, title="")
    other = second_administrator(event.agency, event.actor_id, person.pk)
    if other is not None:
        tell(other, f"change_of.{kind}", subject=person, title=str(person))


def tell_of_pause(event: Event) -> None:
    """Tell the person, by e-mail whatever their settings, and an uninvolved administrator.

    Upper apps tell the consumer who leads the committee.
    """
    pause = Pause.objects.within(event.agency).get(pk=event.subject_id)
    person = Member.objects.within(event.agency).select_related("user").get(pk=event.data["member"])
    person.agency = event.agency
    tell(person, event.name, subject=pause, title="")
    post(person, reason=f"{event.name} {event.pk}", even_away=True)
    other = second_administrator(event.agency, event.actor_id, person.pk)
    if other is not None:
        tell_another_of_pause(event, other, person)


def tell_another_of_pause(event: Event, other: Member, person: Member) -> None:
    """Tell a second person about a pause, without the reason or anybody's role."""
    pause = Pause.objects.within(event.agency).get(pk=event.subject_id)
    tell(other, event.name.replace("access", "access_of"), subject=pause, title=str(person))


def tell_of_denial(event: Event) -> None:
    """Tell all administrators, including the one who made the change."""
    person = Member.objects.within(event.agency).get(pk=event.subject_id)
    today = event.agency.today()
    members = Member.objects.within(event.agency).on(today).exclude(pk=person.pk)
    for each in members.with_permission(Permission.MANAGE_PEOPLE, today).select_related("user"):
        each.agency = event.agency
        tell(each, "way.denied", subject=person, title=str(person))
