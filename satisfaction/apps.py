from foundation.apps import PortalAppConfig


class SatisfactionConfig(PortalAppConfig):
    name = "satisfaction"

    def ready(self) -> None:
        super().ready()
        from satisfaction import codes  # noqa: F401 - says that its digests depend on keys
