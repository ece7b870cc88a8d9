from django.urls import path, register_converter

from quarterly import views


class YearConverter:
    """A year of four digits; nothing else in an address is a number."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "year")

app_name = "quarterly"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("begin/", views.begin, name="begin"),
    path("year/<year:year>/", views.year_report, name="year"),
    path("year/<year:year>/report.pdf", views.year_pdf, name="year_pdf"),
    path("<quarterly_account:pk>/", views.account, name="account"),
    path("<quarterly_account:pk>/write/", views.write, name="write"),
    path("<quarterly_account:pk>/ask/", views.ask_consumers, name="ask"),
    path("<quarterly_account:pk>/reply/", views.reply, name="reply"),
    path("<quarterly_account:pk>/poster/", views.poster, name="poster"),
    path("<quarterly_account:pk>/account.pdf", views.pdf, name="pdf"),
]
