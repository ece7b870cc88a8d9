from django.urls import URLPattern, URLResolver, path

from accounts.views import activity, capacities, changes, inviting, leaving, pauses, people, profile

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/enter/", people.enter, name="enter"),
    path("people/<member:pk>/", people.member_page, name="member"),
    path("people/<member:pk>/edit/", people.edit, name="edit"),
    path("people/<member:pk>/standing/", capacities.write_standing, name="write_standing"),
    path("people/<member:pk>/role/", capacities.grant_role, name="grant_role"),
    path("people/<member:pk>/invite/", inviting.invite, name="invite"),
    path("people/<member:pk>/leave/", leaving.end_membership, name="end_membership"),
    path("people/<member:pk>/erase/", leaving.erase, name="erase"),
    path("people/<member:pk>/pause/", pauses.pause_access, name="pause_access"),
    path("pauses/", pauses.all_pauses, name="pauses"),
    path("pauses/<pause:pk>/", pauses.pause, name="pause"),
    path("pauses/<pause:pk>/letter/", pauses.letter, name="pause_letter"),
    path("pauses/<pause:pk>/end/", pauses.resume_access, name="resume_access"),
    path("standings/<standing:pk>/end/", capacities.end_standing, name="end_standing"),
    path("roles/<rolegrant:pk>/end/", capacities.end_role, name="end_role"),
    path("invitations/<invitation:pk>/letter/", inviting.letter, name="letter"),
    path("invitations/<invitation:pk>/revoke/", inviting.revoke, name="revoke"),
    path("me/", profile.me, name="me"),
    path("me/edit/", profile.edit_me, name="edit_me"),
    path("me/standing/", profile.my_standing, name="my_standing"),
    path("me/consents/", profile.my_consents, name="my_consents"),
    path("me/consents/<consent:pk>/take-back/", profile.take_back, name="take_back"),
    path("me/looked/", profile.who_looked, name="who_looked"),
    path("me/changes/", changes.changes, name="changes"),
    path("me/changes/<event:pk>/not-me/", changes.not_me, name="not_me"),
    path("welcome/", profile.welcome, name="welcome"),
    path("activity/", activity.activity, name="activity"),
    path("activity.csv", activity.activity_csv, name="activity_csv"),
    path("activity/<event:pk>/", activity.subject, name="activity_subject"),
]
