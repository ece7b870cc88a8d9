from foundation.apps import PortalAppConfig


class RecoveryConfig(PortalAppConfig):
    name = "recovery"

    def ready(self) -> None:
        super().ready()
        from recovery.moving import invitations as _invitations  # noqa: F401 - it registers itself
