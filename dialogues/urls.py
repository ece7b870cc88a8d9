from django.urls import path

from dialogues.views import dialogues, sessions, speaking, themes

app_name = "dialogues"
urlpatterns = [
    path("", dialogues.dialogues, name="dialogues"),
    path("open/", dialogues.open_dialogue, name="open_dialogue"),
    path("have-your-say/", speaking.have_your_say, name="have_your_say"),
    path("have-your-say/now/", speaking.say, name="say"),
    path("have-your-say/mine/", speaking.my_words, name="my_words"),
    path("enter/", speaking.enter_for_someone, name="enter_for_someone"),
    path("address/", speaking.door, name="door"),
    path("<int:pk>/", dialogues.dialogue, name="dialogue"),
    path("<int:pk>/say/", speaking.say, name="say_in"),
    path("<int:pk>/address/", speaking.door, name="door_of"),
    path("<int:pk>/grow/", dialogues.grow, name="grow"),
    path("<int:pk>/advance/", dialogues.advance, name="advance"),
    path("<int:pk>/close/", dialogues.close, name="close"),
    path("<int:pk>/co-facilitator/", dialogues.co_facilitator, name="co_facilitator"),
    path("<int:pk>/ground-rules/", dialogues.ground_rules, name="ground_rules"),
    path("<int:pk>/ground-rules/read/", dialogues.acknowledge, name="acknowledge"),
    path("<int:pk>/ground-rules/edit/", dialogues.set_ground_rules, name="set_ground_rules"),
    path("<int:pk>/closing/", dialogues.closings_of, name="closings"),
    path("<int:pk>/harvest/", themes.harvest, name="harvest"),
    path("sessions/thanks/", sessions.questions_answered, name="questions_answered"),
    path("sessions/<int:pk>/", sessions.closing_questions, name="closing_questions"),
    path("themes/<int:pk>/", themes.theme, name="theme"),
    path("themes/<int:pk>/words/", themes.add_words, name="add_words"),
    path("themes/<int:pk>/outcome/", themes.dispose, name="dispose"),
    path("themes/<int:pk>/cell/", themes.convert, name="convert"),
    path("themes/<int:pk>/reply/", themes.reply, name="reply"),
    path("themes/<int:pk>/story/", themes.story_of, name="story"),
]
