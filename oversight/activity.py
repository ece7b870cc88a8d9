"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "review.opened": _("opened a review"),
        "review.closed": _("closed a review"),
        "finding.recorded": _("recorded a finding"),
        "recommendation.made": _("made a recommendation"),
        "recommendation.closed": _("closed a recommendation"),
        "recommendation.escalated": _("told the board’s chair of a recommendation"),
        "recommendation.not_done": _("found a recommendation not carried out yet"),
        "committee_step.prepared": _("put something to the oversight committee"),
        "committee_step.dropped": _("noted that the oversight committee did not decide something"),
        "response.reported": _("reported for management that something is carried out"),
        "response.given": _("answered for management"),
        "response.accepted": _("judged an answer satisfactory"),
        "response.returned": _("sent an answer back"),
        "minutes.approved": _("approved minutes of the oversight committee"),
        "minutes.added_to": _("wrote an addendum to minutes of the oversight committee"),
        "pause.reviewed": _("reviewed a pause of access for the committee"),
        "conflict.disclosed": _("disclosed a conflict of interest"),
    }
)
