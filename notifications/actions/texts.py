"""The outbox of texts: which are due follows from unread messages, so none is lost or doubled."""

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.away import Away
from foundation import events
from foundation.models import Agency
from notifications import gateway, letters, notices
from notifications.actions.messages import MAX_ATTEMPTS
from notifications.actions.numbers import stop_number
from notifications.models import (
    Message,
    MessageQuerySet,
    Often,
    Stopped,
    TextKind,
    TextMessage,
    TextNumber,
    TextNumberQuerySet,
    Unsent,
)
from notifications.policies import TEXT_CODE
from notifications.quiet import loud_from
from notifications.topics import Topic
from notifications.while_away import STILL_SENT

logger = logging.getLogger(__name__)

HOUR = timedelta(hours=1)


def with_news(numbers: TextNumberQuerySet, unread: MessageQuerySet) -> TextNumberQuerySet:
    """Numbers whose owners have unread messages, of topics they chose, that no text announced."""
    new = unread.filter(member=OuterRef("member"), at__gt=OuterRef("texted_at"))
    meetings, payments = notices.about(Topic.MEETINGS), notices.about(Topic.PAYMENTS)
    return numbers.live().filter(
        (Q(meetings=True) & Exists(new.filter(code__in=meetings)))
        | (Q(payments=True) & Exists(new.filter(code__in=payments)))
        | (Q(messages=True) & Exists(new.exclude(code__in=[*meetings, *payments])))
    )


def _due(agency: Agency, now: datetime) -> TextNumberQuerySet:
    """The same, of those that have not had their text for this hour or day."""
    midnight = datetime.combine(agency.today(), time(), agency.zone)
    waiting = TextMessage.objects.within(agency).filter(
        number=OuterRef("pk"), kind=TextKind.NEWS, sent_at=None, given_up_at=None
    )
    numbers = TextNumber.objects.within(agency).filter(
        Q(texted_at=F("confirmed_at"))
        | Q(often=Often.HOUR, texted_at__lte=now - HOUR)
        | Q(often=Often.DAY, texted_at__lt=midnight),
        ~Exists(waiting),
    )
    day = TruncDate("at", tzinfo=agency.zone)
    away = Away.objects.within(agency).filter(
        Q(until=None) | Q(until__gt=OuterRef("day")),
        member=OuterRef("member"),
        since__lte=OuterRef("day"),
    )
    # What came while they were away waits in the portal, as it does without an e-mail.
    unread = Message.objects.within(agency).unread().annotate(day=day)
    return with_news(numbers, unread.filter(Q(code__in=STILL_SENT) | ~Exists(away)))


@transaction.atomic
def post_texts(agency: Agency) -> int:
    """Queue one text for each number with news, outside its quiet hours; return how many."""
    now = timezone.now()
    rows = _due(agency, now).select_for_update(no_key=True, skip_locked=True, of=("self",))
    posted = 0
    for number in rows.order_by("pk"):
        if loud_from(now, agency.zone, number.quiet_from, number.quiet_until) > now:
            continue
        TextMessage.objects.within(agency).create(
            member_id=number.member_id, number=number, kind=TextKind.NEWS
        )
        number.texted_at = now
        number.save(update_fields=["texted_at"])
        posted += 1
    return posted


@transaction.atomic
def send_next_text(agency: Agency) -> bool:
    """Send one due text; return False when none is left that another worker doesn't hold.

    The row is locked while it is sent, and marked in the same transaction. If a worker dies in
    between, the text is sent again under the same key.
    """
    now = timezone.now()
    due = TextMessage.objects.within(agency).due(now).select_related("number", "member")
    text = due.select_for_update(skip_locked=True, of=("self",)).order_by("try_at").first()
    if text is None:
        return False
    number = text.number
    if text.kind == TextKind.NEWS:
        loud = loud_from(now, agency.zone, number.quiet_from, number.quiet_until)
        if loud > now:
            text.try_at = loud
            text.save(update_fields=["try_at"])
            return True
    if needless := _needless(text, now):
        _give_up(text, needless)
        return True
    try:
        gateway.gateway().send(key=str(text.key), to=number.number, text=letters.text(text))
    except gateway.UnreachableError:
        _give_up(text, Unsent.NUMBER)
        stop_number(number, Stopped.UNREACHABLE)
    except gateway.StoppedError:
        _give_up(text, Unsent.NUMBER)
        stop_number(number, Stopped.REPLY)
    except OSError:
        logger.warning("text %s could not be sent", text.pk, exc_info=True)
        _put_off(text)
    else:
        text.sent_at = timezone.now()
        text.save(update_fields=["sent_at"])
        events.record("text.sent", text, by=None)
    return True


def _needless(text: TextMessage, now: datetime) -> Unsent | None:
    """Why a text that is due should not be sent after all."""
    if not text.number.number:
        return Unsent.NUMBER
    if text.kind == TextKind.CODE:
        too_late = text.number.asked_at <= now - TEXT_CODE.span
        return Unsent.NEEDLESS if too_late else None
    unread = Message.objects.within(text.agency).unread().filter(member=text.member_id)
    return None if unread.exists() else Unsent.NEEDLESS


def _give_up(text: TextMessage, why: Unsent) -> None:
    text.given_up_at, text.given_up_why = timezone.now(), why
    text.save(update_fields=["given_up_at", "given_up_why", "attempts"])


def _put_off(text: TextMessage) -> None:
    text.attempts += 1
    if text.attempts >= MAX_ATTEMPTS:
        _give_up(text, Unsent.TRIES)
        return
    text.try_at = timezone.now() + timedelta(minutes=2**text.attempts)
    text.save(update_fields=["attempts", "try_at"])
