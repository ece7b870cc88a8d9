from django.urls import path

from cells.cell import views as cell_views
from cells.handing_on import views as handing_on_views
from cells.ideas.views import lineage
from cells.ideas.views import opportunities as ideas
from cells.overview.views import boards
from cells.overview.views import cells as overview_cells
from cells.overview.views import ideas as idea_pages
from cells.plans.views import cycles, drivers, evaluation, plans, steps, watching
from cells.ranking.views import rounds, silence, votes
from cells.sustaining import views as sustaining

app_name = "cells"
urlpatterns = [
    path("", overview_cells.list_cells, name="cells"),
    path("open/", cell_views.open_cell, name="open"),
    path("board/", boards.board_page, name="board"),
    path("board.csv", boards.board_file, name="board_file"),
    path("<cell:pk>/", overview_cells.cell, name="cell"),
    path("<cell:pk>/packet.pdf", boards.packet, name="packet"),
    path("<cell:pk>/together/", boards.together, name="together"),
    path("closed/", overview_cells.list_closed, name="closed"),
    path("<cell:pk>/close/", handing_on_views.close_cell, name="close"),
    path("<cell:pk>/hand-over/", handing_on_views.hand_over, name="hand_over"),
    path("<cell:pk>/change/", cell_views.change_cell, name="change"),
    path("idea/", ideas.idea, name="idea"),
    path("<cell:pk>/idea/", ideas.raise_in, name="raise"),
    path("<cell:pk>/ideas/", idea_pages.opportunities, name="opportunities"),
    path("ideas/done/", idea_pages.done, name="done"),
    path("ideas/<opportunity:pk>/", idea_pages.opportunity, name="opportunity"),
    path("ideas/<opportunity:pk>/set-aside/", ideas.park, name="park"),
    path("ideas/<opportunity:pk>/not-taken-up/", ideas.decline, name="decline"),
    path("ideas/<opportunity:pk>/again/", ideas.take_up_again, name="take_up_again"),
    path("ideas/<opportunity:pk>/done/", evaluation.finish, name="finish"),
    path("ideas/<opportunity:pk>/join/", lineage.merge, name="merge"),
    path("ideas/<opportunity:pk>/own/", lineage.take_apart, name="take_apart"),
    path("ideas/<opportunity:pk>/split/", lineage.split, name="split"),
    path("ideas/<opportunity:pk>/whole/", lineage.put_together, name="put_together"),
    path("<cell:pk>/choose/", rounds.choose_together, name="choose_together"),
    path("<cell:pk>/vote/", rounds.open_round, name="open_round"),
    path("<cell:pk>/vote/record/", rounds.write_down_ranking, name="write_down_ranking"),
    path("votes/<priority_round:pk>/", votes.round_page, name="round"),
    path("<cell:pk>/silence/", silence.gather, name="gather"),
    path("votes/<priority_round:pk>/read-out/", silence.go_round, name="go_round"),
    path("votes/<priority_round:pk>/rank/", silence.rank, name="rank"),
    path("votes/<priority_round:pk>/close/", rounds.close_round, name="close_round"),
    path("votes/<priority_round:pk>/more-time/", rounds.extend_round, name="extend_round"),
    path("votes/<priority_round:pk>/call-off/", rounds.cancel_round, name="cancel_round"),
    path("votes/<priority_round:pk>/choose/", rounds.propose, name="propose"),
    path("plans/<action_plan:pk>/", plans.plan, name="plan"),
    path("plans/<action_plan:pk>/aim/", plans.aim, name="aim"),
    path("plans/<action_plan:pk>/goal/", plans.standard, name="standard"),
    path("plans/<action_plan:pk>/evaluation/", plans.evaluation, name="evaluation"),
    path("plans/<action_plan:pk>/look/", plans.review, name="review"),
    path("plans/<action_plan:pk>/watch/", watching.watch, name="watch"),
    path("standards/<outcomestandard:pk>/baseline/", watching.baseline, name="baseline"),
    path("standards/<outcomestandard:pk>/leave-out/", watching.drop_standard, name="drop_standard"),
    path("plans/<action_plan:pk>/lasting/", sustaining.sustain, name="sustain"),
    path("plans/<action_plan:pk>/lasting/look/", sustaining.look_on, name="look_on"),
    path("plans/<action_plan:pk>/steps/", steps.add_step, name="add_step"),
    path("steps/<action_step:pk>/", steps.step, name="step"),
    path("steps/<action_step:pk>/change/", steps.change_step, name="change_step"),
    path("steps/<action_step:pk>/again/", steps.reopen_step, name="reopen_step"),
    path("steps/<action_step:pk>/drop/", steps.drop_step, name="drop_step"),
    path("plans/<action_plan:pk>/drivers/", drivers.drivers, name="drivers"),
    path("plans/<action_plan:pk>/drivers/new/", drivers.add_driver, name="add_driver"),
    path("drivers/<driver:pk>/", drivers.driver, name="driver"),
    path("drivers/<driver:pk>/move/", drivers.move_driver, name="move_driver"),
    path("drivers/<driver:pk>/take-off/", drivers.take_off, name="take_off"),
    path("plans/<action_plan:pk>/tests/", cycles.cycles, name="cycles"),
    path("plans/<action_plan:pk>/tests/new/", cycles.plan_cycle, name="plan_cycle"),
    path("plans/<action_plan:pk>/tests/record/", cycles.record_cycle, name="record_cycle"),
    path("tests/<small_test:pk>/", cycles.cycle, name="cycle"),
    path("tests/<small_test:pk>/plan/", cycles.change_cycle, name="change_cycle"),
    path("tests/<small_test:pk>/do/", cycles.do, name="do"),
    path("tests/<small_test:pk>/study/", cycles.study, name="study"),
    path("tests/<small_test:pk>/act/", cycles.conclude, name="conclude"),
    path("tests/<small_test:pk>/take-away/", cycles.take_away, name="take_cycle_away"),
]
