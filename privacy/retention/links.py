"""Links from messages and the activity page to the schedule, for administrators."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import Agency, TenantQuerySet
from foundation.wholes import RUN
from privacy.retention import rules
from privacy.retention.models import RetentionRule, RetentionRun, RetentionTurn


def class_page(agency: Agency, code: str) -> str:
    return at(agency, "privacy:kept_class", code=code)


def run_page(run: RetentionRun) -> str:
    return at(run.agency, "privacy:announced", pk=run.pk)


def _rules(reader: Member) -> TenantQuerySet[RetentionRule]:
    rows = RetentionRule.objects.within(reader.agency)
    return rows if rules.keeping_schedule(reader) is None else rows.none()


def _turns(reader: Member) -> TenantQuerySet[RetentionTurn]:
    rows = RetentionTurn.objects.within(reader.agency)
    return rows if rules.keeping_schedule(reader) is None else rows.none()


def _runs(reader: Member) -> TenantQuerySet[RetentionRun]:
    rows = RetentionRun.objects.within(reader.agency)
    return rows if rules.keeping_schedule(reader) is None else rows.none()


def _rule(subject_id: int, reader: Member) -> Link | None:
    rule = _rules(reader).filter(pk=subject_id).first()
    if rule is None:
        return None
    return Link(_("How long something is kept"), class_page(reader.agency, rule.code))


def _turn(subject_id: int, reader: Member) -> Link | None:
    if not _turns(reader).filter(pk=subject_id).exists():
        return None
    return Link(_("The schedule of deletion"), at(reader.agency, "privacy:schedule"))


def _run(subject_id: int, reader: Member) -> Link | None:
    run = _runs(reader).filter(pk=subject_id).first()
    if run is None:
        return None
    if run.code == RUN:
        run.agency = reader.agency
        return Link(_("Records that go as wholes"), run_page(run))
    return Link(_("Runs of the schedule"), at(reader.agency, "privacy:runs"))


links.register("retention_rule", _rule)
links.register("retention_turn", _turn)
links.register("retention_run", _run)
links.register_seen("retention_rule", _rules)
links.register_seen("retention_turn", _turns)
links.register_seen("retention_run", _runs)
