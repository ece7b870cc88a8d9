from django.urls import path

from oversight.views import committee, pauses, recommendations, reviews

app_name = "oversight"
urlpatterns = [
    path("", committee.committee, name="committee"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/open/", reviews.open_review, name="open_review"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/close/", reviews.close_review, name="close_review"),
    path("reviews/<int:pk>/packet/", reviews.packet, name="packet"),
    path("reviews/<int:pk>/signs/<slug:code>/", reviews.sign, name="sign"),
    path(
        "reviews/<int:pk>/signs/<slug:code>/finding/",
        reviews.record_finding,
        name="record_finding",
    ),
    path("findings/<int:pk>/recommend/", reviews.recommend, name="recommend"),
    path("pauses/<int:pk>/review/", pauses.review_pause, name="review_pause"),
    path("pauses/<int:pk>/longer/", pauses.propose_longer, name="propose_longer"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/answer/", recommendations.answer, name="answer"),
    path("recommendations/<int:pk>/judge/", recommendations.judge, name="judge"),
    path("recommendations/<int:pk>/close/", recommendations.close, name="close"),
    path("recommendations/<int:pk>/conflict/", recommendations.disclose, name="disclose"),
]
