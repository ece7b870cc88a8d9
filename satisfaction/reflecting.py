"""What somebody sees of the consumers' reflections, and what they can do about one."""

from dataclasses import dataclass

from accounts.models import Member
from foundation.refusals import Refusal
from satisfaction import rules
from satisfaction.models import Reflection, ReflectionVoice
from satisfaction.participants import few_consumers


@dataclass(frozen=True)
class ReflectionInWork:
    """For one of the consumers: what is written and not released, and how far it is."""

    reflection: Reflection | None
    agree: int = 0
    of: int = 0
    mine: bool | None = None
    """Whether the reader agrees; None if they have not said so."""
    refusal: Refusal | None = None
    """Why it can't be released yet."""

    @property
    def may_release(self) -> bool:
        return self.reflection is not None and self.refusal is None


def in_work(reader: Member) -> ReflectionInWork | None:
    """None for everybody but the consumers who may write one."""
    agency = reader.agency
    consumers = few_consumers(agency, agency.today())
    if rules.reflecting(reader, consumers) is not None:
        return None
    reflection = Reflection.objects.within(agency).unreleased().first()
    if reflection is None:
        return ReflectionInWork(None, of=len(consumers))
    rows = ReflectionVoice.objects.within(agency).filter(reflection=reflection)
    voices = dict(rows.values_list("member_id", "agrees"))
    return ReflectionInWork(
        reflection,
        agree=sum(agrees for member, agrees in voices.items() if member in consumers),
        of=len(consumers),
        mine=voices.get(reader.pk),
        refusal=rules.releasing(reflection, reader, consumers, voices),
    )
