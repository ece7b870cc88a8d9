"""Forms about plans."""

from cells.plans.forms.drivers import FinishForm
from cells.plans.forms.plans import middle

__all__ = ["FinishForm", "middle"]
