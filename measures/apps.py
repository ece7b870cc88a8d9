from foundation.apps import PortalAppConfig


class MeasuresConfig(PortalAppConfig):
    name = "measures"
