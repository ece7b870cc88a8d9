"""From a file of numbers to what it would change: read, checked for people, compared."""

from cells.importing.columns import Columns, filters, guess, names
from cells.importing.preview import Parsed, Preview, Tell, preview
from cells.importing.reading import Sheet, read

__all__ = [
    "Columns",
    "Parsed",
    "Preview",
    "Sheet",
    "Tell",
    "filters",
    "guess",
    "names",
    "preview",
    "read",
]
