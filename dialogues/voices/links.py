"""Links to one's own words."""

from django.db.models import CharField, Value
from django.utils.translation import gettext, gettext_lazy

from accounts import former
from accounts.models import Member
from dialogues.voices.models import Contribution
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet

former.register(
    "dialogues:my_words",
    gettext_lazy("What I said"),
    gettext_lazy("Your words, and what came of them."),
    "dialogues:appeal",
)


def _words() -> str:
    return gettext("What you said")


def _own_words(reader: Member) -> TenantQuerySet[Contribution]:
    return Contribution.objects.within(reader.agency).filter(author=reader)


links.register_named(
    "contribution",
    Named("dialogues:appeal", _own_words, Value("", output_field=CharField()), lambda _: _words()),
)
# Words to the whole program are known to their author; their readers see no event.
links.register_seen(
    "contribution",
    lambda reader: Contribution.objects.within(reader.agency).filter(author=reader),
)
