"""What a reader sees of a concern: why not yet, or its words and what can be done."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from accounts.models import Member
from concerns import rules
from concerns.actions import together
from concerns.actions.together import OpenedMessage
from concerns.models import ConcernPresence, ConcernSeal, KeyHolder, TakenOn, TakenTo
from concerns.rules import OpenKey


class Sight(StrEnum):
    """How far a reader is from reading."""

    NO_CODE = "no_code"
    LOST = "lost"
    NOT_THERE = "not_there"
    ALONE = "alone"
    READS = "reads"


@dataclass(frozen=True)
class ConcernPage:
    """One concern as its reader sees it now; without a second reader, no words."""

    sight: Sight
    messages: list[OpenedMessage] = field(default_factory=list)
    taken: TakenOn | None = None
    may_answer: bool = False
    may_take_on: bool = False
    may_hear_back: bool = False
    may_hand_in: bool = False
    lacking: list[KeyHolder] = field(default_factory=list)


def page_of_concern(seal: ConcernSeal, key: OpenKey | None, reader: Member) -> ConcernPage:
    sight = sight_of(seal, key, reader)
    if sight is not Sight.READS or key is None:
        return ConcernPage(sight)
    concern = seal.concern
    taken = TakenOn.objects.within(reader.agency).filter(concern=concern).first()
    return ConcernPage(
        sight,
        messages=together.opened(seal, key=key, by=reader),
        taken=taken,
        may_answer=rules.answering(concern) is None,
        may_take_on=any(
            rules.taking_on(concern, to, taken=taken is not None) is None for to in TakenTo
        ),
        may_hear_back=rules.hearing_back(taken) is None,
        may_hand_in=rules.handing_in(concern) is None,
        lacking=together.lacking(seal, key=key, by=reader),
    )


def sight_of(seal: ConcernSeal, key: OpenKey | None, reader: Member) -> Sight:
    now = timezone.now()
    if rules.reading(seal, key, reader, now) is None:
        return Sight.READS
    if seal.envelope is None:
        return Sight.LOST
    if key is None:
        return Sight.NO_CODE
    there = ConcernPresence.objects.within(reader.agency).at(now).filter(concern=seal.concern_id)
    return Sight.ALONE if there.filter(holder=seal.holder_id).exists() else Sight.NOT_THERE
