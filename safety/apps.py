from foundation.apps import PortalAppConfig


class SafetyConfig(PortalAppConfig):
    name = "safety"
