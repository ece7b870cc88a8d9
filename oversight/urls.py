from django.urls import path

from oversight.views import committee, minutes, pauses, recommendations, reviews

app_name = "oversight"
urlpatterns = [
    path("", committee.committee, name="committee"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/open/", reviews.open_review, name="open_review"),
    path("reviews/<review:pk>/", reviews.review, name="review"),
    path("reviews/<review:pk>/close/", reviews.close_review, name="close_review"),
    path("reviews/<review:pk>/packet/", reviews.packet, name="packet"),
    path("reviews/<review:pk>/signs/<slug:code>/", reviews.sign, name="sign"),
    path(
        "reviews/<review:pk>/signs/<slug:code>/finding/",
        reviews.record_finding,
        name="record_finding",
    ),
    path("findings/<finding:pk>/recommend/", reviews.recommend, name="recommend"),
    path("pauses/<pause:pk>/review/", pauses.review_pause, name="review_pause"),
    path("pauses/<pause:pk>/longer/", pauses.propose_longer, name="propose_longer"),
    path("minutes/", minutes.minutes_list, name="minutes_list"),
    path("minutes/<meeting:pk>/", minutes.minutes, name="minutes"),
    path("minutes/<meeting:pk>/prepare/", minutes.prepare_minutes, name="prepare_minutes"),
    path("minutes/<meeting:pk>/addendum/", minutes.add_to_minutes, name="add_to_minutes"),
    path("minutes/<meeting:pk>/print/", minutes.print_minutes, name="print_minutes"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path(
        "recommendations/<recommendation:pk>/",
        recommendations.recommendation,
        name="recommendation",
    ),
    path("recommendations/<recommendation:pk>/answer/", recommendations.answer, name="answer"),
    path("recommendations/<recommendation:pk>/report/", recommendations.report, name="report"),
    path("recommendations/<recommendation:pk>/judge/", recommendations.judge, name="judge"),
    path("recommendations/<recommendation:pk>/close/", recommendations.close, name="close"),
    path(
        "recommendations/<recommendation:pk>/conflict/",
        recommendations.disclose,
        name="disclose",
    ),
]
