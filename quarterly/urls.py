from django.urls import path

from quarterly import views

app_name = "quarterly"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("begin/", views.begin, name="begin"),
    path("year/<int:year>/", views.year_report, name="year"),
    path("year/<int:year>/report.pdf", views.year_pdf, name="year_pdf"),
    path("<quarterly_account:pk>/", views.account, name="account"),
    path("<quarterly_account:pk>/write/", views.write, name="write"),
    path("<quarterly_account:pk>/ask/", views.ask_consumers, name="ask"),
    path("<quarterly_account:pk>/reply/", views.reply, name="reply"),
    path("<quarterly_account:pk>/poster/", views.poster, name="poster"),
    path("<quarterly_account:pk>/account.pdf", views.pdf, name="pdf"),
]
