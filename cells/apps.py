from foundation.apps import PortalAppConfig


class CellsConfig(PortalAppConfig):
    name = "cells"
