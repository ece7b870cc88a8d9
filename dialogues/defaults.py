"""What a dialogue begins with, until its people agree on something else."""

from django.utils.translation import gettext_lazy as _

GROUND_RULES = _(
    "We speak for ourselves.\n"
    "We listen until the other person has finished.\n"
    "What is said here stays here. What we learn may be shared, without names.\n"
    "Nobody has to speak. Anyone may take a break.\n"
    "We do not talk about anyone's diagnosis, medication or treatment.\n"
    "What is said here changes nobody's care and nobody's job."
)
