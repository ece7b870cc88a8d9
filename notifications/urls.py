from django.urls import path

from notifications.views import inbox, sending, texts

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("waiting/", inbox.waiting_page, name="waiting"),
    path("<message:pk>/open/", inbox.open_message, name="open"),
    path("read/came-while-away/", inbox.read_what_came, name="read_what_came"),
    path("read/", inbox.read_all, name="read_all"),
    path("texts/", texts.texts, name="texts"),
    path("texts/number/", texts.text_number, name="text_number"),
    path("texts/code/", texts.text_code, name="text_code"),
    path("texts/choose/", texts.choose_texts, name="choose_texts"),
    path("texts/stop/", texts.stop_texts, name="stop_texts"),
    path("texts/sending/", sending.text_sending, name="text_sending"),
]
