from django.urls import path

from groups.views import decisions, deliberation, groups, meetings, people

app_name = "groups"
urlpatterns = [
    path("", groups.list_groups, name="list"),
    path("add/", groups.add_group, name="add"),
    path("calendar/", groups.calendar, name="calendar"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/edit/", groups.edit_group, name="edit"),
    path("<int:pk>/close/", groups.close_group, name="close"),
    path("<int:pk>/people/", people.people, name="people"),
    path("<int:pk>/people/add/", people.add_seat, name="add_seat"),
    path("<int:pk>/consent/", people.consent, name="consent"),
    path("seats/<int:pk>/", people.change_seat, name="change_seat"),
    path("seats/<int:pk>/end/", people.end_seat, name="end_seat"),
    path("<int:pk>/meetings/", meetings.meetings, name="meetings"),
    path("<int:pk>/meetings/plan/", meetings.plan_meeting, name="plan_meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.change_meeting, name="change_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:pk>/attendance/", meetings.record_attendance, name="attendance"),
    path("meetings/<int:pk>/minutes/", meetings.record_minutes, name="minutes"),
    path("meetings/<int:pk>/print/", meetings.print_meeting, name="print_meeting"),
    path("meetings/<int:pk>/calendar.ics", meetings.meeting_file, name="meeting_file"),
    path("<int:pk>/decisions/", decisions.decisions, name="decisions"),
    path("<int:pk>/decisions/propose/", decisions.propose, name="propose"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/ask/", deliberation.ask, name="ask"),
    path("questions/<int:pk>/", deliberation.answer, name="answer"),
    path("decisions/<int:pk>/again/", deliberation.look_again, name="look_again"),
    path("decisions/<int:pk>/amend/", decisions.amend, name="amend"),
    path("decisions/<int:pk>/enter/", decisions.enter_position, name="enter_position"),
    path("decisions/<int:pk>/close/", decisions.close_decision, name="close_decision"),
    path("decisions/<int:pk>/waive/", decisions.waive, name="waive"),
    path("decisions/<int:pk>/withdraw/", decisions.withdraw, name="withdraw"),
]
