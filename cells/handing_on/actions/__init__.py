"""The only write path for what a closing cell or a person who left hands on."""

from cells.handing_on.actions.bringing_back import bring_back
from cells.handing_on.actions.closing import close_cell
from cells.handing_on.actions.duties import hand_over

__all__ = ["bring_back", "close_cell", "hand_over"]
