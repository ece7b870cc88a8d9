from foundation.apps import PortalAppConfig


class IndicatorsConfig(PortalAppConfig):
    name = "indicators"
