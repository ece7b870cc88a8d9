from django.urls import path

from concerns.views import readers, reading, writing

app_name = "concerns"
urlpatterns = [
    path("", writing.channel, name="channel"),
    path("write/", writing.write, name="write"),
    path("own/", readers.own, name="own"),
    path("own/begin/", readers.begin, name="begin"),
    path("own/new-code/", readers.renew, name="renew"),
    path("own/stop/", readers.stop, name="stop"),
    path("sheet/", readers.sheet, name="sheet"),
    path("sheet/use/", readers.use_sheet, name="use_sheet"),
    path("readers/", readers.readers, name="readers"),
    path("readers/ask/", readers.ask_reader, name="ask_reader"),
    path("readers/<concern_reader:pk>/end/", readers.end, name="end_reader"),
    path("reading/", reading.concerns, name="reading"),
    path("reading/code/", reading.enter_code, name="enter_code"),
    path("reading/close/", reading.forget_code, name="forget_code"),
    path("reading/<uuid:key>/", reading.concern, name="concern"),
    path("reading/<uuid:key>/come/", reading.come, name="come"),
    path("reading/<uuid:key>/reply/", reading.reply, name="reply"),
    path("reading/<uuid:key>/note/", reading.note, name="note"),
    path("reading/<uuid:key>/take-further/", reading.take_on, name="take_on"),
    path("reading/<uuid:key>/answered/", reading.hear_back, name="hear_back"),
    path("reading/<uuid:key>/handed-in/", reading.hand_in, name="hand_in"),
    path("reading/<uuid:key>/close/", reading.close, name="close"),
    path("reading/<uuid:key>/pass-on/<concern_reader:pk>/", reading.pass_on, name="pass_on"),
    path("brought/<takenon:pk>/", reading.brought, name="brought"),
]
