"""Small, repeatable jobs: empty the outbox, queue the weekly digests, and send texts."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.away import Away
from accounts.models import EmailLevel
from foundation import tenancy
from foundation.models import Agency
from notifications import actions, gateway
from notifications.actions.texts import with_news
from notifications.models import Email, Message, TextMessage, TextNumber
from notifications.policies import TEXT_CODE

DIGEST_WEEKDAY = 0
WEEK = timedelta(days=7)


@shared_task(name="notifications.empty_outbox")
def empty_outbox(agency_id: int) -> None:
    """Send an agency's due e-mails."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        while actions.send_next(agency):
            pass


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Find agencies with unsent e-mails; this sweep makes sending certain."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        due = Email.objects.across(agencies).due(timezone.now())
        waiting = list(due.values_list("agency_id", flat=True).distinct())
    for agency_id in waiting:
        empty_outbox.delay(agency_id)


@shared_task(name="notifications.post_digests")
def post_digests(agency_id: int) -> None:
    """Queue the digests of one agency, if it is Monday there."""
    agency = Agency.objects.get(pk=agency_id)
    if agency.today().weekday() != DIGEST_WEEKDAY:
        return
    with tenancy.entering(agency):
        actions.post_digests(agency, week=_week(agency), since=timezone.now() - WEEK)


@shared_task(name="notifications.digests")
def digests() -> None:
    """On Mondays, find agencies where somebody who wants a digest has unread news of the week."""
    for agency_id in due_for_digests():
        post_digests.delay(agency_id)


def due_for_digests() -> list[int]:
    """Agencies in which it is Monday, with a digest that is not queued yet."""
    monday = [each for each in Agency.objects.all() if each.today().weekday() == DIGEST_WEEKDAY]
    if not monday:
        return []
    agencies = [each.pk for each in monday]
    with tenancy.across():
        # Wherever it is Monday, it is the same week.
        queued = Email.objects.across(agencies).filter(
            member=OuterRef("member"), reason=f"digest {_week(monday[0])}"
        )
        news = Message.objects.across(agencies).unread().filter(at__gte=timezone.now() - WEEK)
        away = Away.objects.across(agencies).on(monday[0].today()).filter(member=OuterRef("member"))
        wanted = news.filter(~Exists(queued), ~Exists(away), member__email_level=EmailLevel.DIGEST)
        return sorted(wanted.order_by().values_list("agency_id", flat=True).distinct())


def _week(agency: Agency) -> str:
    year, week, _day = agency.today().isocalendar()
    return f"{year}-{week:02}"


@shared_task(name="notifications.send_texts")
def send_texts(agency_id: int) -> None:
    """Queue an agency's texts that are due, and send them."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.forget_unconfirmed(agency)
        actions.post_texts(agency)
        while actions.send_next_text(agency):
            pass


@shared_task(name="notifications.sweep_texts")
def sweep_texts() -> None:
    """Find agencies with news for a phone, texts to send, or codes that ran out."""
    for agency_id in due_for_texts():
        send_texts.delay(agency_id)


def due_for_texts() -> list[int]:
    """Agencies with something to do for texts; none where the installation sends none."""
    if not gateway.is_there():
        return []
    agencies, now = list(Agency.objects.values_list("pk", flat=True)), timezone.now()
    with tenancy.across():
        numbers = TextNumber.objects.across(agencies)
        rows = (
            TextMessage.objects.across(agencies).due(now),
            numbers.asked().filter(asked_at__lte=now - TEXT_CODE.span),
            with_news(numbers, Message.objects.across(agencies).unread()),
        )
        return sorted({key for found in rows for key in found.values_list("agency_id", flat=True)})
