"""`manage.py due riverside`: what an agency's schedule would take out of use today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation import tenancy
from foundation.models import Agency
from privacy.retention import reading, wording


class Command(BaseCommand):
    help = "Say what an agency's schedule of deletion would take today. It changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("agency", help="the agency's short name in addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(f"There is no agency {options['agency']}.")
        today = agency.today()
        with tenancy.entering(agency):
            on, found = reading.is_on(agency, today), reading.due(today)
            wholes = reading.due_wholes(today)
        self.stdout.write(f"{agency}, {today}: the schedule is {'on' if on else 'off'}.")
        rows = wording.due_rows(found)
        for title, count, when, kept_back in rows:
            self.stdout.write(f"{title}: {count} ({when or 'none'}); kept back: {kept_back}")
        whole_rows = wording.due_rows(wholes)
        if whole_rows:
            self.stdout.write("As wholes, unless something newer needs them:")
        for title, count, when, kept_back in whole_rows:
            self.stdout.write(f"{title}: {count} ({when or 'none'}); kept back: {kept_back}")
        if not (rows or whole_rows):
            self.stdout.write("Nothing is over.")
