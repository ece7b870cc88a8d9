"""Names of pages of cells and measures, by their last part alone."""

from measures import urls

MEASURES = {pattern.name for pattern in urls.urlpatterns}


def page_name(name: str) -> str:
    """`measures:chart` for `chart`, `cells:plan` for `plan`."""
    return f"measures:{name}" if name in MEASURES else f"cells:{name}"


def in_cells(url: str) -> bool:
    """Whether an address belongs to a cell, to something in one, or to a measure."""
    return not {"cells", "measures"}.isdisjoint(url.split("/"))
