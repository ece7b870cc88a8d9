"""Answers that lead to nobody: how they are kept, and what may be shown of them."""

import uuid
from collections.abc import Iterable, Mapping
from random import SystemRandom
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import TenantModel, TenantQuerySet
from foundation.policies import Limit, Unit, register

# Results of fewer answers than this are shown to nobody.
MINIMUM = register(
    Limit("anonymity.minimum", _("Fewest answers of which a result is shown"), Unit.COUNT, 5)
)


class AnonymousModel(TenantModel):
    """A row that nothing leads from to a person: a random key, no time, no event, no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def enough(answers: int) -> bool:
    """Whether a result over so many answers may be shown."""
    return answers >= MINIMUM.value


def parts_shown(counts: Mapping[str, int]) -> frozenset[str]:
    """The parts of a whole that may be shown apart: all of those with answers, or none.

    One part that is too small hides the others, too: with the whole in sight, the difference
    would show it.
    """
    present = {part: count for part, count in counts.items() if count}
    if present and all(enough(count) for count in present.values()):
        return frozenset(present)
    return frozenset()


def rewrite(
    rows: TenantQuerySet[Any], added: Iterable[AnonymousModel] = (), *, keep_keys: bool = False
) -> int:
    """Write these rows, and those that are added, anew in random order; returns how many.

    Inside one transaction all of them then carry its number (`xmin`) and lie in random places,
    so that neither tells which was written when. Other tables must not point at rows whose keys
    are not kept.
    """
    kept = [*rows, *added]
    rows._raw_delete(rows.db)
    SystemRandom().shuffle(kept)
    for row in kept:
        if not keep_keys:
            row.pk = uuid.uuid4()
        row._state.adding = True
    rows.model.everything.bulk_create(kept)
    return len(kept)


def stir(rows: TenantQuerySet[Any]) -> int:
    """`rewrite` for rows that others point at: each is written again in place, in random order."""
    # Locked in the same order by everyone, so that two who stir never wait for each other.
    locked = rows.select_for_update(no_key=True).order_by("pk")
    keys = list(locked.values_list("pk", flat=True))
    SystemRandom().shuffle(keys)
    for key in keys:
        rows.filter(pk=key).update(agency=models.F("agency"))
    return len(keys)
