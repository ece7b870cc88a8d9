from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.db.models import fields
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from foundation import keys

REGISTERING_MODULES = (
    "policies",
    "judging",
    "annotations",
    "reactions",
    "links",
    "slots",
    "waiting",
    "activity",
    "indicators",
)


class PortalAppConfig(AppConfig):
    """Imports the modules through which an app, and each domain of it, answers lower apps.

    A domain is a folder of the app that is laid out by layer as an app is.
    """

    default = False

    def __init_subclass__(cls) -> None:
        # Imported into each apps.py, this class must not make Django doubt which one is meant.
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
        # What Django reads whenever a list to choose from is made: before any form is.
        fields.BLANK_CHOICE_LABEL = _("Choose one")
        # Addresses name rows by codes of their keys: before any app's addresses are read.
        keys.register_converters()
        super().ready()
