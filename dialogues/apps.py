from foundation.apps import PortalAppConfig


class DialoguesConfig(PortalAppConfig):
    name = "dialogues"
