"""From a file of numbers to what it would change: read, checked for people, compared."""

from cells.importing.columns import Columns, filters, guess
from cells.importing.preview import Preview, preview
from cells.importing.reading import Sheet, read

__all__ = ["Columns", "Preview", "Sheet", "filters", "guess", "preview", "read"]
