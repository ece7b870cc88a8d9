from foundation.apps import PortalAppConfig


class PortalConfig(PortalAppConfig):
    name = "cqi_portal"
