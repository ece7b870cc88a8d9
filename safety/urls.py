from django.urls import path

from safety.views import contacts, no_contact

app_name = "safety"
urlpatterns = [
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<slug:kind>/", contacts.enter, name="enter"),
    path("contacts/<slug:kind>/end/", contacts.end, name="end"),
    path("contact-me/", contacts.contact_me, name="contact_me"),
    path("calls/<call:pk>/", contacts.call, name="call"),
    path("no-contact/", no_contact.orders, name="no_contacts"),
    path("no-contact/record/", no_contact.record, name="record_no_contact"),
    path("no-contact/mine/", no_contact.mine, name="my_no_contacts"),
    path("no-contact/<no_contact:pk>/", no_contact.order, name="no_contact"),
    path("no-contact/<no_contact:pk>/review/", no_contact.review, name="review_no_contact"),
    path("no-contact/<no_contact:pk>/told/", no_contact.told, name="told_no_contact"),
    path("no-contact/<no_contact:pk>/end/", no_contact.end, name="end_no_contact"),
]
