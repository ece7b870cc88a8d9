from foundation.apps import PortalAppConfig


class StartersConfig(PortalAppConfig):
    name = "starters"
