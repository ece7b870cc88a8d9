"""Messages of the inbox, and the e-mails that announce them."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import EmailLevel, Member
from foundation import events, holding, links, subjects
from foundation.anonymity import leave_no_trace
from foundation.models import Agency, TenantModel
from foundation.policies import Text
from notifications import letters, notices
from notifications.models import Email, Message
from notifications.while_away import NUDGES, STILL_SENT, away_among, came_while_away

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
# A repeat within this time of an unread message renews that message.
LATELY = timedelta(hours=1)


def tell(
    member: Member,
    code: str,
    *,
    subject: TenantModel,
    title: str | None = None,
    renews: bool = False,
    **numbers: Any,
) -> Message | None:
    """Leave a message in the member's inbox, and queue an e-mail if they want one each time.

    For somebody who is away, the message waits without an e-mail, with the exceptions that
    `while_away` lists; of a nudge nothing is left.

    Call it inside the action it reports. `numbers` holds ids, codes and numbers only. A caller that
    tells many people passes the subject's title, if it is sure that all of them may read it. With
    `renews`, an unread copy sent within LATELY is brought up to date without another e-mail: use it
    for news that changes often, not for separate acts. Raises LookupError for a code that no app
    has registered a notice for.
    """
    if not notices.known(code):
        raise LookupError(f"no notice is registered for {code}")
    leave_no_trace(f"message {code}")
    away = member.pk in away_among([member])
    if away and code in NUDGES:
        return None
    subject_type = subjects.code_of(subject)
    if title is None:
        with translation.override(member.language):
            link = links.link(subject_type, subject.pk, member)
            title = str(link.title) if link else ""
    told = {"member": member, "code": code, "subject_type": subject_type}
    told |= {"subject_id": subject.pk, "data": numbers}
    messages, now = Message.objects.within(member.agency), timezone.now()
    waiting = messages.unread().filter(**told, at__gt=now - LATELY).order_by("-at")
    renewed = waiting.select_for_update().first() if renews else None
    if renewed is not None:
        renewed.at, renewed.title = now, title[:200]
        renewed.save(update_fields=["at", "title"])
        return renewed
    message = messages.create(**told, title=title[:200])
    if _mailed_at_once(member, code, away=away):
        post(member, reason=f"message {message.pk}", even_away=code in STILL_SENT)
    return message


def _mailed_at_once(member: Member, code: str, *, away: bool) -> bool:
    """Somebody who is away gets no digest, so what is still sent goes at once."""
    if away:
        return code in STILL_SENT and member.email_level != EmailLevel.NONE
    return member.email_level == EmailLevel.EACH


def tell_all(
    news: Sequence[tuple[Member, TenantModel]], code: str, *, title: Text
) -> list[Message]:
    """Tell members of one agency about a subject each, of which all of them may read the title.

    A few queries for all of them. Raises LookupError like `tell`.
    """
    if not news:
        return []
    if not notices.known(code):
        raise LookupError(f"no notice is registered for {code}")
    leave_no_trace(f"message {code}")
    agency = news[0][0].agency
    away = away_among(member for member, _subject in news)
    if code in NUDGES:
        news = [each for each in news if each[0].pk not in away]
    titles = {}
    for language in {member.language for member, _subject in news}:
        with translation.override(language):
            titles[language] = str(title)[:200]
    made = Message.objects.within(agency).bulk_create(
        Message(
            agency=agency,
            member=member,
            code=code,
            subject_type=subjects.code_of(subject),
            subject_id=subject.pk,
            title=titles[member.language],
        )
        for member, subject in news
    )
    still = code in STILL_SENT
    mail = [
        Email(agency=agency, member=each.member, reason=f"message {each.pk}", even_away=still)
        for each in made
        if _mailed_at_once(each.member, code, away=each.member_id in away)
        and _has_mail(each.member)
    ]
    events.record_all("email.posted", Email.objects.within(agency).bulk_create(mail), by=None)
    return made


def _has_mail(member: Member) -> bool:
    return member.user is not None and bool(member.user.email)


def withdraw(
    agency: Agency,
    codes: Collection[str],
    about: Collection[TenantModel],
    *,
    members: Collection[int] | None = None,
) -> set[int]:
    """Take unread messages about these subjects back, with e-mails not yet sent.

    For what is undone right after it was told, or told better in one message. `members`: only
    theirs, by key. Return who had messages taken back and has read none of them. What a legal hold
    covers stays.
    """
    sent = Message.objects.within(agency).filter(
        code__in=list(codes),
        subject_type__in={subjects.code_of(each) for each in about},
        subject_id__in=[each.pk for each in about],
    )
    if members is not None:
        sent = sent.filter(member__in=list(members))
    held = holding.in_force(agency, agency.today())
    rows = [
        row
        for row in sent.unread().select_for_update()
        if not held.keep(people=[row.member_id], day=agency.date_of(row.at))
    ]
    keys = [row.pk for row in rows]
    mail = Email.objects.within(agency).filter(reason__in=[f"message {key}" for key in keys])
    mail.filter(sent_at=None).delete()
    Message.objects.within(agency).filter(pk__in=keys).delete()
    have_read = sent.filter(read_at__isnull=False).values_list("member", flat=True)
    return {row.member_id for row in rows} - set(have_read)


def post(member: Member, *, reason: str, even_away: bool = False) -> None:
    """Queue an e-mail, once per reason; a worker sends it after commit."""
    if not _has_mail(member):
        return
    email, created = Email.objects.within(member.agency).get_or_create(
        agency=member.agency, member=member, reason=reason, defaults={"even_away": even_away}
    )
    if created:
        events.record("email.posted", email, by=None)


@transaction.atomic
def read(message: Message, *, by: Member) -> Message:
    """Mark one of the member's own messages as read."""
    message = Message.objects.within(by.agency).select_for_update().get(pk=message.pk, member=by)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def read_all(*, by: Member) -> int:
    """Mark all of the member's own messages as read; return how many were unread."""
    unread = Message.objects.within(by.agency).unread().filter(member=by)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def read_what_came(*, by: Member) -> int:
    """Mark what came while the member was away as read; return how much of it was unread."""
    return came_while_away(by).update(read_at=timezone.now())


