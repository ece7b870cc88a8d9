"""The only write path for handing on the work of a closing cell or of a person who left."""

from cells.handing_on.actions.bringing_back import bring_back
from cells.handing_on.actions.closing import close_cell
from cells.handing_on.actions.duties import hand_over

__all__ = ["bring_back", "close_cell", "hand_over"]
