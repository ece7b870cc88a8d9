from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.db.models import fields
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from foundation import keys

REGISTERING_MODULES = (
    "policies",
    "personal_data",
    "judging",
    "annotations",
    "countables",
    "reactions",
    "links",
    "slots",
    "scheduling",
    "waiting",
    "after_meeting",
    "activity",
    "indicators",
)


class PortalAppConfig(AppConfig):
    """Import the modules through which an app and its domains register with lower apps.

    A domain is a folder of the app, with the same layers as an app.
    """

    default = False

    def __init_subclass__(cls) -> None:
        # Each apps.py imports this class, so tell Django which of the two configs is the default.
        cls.default = True

    def ready(self) -> None:
        for name in REGISTERING_MODULES:
            if self.module is not None and module_has_submodule(self.module, name):
                import_module(f"{self.name}.{name}")
            for file in sorted(Path(self.path).glob(f"*/{name}.py")):
                import_module(f"{self.name}.{file.parent.name}.{name}")


class FoundationConfig(PortalAppConfig):
    name = "foundation"

    def ready(self) -> None:
        # Set it before any form exists: Django reads it whenever it builds a list of choices.
        fields.BLANK_CHOICE_LABEL = _("Choose one")
        # Register the converters before any app's URLs are read: they name rows by codes.
        keys.register_converters()
        super().ready()
        from foundation import own_tables  # noqa: F401 - classes the tables of foundation
