"""`manage.py prove_record`: reads every sealed row again, and names what does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import actions, words
from evidence.checking import FINDING_WORDS, NotWhole
from evidence.covered import KINDS
from evidence.models import SealedRecord
from evidence.reading import newest
from foundation import tenancy
from foundation.models import Agency


class Command(BaseCommand):
    help = (
        "Read every sealed record of these agencies again (of all, if none is named), and name "
        "what was changed, left out or added, the earliest first. Prints the words of the last "
        "seal, to compare with those on paper. Ends with 1 if anything does not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("agencies", nargs="*", metavar="agency", help="as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["agencies"]
        agencies = list(Agency.objects.order_by("slug"))
        if unknown := {*wanted} - {each.slug for each in agencies}:
            raise CommandError(f"There is no agency {', '.join(sorted(unknown))}.")
        wrong = 0
        for agency in agencies:
            if not wanted or agency.slug in wanted:
                wrong += self._prove(agency)
        if wrong:
            raise CommandError(f"{wrong} places do not fit.")

    def _prove(self, agency: Agency) -> int:
        with tenancy.entering(agency):
            found = actions.prove(agency)
            count = SealedRecord.objects.within(agency).count()
            head = newest(agency)
        said = "all fit" if not found else f"{len(found)} places do not fit"
        self.stdout.write(f"{agency.slug}: {count} records, {said}")
        if head is not None:
            self.stdout.write(f"  Sealed up to {head.day}: {' '.join(words.words_of(head.digest))}")
        for each in found:
            self.stdout.write(f"  {self._told(each)}")
        return len(found)

    def _told(self, each: NotWhole) -> str:
        kind = KINDS.get(each.kind)
        parts = [str(each.day), str(kind.title) if kind is not None else each.kind]
        if each.number is not None:
            parts.append(f"no. {each.number}")
        if each.row is not None:
            parts.append(f"(key {each.row})")
        return f"{' '.join(part for part in parts if part)}: {FINDING_WORDS[each.code]}"
