"""Replies to what people said that an indicator of an agency's own can count."""

from django.utils.translation import gettext_lazy as _

from dialogues.themes.models import Theme
from dialogues.told_back.models import Reply
from foundation.models import Agency, TenantQuerySet
from measures.local.counting import Countable, register


def _replies(agency: Agency) -> TenantQuerySet[Reply]:
    return Reply.objects.within(agency).filter(theme__dialogue__group__hidden=False)


register(
    Countable(
        "replies",
        _("Replies to themes"),
        _("A reply"),
        Theme.subject_code,
        _replies,
        on="on",
        known="on",
        key="theme_id",
    )
)
