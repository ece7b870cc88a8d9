from foundation.apps import PortalAppConfig


class EvidenceConfig(PortalAppConfig):
    name = "evidence"
