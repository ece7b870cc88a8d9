from foundation.apps import PortalAppConfig


class AccountsConfig(PortalAppConfig):
    name = "accounts"
