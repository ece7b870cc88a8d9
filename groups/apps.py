from foundation.apps import PortalAppConfig


class GroupsConfig(PortalAppConfig):
    name = "groups"
