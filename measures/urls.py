from django.urls import path

from measures.charting import views as chart_views
from measures.definitions import views as measure_views
from measures.importing import views as import_views
from measures.local import views as local_views
from measures.numbers import views as number_views
from measures.overview import views as overview_views

app_name = "measures"
urlpatterns = [
    path("", overview_views.measures, name="measures"),
    path("own-indicators/", local_views.local_indicators, name="local_indicators"),
    path("own-indicators/new/", local_views.define, name="local_define"),
    path(
        "own-indicators/<local_indicator:pk>/", local_views.local_indicator, name="local_indicator"
    ),
    path("own-indicators/<local_indicator:pk>/change/", local_views.change, name="local_change"),
    path("own-indicators/<local_indicator:pk>/test/", local_views.test, name="local_test"),
    path("own-indicators/<local_indicator:pk>/publish/", local_views.publish, name="local_publish"),
    path("own-indicators/<local_indicator:pk>/attest/", local_views.attest, name="local_attest"),
    path("own-indicators/<local_indicator:pk>/retire/", local_views.retire, name="local_retire"),
    path("of/<group:pk>/new/", measure_views.define, name="define"),
    path("<measure:pk>/", overview_views.measure, name="measure"),
    path("<measure:pk>/change/", measure_views.change_measure, name="change_measure"),
    path("<measure:pk>/retire/", measure_views.retire, name="retire"),
    path("<measure:pk>/new-owner/", measure_views.new_owner, name="new_owner"),
    path("<measure:pk>/chart/", chart_views.chart, name="chart"),
    path("<measure:pk>/chart/choose/", chart_views.choose_chart, name="choose_chart"),
    path("<measure:pk>/chart/phase/", chart_views.new_phase, name="new_phase"),
    path("<measure:pk>/chart/start/", chart_views.freeze, name="freeze"),
    path("<measure:pk>/chart/leave-out/", chart_views.leave_out, name="leave_out"),
    path("adjustments/<adjustment:pk>/undo/", chart_views.undo, name="undo_adjustment"),
    path("<measure:pk>/numbers.csv", number_views.numbers_file, name="numbers"),
    path("<measure:pk>/number/", number_views.record, name="record"),
    path("<measure:pk>/no-number/", number_views.no_number, name="no_number"),
    path("<measure:pk>/to-fill-in.csv", number_views.template_file, name="template"),
    path("numbers/<datapoint:pk>/", number_views.correct, name="correct"),
    path("<measure:pk>/import/", import_views.upload, name="upload"),
    path("imports/<import_draft:pk>/sheet/", import_views.sheets, name="sheets"),
    path("imports/<import_draft:pk>/columns/", import_views.columns, name="columns"),
    path("imports/<import_draft:pk>/", import_views.preview, name="import"),
    path("imports/<import_draft:pk>/left-out.csv", import_views.left_out_file, name="left_out"),
    path("imports/<import_draft:pk>/saving/", import_views.importing, name="importing"),
]
