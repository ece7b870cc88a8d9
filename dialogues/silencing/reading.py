"""Which words are readable, which are set aside, and what is said about that."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Member
from dialogues.dialogue.models import FACILITATING_OFFICES, Dialogue
from dialogues.sessions.models import SessionSide
from dialogues.silencing.models import Appeal, AppealOutcome, AppealVote, Silencing
from dialogues.voices.models import Contribution, UnheardQuerySet, UnheardVoiceQuerySet, Voice
from foundation.models import Agency
from groups.models import GroupKind, Seat


def readable[Rows: (UnheardQuerySet, UnheardVoiceQuerySet)](rows: Rows, on: date) -> Rows:
    """Filter words to those readable on that day; nobody reads what is set aside."""
    assert rows.agency is not None, "readable() is asked within(agency)"
    field = str(rows.model._meta.model_name)
    hiding = Silencing.objects.within(rows.agency).hiding(on).filter(**{field: OuterRef("pk")})
    return rows.due(on).exclude(Exists(hiding))


@dataclass(frozen=True)
class ToldSilencing:
    """What an author is told: why, since when, and what they can do."""

    silencing: Silencing
    hides: bool
    undecided: bool
    appeal: Appeal | None
    may_appeal: bool


def told(words: Contribution | Voice, on: date) -> list[ToldSilencing]:
    """What was done about a person's words, for that person, latest first."""
    rows = Silencing.objects.within(words.agency).select_related("appeal")
    field = "voice" if isinstance(words, Voice) else "contribution"
    mine = rows.filter(**{field: words})
    hiding = set(mine.hiding(on).values_list("pk", flat=True))
    found = []
    for row in mine.order_by("-on", "pk"):
        appeal = getattr(row, "appeal", None)
        hides = row.pk in hiding
        waits = row.agreed_on is None and row.ended_on is None and not hides
        undecided = waits and row.until is not None and row.until > on and not row.alone
        found.append(ToldSilencing(row, hides, undecided, appeal, hides and appeal is None))
    return found


def sides(dialogue: Dialogue | None, agency: Agency, on: date) -> dict[int, SessionSide]:
    """By member, the side they decide for; one query.

    Those who lead the dialogue. If a side has nobody there, its people on the committee or in other
    dialogues stand in.
    """
    held = (
        Seat.objects.within(agency)
        .on(on)
        .filter(
            Q(group__kind=GroupKind.COMMITTEE)
            | Q(group__kind=GroupKind.DIALOGUE, office__in=FACILITATING_OFFICES)
        )
    )
    here: dict[int, SessionSide] = {}
    elsewhere: dict[int, set[SessionSide]] = {}
    for seat in held.order_by("since", "pk"):
        side = side_of(seat)
        if side is None:
            continue
        if dialogue is not None and seat.group_id == dialogue.group_id:
            here[seat.member_id] = side
        else:
            elsewhere.setdefault(seat.member_id, set()).add(side)
    missing = {SessionSide.CONSUMER, SessionSide.PROVIDER} - set(here.values())
    for member, able in elsewhere.items():
        if member not in here and (fits := able & missing):
            here[member] = min(fits)
    return here


def side_of(seat: Seat) -> SessionSide | None:
    """The side of a seat; employed peers represent neither."""
    if seat.is_consumer:
        return SessionSide.CONSUMER
    return SessionSide.PROVIDER if seat.standing == "provider" else None


def deciders(appeal: Appeal, on: date) -> set[int]:
    """The consumer members of the committee who were not involved and did not say the words."""
    silencing = appeal.silencing
    seats = Seat.objects.within(appeal.agency).on(on).of_consumers()
    members = seats.filter(group__kind=GroupKind.COMMITTEE).values_list("member_id", flat=True)
    author = silencing.contribution.author_id if silencing.contribution else None
    return set(members) - {silencing.asked_by_id, silencing.agreed_by_id, author}


@dataclass(frozen=True)
class AppealToDecide:
    """An appeal, and whether the reader wants the words restored; None before they answer."""

    appeal: Appeal
    back: bool | None


def appeals_for(member: Member) -> list[AppealToDecide]:
    """Appeals that this member helps decide."""
    agency, today = member.agency, member.agency.today()
    rows = Appeal.objects.within(agency).filter(outcome=AppealOutcome.OPEN, until__gt=today)
    rows = rows.select_related("silencing__contribution", "silencing__voice")
    votes = AppealVote.objects.within(agency).filter(member=member, appeal=OuterRef("pk"))
    return [
        AppealToDecide(row, row.back)
        for row in rows.annotate(back=Subquery(votes.values("back"))).order_by("until", "pk")
        if member.pk in deciders(row, today)
    ]


def for_the_other_side(member: Member, on: date) -> list[Silencing]:
    """Requests awaiting this member's yes or no."""
    rows = Silencing.objects.within(member.agency).undecided(on).exclude(asked_by=member)
    rows = rows.select_related("contribution", "voice", "dialogue__group").order_by("until", "pk")
    known: dict[int | None, dict[int, SessionSide]] = {}
    found = []
    for row in rows:
        if row.dialogue_id not in known:
            known[row.dialogue_id] = sides(row.dialogue, member.agency, on)
        side = known[row.dialogue_id].get(member.pk)
        if side is not None and side != row.asked_side:
            found.append(row)
    return found


def counts(agency: Agency, since: date) -> Counter[tuple[str, str]]:
    """How often each reason was given, and with which outcome."""
    rows = Silencing.objects.within(agency).filter(on__gte=since).select_related("appeal")
    return Counter((row.code, outcome(row, agency.today())) for row in rows)


def outcome(row: Silencing, on: date) -> str:
    """The outcome as a code: set_aside, asked, back, or how it ended."""
    appeal = getattr(row, "appeal", None)
    if appeal is not None and (
        appeal.outcome == AppealOutcome.BACK
        or (appeal.outcome == AppealOutcome.OPEN and appeal.until <= on)
    ):
        return "back"
    if row.ended_how:
        return row.ended_how
    if row.agreed_on is not None or row.code == "spam":
        return "set_aside"
    if row.until is not None and row.until <= on:
        return "expired" if row.alone else "lapsed"
    return "masked" if row.alone else "asked"
