"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "measure.defined": _("defined a measure"),
        "measure.redefined": _("changed what a measure counts"),
        "chart.chosen": _("fitted a chart to a measure"),
        "chart.overridden": _("chose another chart for a measure"),
        "chart.adjusted": _("adjusted the chart of a measure"),
        "chart.restored": _("took back how a chart was adjusted"),
        "measure.retired": _("retired a measure"),
        "datapoint.recorded": _("recorded a result"),
        "import.asked": _("brought in a big file of results"),
        "datapoint.corrected": _("corrected a result"),
        "datapoint.taken_back": _("took a result back"),
        "measure.handed_over": _("handed a measure to another group"),
    }
)
