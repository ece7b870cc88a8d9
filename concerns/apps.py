from foundation.apps import PortalAppConfig


class ConcernsConfig(PortalAppConfig):
    name = "concerns"
