"""`manage.py found_agency`: create an agency, the first or a further one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import actions
from accounts.letters import sign_in_address

OPTIONS = {
    "slug": "short name in addresses, such as riverside (small letters, digits and -)",
    "name": "name of the agency",
    "timezone": "time zone, such as America/New_York",
    "administrator": "name of the first administrator",
    "email": "e-mail address by which the administrator signs in",
}


class Command(BaseCommand):
    help = "Create an agency and its first administrator, who signs in with a code by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        for option, words in OPTIONS.items():
            parser.add_argument(f"--{option}", required=True, help=words)
        parser.add_argument(
            "--sandbox",
            action="store_true",
            help="for practice, with made-up people only; this can't be changed once it has people",
        )
        parser.add_argument(
            "--part2",
            choices=("yes", "no"),
            help="whether it is a program under 42 CFR Part 2; else its administrators are asked",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        said = {option: str(options[option]).strip() for option in OPTIONS}
        try:
            agency, member = actions.found_agency(
                **said,
                sandbox=options["sandbox"],
                part2={"yes": True, "no": False, None: None}[options["part2"]],
            )
        except ValidationError as error:
            raise CommandError(_line(error)) from None
        self.stdout.write(
            f"{agency.name} is founded. {member.name} signs in at {sign_in_address()} "
            f"with a code that is sent to {said['email']}."
        )
        if not agency.sandbox:
            self.stdout.write(
                "The first steps are on the home page. Before other people can be added, the "
                "agreements are recorded: Settings, Agreements."
            )


def _line(error: ValidationError) -> str:
    """The error, on one line that names the option."""
    names = {"display_name": "administrator"}
    parts = [
        f"--{names.get(field, field)}: {' '.join(messages)}"
        for field, messages in error.message_dict.items()
        # The administrator's name is stored twice, so report it once.
        if not (field == "name" and "display_name" in error.message_dict)
    ]
    return "No agency was founded. " + " ".join(parts)
