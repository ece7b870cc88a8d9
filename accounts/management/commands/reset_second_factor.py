"""`manage.py reset_second_factor`: for people who lost both phone and backup codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.actions import note_own
from accounts.changes import SECOND_FACTOR
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take the second factor from somebody who has lost it, after you have made sure by other "
        "means who asks. They set up a new one at the next sign-in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        with transaction.atomic():
            count, _models = Authenticator.objects.filter(user=user).delete()
            if not count:
                raise CommandError(f"{options['email']} has no second factor.")
            note_own(user, SECOND_FACTOR, by_hand=True)
        self.stdout.write(f"{options['email']} sets up a new second factor at the next sign-in.")
