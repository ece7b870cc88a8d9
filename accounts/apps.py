from foundation.apps import PortalAppConfig


class AccountsConfig(PortalAppConfig):
    name = "accounts"

    def ready(self) -> None:
        super().ready()
        from accounts import limits, own_ways, second_factor  # noqa: F401 - listen to allauth's signals

        limits.install()
