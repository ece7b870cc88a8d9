from foundation.apps import PortalAppConfig


class PrivacyConfig(PortalAppConfig):
    name = "privacy"
