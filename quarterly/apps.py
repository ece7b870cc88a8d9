from foundation.apps import PortalAppConfig


class QuarterlyConfig(PortalAppConfig):
    name = "quarterly"
