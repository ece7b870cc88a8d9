"""The only write path for copies of people's data."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from notifications.actions import tell
from privacy.exports import rules
from privacy.exports.collecting import collect
from privacy.exports.models import DataCopy
from privacy.exports.packing import packed
from privacy.exports.policies import COPY_WAITS


@transaction.atomic
def ask(*, by: Member) -> DataCopy:
    """Ask for a copy of what is kept about oneself; a job makes it."""
    Member.objects.within(by.agency).select_for_update(no_key=True).get(pk=by.pk)
    copies = DataCopy.objects.within(by.agency)
    copies.filter(member=by).over(by.agency.today()).delete()
    enforce(rules.asking(by, copies.filter(member=by).first()))
    copy = copies.create(member=by)
    events.record("data_copy.asked", copy, by=by)
    return copy


def make(agency: Agency, pk: int) -> None:
    """Make a copy that was asked for, and tell the person. Nothing is done twice."""
    with transaction.atomic():
        copies = DataCopy.objects.within(agency).unmade().select_for_update(skip_locked=True)
        copy = copies.select_related("member").filter(pk=pk).first()
        if copy is None:
            return
        member, today = copy.member, agency.today()
        member.agency = agency
        with translation.override(member.language):
            content = packed(member, collect(member), today)
        days = COPY_WAITS.value(agency, today)
        copy.finish(content, timezone.now(), today + timedelta(days=days))
        copy.save(update_fields=["content", "ready_at", "expires_on"])
        tell(member, "data_copy.ready", subject=copy, title="")


@transaction.atomic
def delete(copy: DataCopy, *, by: Member) -> None:
    """Delete one's own copy before its time is over."""
    copy = DataCopy.objects.within(by.agency).select_for_update().get(pk=copy.pk)
    enforce(rules.deleting(copy, by))
    events.record("data_copy.deleted", copy, by=by)
    copy.delete()


def forget(agency: Agency) -> None:
    """Delete the copies whose time is over."""
    DataCopy.objects.within(agency).over(agency.today()).delete()
