from django.urls import path

from dialogues.dialogue import views as dialogue
from dialogues.overview import views as overview
from dialogues.readers import views as readers
from dialogues.sessions import views as sessions
from dialogues.silencing import views as silencing
from dialogues.stages import views as stages
from dialogues.themes import views as themes
from dialogues.told_back import views as told_back
from dialogues.voices import views as voices

app_name = "dialogues"
urlpatterns = [
    path("", overview.dialogues, name="dialogues"),
    path("open/", dialogue.open_dialogue, name="open_dialogue"),
    path("have-your-say/", overview.have_your_say, name="have_your_say"),
    path("have-your-say/now/", voices.say, name="say"),
    path("have-your-say/mine/", overview.my_words, name="my_words"),
    path("enter/", voices.enter_for_someone, name="enter_for_someone"),
    path("address/", dialogue.door, name="door"),
    path("readers/", readers.program_readers, name="program_readers"),
    path("readers/<program_reader:pk>/", readers.program_reader, name="program_reader"),
    path("readers/<program_reader:pk>/end/", readers.end_reader, name="end_reader"),
    path("to-the-program/", themes.unheard_words, name="unheard_program"),
    path("<dialogue:pk>/unheard/", themes.unheard_words, name="unheard"),
    path("<dialogue:pk>/", overview.dialogue, name="dialogue"),
    path("<dialogue:pk>/say/", voices.say, name="say_in"),
    path("<dialogue:pk>/address/", dialogue.door, name="door_of"),
    path("<dialogue:pk>/grow/", dialogue.grow, name="grow"),
    path("<dialogue:pk>/advance/", stages.advance, name="advance"),
    path("<dialogue:pk>/close/", stages.close, name="close"),
    path("<dialogue:pk>/co-facilitator/", dialogue.co_facilitator, name="co_facilitator"),
    path("<dialogue:pk>/ground-rules/", dialogue.ground_rules, name="ground_rules"),
    path("<dialogue:pk>/ground-rules/read/", dialogue.acknowledge, name="acknowledge"),
    path("<dialogue:pk>/ground-rules/starter/", dialogue.starter, name="starter"),
    path("<dialogue:pk>/ground-rules/edit/", dialogue.set_ground_rules, name="set_ground_rules"),
    path("<dialogue:pk>/closing/", sessions.closings_of, name="closings"),
    path("<dialogue:pk>/harvest/", themes.harvest, name="harvest"),
    path("<dialogue:pk>/set-aside/", silencing.words, name="set_aside_in"),
    path("<dialogue:pk>/set-aside/log.csv", silencing.log_csv, name="set_aside_log_in"),
    path("<dialogue:pk>/set-aside/<slug:key>/", silencing.set_aside, name="set_one_aside_in"),
    path("set-aside/", silencing.words, name="set_aside"),
    path("set-aside/log.csv", silencing.log_csv, name="set_aside_log"),
    path("set-aside/counts/", silencing.counts, name="set_aside_counts"),
    path("set-aside/asked/", silencing.asked, name="asked"),
    path("set-aside/asked/<uuid:key>/", silencing.answer, name="answer_asked"),
    path("set-aside/take-back/<uuid:key>/", silencing.withdraw, name="withdraw_asked"),
    path("set-aside/undo/<uuid:key>/", silencing.undo, name="undo_set_aside"),
    path("set-aside/appeals/", silencing.appeals, name="appeals"),
    path("set-aside/appeals/<uuid:key>/", silencing.decide, name="decide_appeal"),
    path("set-aside/mine/<contribution:pk>/", silencing.appeal, name="appeal"),
    path("set-aside/words/<slug:key>/", silencing.set_aside, name="set_one_aside"),
    path("sessions/thanks/", sessions.questions_answered, name="questions_answered"),
    path("sessions/<meeting:pk>/", sessions.closing_questions, name="closing_questions"),
    path("themes/<theme:pk>/", told_back.theme, name="theme"),
    path("themes/<theme:pk>/words/", themes.add_words, name="add_words"),
    path("themes/<theme:pk>/outcome/", told_back.dispose, name="dispose"),
    path("themes/<theme:pk>/cell/", told_back.convert, name="convert"),
    path("themes/<theme:pk>/reply/", told_back.reply, name="reply"),
    path("themes/<theme:pk>/story/", told_back.story_of, name="story"),
]
