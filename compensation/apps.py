from foundation.apps import PortalAppConfig


class CompensationConfig(PortalAppConfig):
    name = "compensation"
