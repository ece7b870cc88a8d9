"""A tag that shows who may set words aside, before people write."""

from typing import Any

from django import template

from dialogues.policies import SILENCED

register = template.Library()


@register.inclusion_tag("dialogues/silencing/policy.html")
def silencing_policy(*, unfolded: bool = False) -> dict[str, Any]:
    """`unfolded`: shown open, for people who set words aside."""
    return {"open": unfolded, "days": SILENCED.words}
