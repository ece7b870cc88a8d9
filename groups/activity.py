"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "agency.zone_changed": _("changed the time zone"),
        "group.opened": _("started a group"),
        "group.changed": _("changed what a group says of itself"),
        "group.joined_cqi": _("let a group take part in CQI from a day on"),
        "group.left_cqi": _("let a group leave CQI from a day on"),
        "group.closed": _("closed a group"),
        "group.closing_taken_back": _("opened a closed group again"),
        "seat.offered": _("offered a person a seat"),
        "seat.declined": _("declined a seat"),
        "seat.offer_withdrawn": _("took the offer of a seat back"),
        "seat.filled": _("filled a seat"),
        "seat.changed": _("changed a person’s place in a group"),
        "seat.ended": _("ended a person’s seat"),
        "seat.confirmed": _("kept a founding member’s seat"),
        "motion.answered": _("answered what was proposed about their seat"),
        "resolution.entered": _("wrote down whom a paper names"),
        "resolution.attested": _("confirmed whom a paper names"),
        "resolution.denied": _("said that a paper was not so"),
        "meeting.planned": _("planned a meeting"),
        "meeting.changed": _("changed a meeting"),
        "meeting.cancelled": _("called a meeting off"),
        "meeting.held": _("said that a meeting was held"),
        "agenda.added": _("put something on an agenda"),
        "agenda.taken_off": _("took something off an agenda"),
        "minutes.recorded": _("wrote the minutes of a meeting"),
        "attendance.recorded": _("wrote down who came"),
        "attendance.corrected": _("corrected who came"),
        "attendance.voided": _("took somebody off the list of who came"),
        "decision.proposed": _("brought a proposal"),
        "decision.asked": _("asked about a proposal"),
        "decision.answered": _("answered a question about a proposal"),
        "decision.looked_at": _("looked at a decision again"),
        "decision.amended": _("reworded a proposal"),
        "decision.adopted": _("closed a proposal: adopted"),
        "decision.not_adopted": _("closed a proposal: not adopted"),
        "decision.waived": _("went on without enough consumers, with a reason"),
        "decision.put_in_writing": _("let a group decide in writing"),
        "decision.recorded": _("wrote down a decision from paper"),
        "decision.attested": _("confirmed a decision that was written down from paper"),
        "decision.taken_back": _("took the record of a decision back"),
        "decision.withdrawn": _("withdrew a proposal"),
        "decision.overtaken": _("noted that something newer has replaced a decision"),
        "position.taken": _("answered a proposal"),
    }
)
