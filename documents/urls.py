from django.urls import path

from documents.views import reading, steps, terms, writing

app_name = "documents"
urlpatterns = [
    path("", reading.documents, name="list"),
    path("versions/<document_version:pk>/", reading.version, name="version"),
    path("versions/<document_version:pk>/print/", reading.print_version, name="print_version"),
    path("versions/<document_version:pk>/edit/", writing.edit, name="edit"),
    path("versions/<document_version:pk>/propose/", writing.propose, name="propose"),
    path("versions/<document_version:pk>/rate/", writing.rate, name="rate"),
    path("versions/<document_version:pk>/steps/new/", steps.add_step, name="add_step"),
    path("versions/<document_version:pk>/terms/", terms.enter_terms, name="enter_terms"),
    path("steps/<processstep:pk>/", steps.change_step, name="change_step"),
    path("steps/<processstep:pk>/move/", steps.move_step, name="move_step"),
    path("steps/<processstep:pk>/take-away/", steps.take_away_step, name="take_away_step"),
    path("<slug:kind>/", reading.document, name="document"),
    path("<slug:kind>/starter/", writing.starter, name="starter"),
    path("<slug:kind>/draft/", writing.draft, name="draft"),
    path("<slug:kind>/compare/", reading.compare_versions, name="compare"),
]
