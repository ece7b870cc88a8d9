"""Readers of concerns at Riverside, and one concern that two of them have read and answered.

June and Theo read. Their reading codes are made up and known here, unlike any real one, and so is
the code of the concern, so that visitors can open its pages.
"""

from datetime import timedelta

from django.utils import timezone

from concerns import eligible
from concerns.actions import readers, together, writing
from concerns.locking import lock, receipt_keys, unlock
from concerns.models import ConcernSeal, KeyHolder
from concerns.policies import OPEN
from concerns.rules import OpenKey
from devtools.demo.story import Story

READING_CODE = "1234567812345678"
RECEIPT = "CQRNCQRNCQRNCQRN"
_SAID = (
    "After I said in the dialogue that the van is often late, my rides were cut to one a week. "
    "Nobody told me why. I am afraid to say more in the group."
)
_REPLY = (
    "We believe you, and nobody may do this to you. Do you want us to take it to the rights "
    "officer? You can agree with your code."
)


def write(story: Story) -> None:
    story.on(60, _ask, story, "june", "theo", hour=9)
    story.on(59, _ask, story, "theo", "june", hour=9)
    story.on(30, _ask, story, "imani", "june", hour=9)
    for key in ("june", "theo"):
        story.on(58, _begin, story, key, hour=10)
    story.on(12, _send, story, hour=15, alone=True)
    story.on(10, _read, story, hour=16)


def _ask(story: Story, who: str, by: str) -> None:
    trained = story.agency.today() - timedelta(days=7)
    readers.ask_to_read(story[who], trained_on=trained, by=story[by])


def _begin(story: Story, who: str) -> None:
    """Begin, and put a lock with the known code in the place of the real one."""
    holder = _holder(story, who)
    code = readers.begin_reading(holder, by=story[who])
    holder = _holder(story, who)
    private = unlock(code, bytes(holder.locked_key or b""))
    holder.locked_key = lock(READING_CODE, private)
    holder.save(update_fields=["locked_key"])


def _send(story: Story) -> None:
    today = story.agency.today()
    shown = eligible.readers(story.agency, today)
    writing.write(story.agency, keys=receipt_keys(RECEIPT), text=_SAID, to=shown)


def _read(story: Story) -> None:
    """June and Theo read it together, and June replies for both."""
    seals = {}
    for who in ("june", "theo"):
        holder = _holder(story, who)
        private = unlock(READING_CODE, bytes(holder.locked_key or b""))
        key = OpenKey(holder, private, timezone.now() + OPEN.span)
        rows = ConcernSeal.objects.within(story.agency).select_related("holder", "concern")
        seals[who] = rows.get(holder=holder), key
        together.be_present(seals[who][0], key=key, by=story[who])
    seal, key = seals["june"]
    together.reply(seal, text=_REPLY, key=key, by=story["june"])


def _holder(story: Story, who: str) -> KeyHolder:
    holder = eligible.holding(story[who])
    assert holder is not None
    return holder
