from foundation.apps import PortalAppConfig


class OversightConfig(PortalAppConfig):
    name = "oversight"
