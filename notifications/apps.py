from foundation.apps import PortalAppConfig


class NotificationsConfig(PortalAppConfig):
    name = "notifications"
