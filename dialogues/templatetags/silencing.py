"""Who may set words aside, shown before one writes."""

from typing import Any

from django import template

from dialogues.policies import SILENCED

register = template.Library()


@register.inclusion_tag("dialogues/silencing/policy.html")
def silencing_policy(*, unfolded: bool = False) -> dict[str, Any]:
    """`unfolded`: for those who set aside, so that they have it in sight."""
    return {"open": unfolded, "days": SILENCED.words}
