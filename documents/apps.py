from foundation.apps import PortalAppConfig


class DocumentsConfig(PortalAppConfig):
    name = "documents"
