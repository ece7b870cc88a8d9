from django.urls import path

from compensation.views import lists, mine, organizations, others, plans, work

app_name = "compensation"
urlpatterns = [
    path("mine/", mine.my_payments, name="my_payments"),
    path("choose/", mine.choose, name="choose"),
    path("choose/no/", mine.decline, name="decline"),
    path("choose/donate/", mine.donate, name="donate"),
    path("choose/for/<member:pk>/", others.choose_for, name="choose_for"),
    path("organizations/", organizations.organizations, name="organizations"),
    path(
        "organizations/<organization:pk>/end/", organizations.take_off, name="take_off_organization"
    ),
    path("cost/", mine.claim_cost, name="claim_cost"),
    path("cost/<claim:pk>/", mine.claim_again, name="claim_again"),
    path("", lists.payments, name="payments"),
    path("to-pay/", lists.to_pay, name="to_pay"),
    path("paid/", work.paid, name="paid"),
    path("cost/<claim:pk>/take-back/", mine.withdraw, name="withdraw"),
    path("cut/", work.capped, name="capped"),
    path("lines/<claim:pk>/refuse/", work.refuse, name="refuse"),
    path("lines/<claim:pk>/send-back/", work.send_back, name="send_back"),
    path("lines/<claim:pk>/undo/", work.undo_approval, name="undo_approval"),
    path("paid/<payment:pk>/undo/", work.reverse_payment, name="reverse"),
    path("ledger/", work.ledger, name="ledger"),
    path("ledger.csv", work.ledger_csv, name="ledger_csv"),
    path("plan/", plans.plan, name="plan"),
    path("plan/new/", plans.draft, name="draft"),
    path("plan/<planversion:pk>/", plans.plan_version, name="plan_version"),
    path("plan/<planversion:pk>/edit/", plans.edit, name="edit"),
    path("plan/<planversion:pk>/adopt/", plans.adopt, name="adopt"),
    path("plan/<planversion:pk>/ratify/", plans.seek_ratification, name="seek_ratification"),
]
