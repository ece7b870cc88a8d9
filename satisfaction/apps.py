from foundation.apps import PortalAppConfig


class SatisfactionConfig(PortalAppConfig):
    name = "satisfaction"
