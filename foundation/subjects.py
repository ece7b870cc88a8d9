"""Codes that events, messages, decisions, evidence and addresses use for their subjects.

Each such model has a code of its own (`subject_code`), such as `measure`. The code is stored and
stays the same when the model is renamed or moves to another app. All codes are in the manifest
(`docs/codes.toml`).
"""

from django.apps import apps
from django.db.models import Model

from foundation.models import TenantModel


def code_of(subject: TenantModel | type[TenantModel]) -> str:
    """The code of this row's model (or of this model); LookupError if it has none."""
    code = subject.subject_code
    if not code:
        raise LookupError(f"{subject._meta.label} has no code to speak of it by")
    return code


def models() -> dict[str, type[Model]]:
    """All models that can be a subject, by code; ValueError if two share one."""
    found: dict[str, type[Model]] = {}
    for model in apps.get_models():
        code = getattr(model, "subject_code", "")
        if code and found.setdefault(code, model) is not model:
            raise ValueError(f"{model._meta.label} and {found[code]._meta.label} are both {code}")
    return found
