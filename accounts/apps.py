from foundation.apps import PortalAppConfig


class AccountsConfig(PortalAppConfig):
    name = "accounts"

    def ready(self) -> None:
        super().ready()
        from accounts import limits, second_factor  # noqa: F401 - listens to allauth's signals

        limits.install()