@transaction.atomic
def send_next(agency: Agency) -> bool:
    """Send one due e-mail; return False when none is left that another worker doesn't hold.

    The row is locked while it is sent, and marked in the same transaction. If a worker dies in
    between, the e-mail is sent again under the same Message-ID.
    """
    due = Email.objects.within(agency).due(timezone.now()).select_related("member__user")
    email = due.select_for_update(skip_locked=True, of=("self",)).order_by("try_at").first()
    if email is None:
        return False
    if not email.even_away and away_among([email.member]):
        email.given_up_at = timezone.now()
        email.save(update_fields=["given_up_at"])
        return True
    try:
        letters.send(email)
    except (OSError, SMTPException):
        logger.warning("e-mail %s could not be sent", email.pk, exc_info=True)
        _put_off(email)
    else:
        email.sent_at = timezone.now()
        email.save(update_fields=["sent_at"])
    return True


def post_digests(agency: Agency, *, week: str, since: datetime) -> int:
    """Queue the weekly e-mail for members who want it and have unread news; return how many."""
    news = Message.objects.within(agency).unread().filter(at__gte=since)
    today = agency.today()
    readers = Member.objects.within(agency).on(today).expected(today)
    wanting = readers.filter(email_level=EmailLevel.DIGEST, pk__in=news.values("member"))
    with transaction.atomic():
        for member in wanting.select_related("user"):
            post(member, reason=f"digest {week}")
    return wanting.count()


def _put_off(email: Email) -> None:
    email.attempts += 1
    if email.attempts >= MAX_ATTEMPTS:
        email.given_up_at = timezone.now()
    else:
        email.try_at = timezone.now() + timedelta(minutes=2**email.attempts)
    email.save(update_fields=["attempts", "try_at", "given_up_at"])
