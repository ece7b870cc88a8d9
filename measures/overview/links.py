"""Titles and addresses of measures, for those who may know of their owner."""

from accounts.models import Member
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from measures.definitions.models import Measure, MeasureQuerySet
from measures.importing.models import ImportDraft


def _measures(reader: Member) -> MeasureQuerySet:
    return Measure.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def _imports(reader: Member) -> TenantQuerySet[ImportDraft]:
    return ImportDraft.objects.within(reader.agency).filter(measure__in=_measures(reader))


links.register_named(Measure.subject_code, Named("measures:measure", _measures, "name"))
links.register_seen(ImportDraft.subject_code, _imports)
