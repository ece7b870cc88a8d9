from foundation.apps import PortalAppConfig


class RecoveryConfig(PortalAppConfig):
    name = "recovery"
