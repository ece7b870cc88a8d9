"""The names of pages of cells and of measures, by the last part of the name alone."""

from measures import urls

MEASURES = {pattern.name for pattern in urls.urlpatterns}


def page_name(name: str) -> str:
    """`measures:chart` for `chart`, `cells:plan` for `plan`."""
    return f"measures:{name}" if name in MEASURES else f"cells:{name}"


def in_cells(url: str) -> bool:
    """Whether an address is of a cell, of something in one, or of a measure."""
    return not {"cells", "measures"}.isdisjoint(url.split("/"))
