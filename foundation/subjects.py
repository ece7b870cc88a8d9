"""What events, messages, decisions, evidence and addresses call the thing that they speak of.

A model of which they speak has a code of its own (`subject_code`), such as `measure`: it is stored
with each of them, and stays when the model goes by another name or lives in another app. All codes
stand in the manifest (`docs/codes.toml`).
"""

from django.apps import apps
from django.db.models import Model

from foundation.models import TenantModel


def code_of(subject: TenantModel | type[TenantModel]) -> str:
    """The code of this row's model (or of this model); raises LookupError where it has none."""
    code = subject.subject_code
    if not code:
        raise LookupError(f"{subject._meta.label} has no code to speak of it by")
    return code


def models() -> dict[str, type[Model]]:
    """By code, all models of which events, messages and others may speak.

    Raises ValueError where two have the same one.
    """
    found: dict[str, type[Model]] = {}
    for model in apps.get_models():
        code = getattr(model, "subject_code", "")
        if code and found.setdefault(code, model) is not model:
            raise ValueError(f"{model._meta.label} and {found[code]._meta.label} are both {code}")
    return found
