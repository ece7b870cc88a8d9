"""`manage.py prove_ledger`: holds every posting against claims, payments and closed books."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compensation.ledger.models import Posting
from compensation.periods.models import PROOF_WORDS
from compensation.proving import actions
from foundation import tenancy
from foundation.models import Agency


class Command(BaseCommand):
    help = (
        "Recompute the ledger of these agencies (of all, if none is named), and say what does not "
        "agree with claims, payments and the files of closed books. Ends with 1 if anything does "
        "not."
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
            raise CommandError(f"{wrong} places do not agree.")

    def _prove(self, agency: Agency) -> int:
        with tenancy.entering(agency):
            found = actions.prove(agency)
            count = Posting.objects.within(agency).count()
        said = "all agree" if not found else f"{len(found)} places do not agree"
        self.stdout.write(f"{agency.slug}: {count} postings, {said}")
        for each in found:
            self.stdout.write(f"  {PROOF_WORDS[each.code]} ({each.code} {each.key})")
        return len(found)
