from django.urls import path

from compensation.advances import views as advances
from compensation.budget import views as budget
from compensation.choosing import views as choosing
from compensation.claims import views as claims
from compensation.costs import views as costs
from compensation.deputies import views as deputies
from compensation.employment import views as employment
from compensation.equal_pay import views as equal_pay
from compensation.ledger import views as ledger
from compensation.mine import views as mine
from compensation.offers import views as offers
from compensation.other_work import views as other_work
from compensation.overrides import views as overrides
from compensation.parts import views as parts
from compensation.payees import views as payees
from compensation.payments import views as payments
from compensation.periods import views as periods
from compensation.plan import views as plan
from compensation.questions import views as questions
from compensation.receiving import views as receiving
from compensation.registers import views as registers
from compensation.same_day import views as same_day
from compensation.special import views as special
from compensation.taxforms import views as taxforms

app_name = "compensation"
urlpatterns = [
    path("mine/", mine.my_payments, name="my_payments"),
    path("mine/<payment:pk>/came/", receiving.came, name="came"),
    path("mine/payee/", payees.my_payee, name="my_payee"),
    path("payee/for/<member:pk>/", payees.payee_for, name="payee_for"),
    path("mine/parts/", parts.my_parts, name="my_parts"),
    path("parts/for/<member:pk>/", parts.parts_for, name="parts_for"),
    path("mine/statement/", mine.statement, name="statement"),
    path("mine/ask/", questions.ask, name="ask"),
    path("mine/ask/line/<claim:pk>/", questions.ask_line, name="ask_line"),
    path("mine/ask/payment/<payment:pk>/", questions.ask_payment, name="ask_payment"),
    path("mine/questions/", questions.my_questions, name="my_questions"),
    path("mine/questions/<pay_question:pk>/", questions.ask_on, name="ask_on"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<pay_question:pk>/", questions.answer, name="answer"),
    path("ask/for/<member:pk>/", questions.ask_for, name="ask_for"),
    path("questions/<pay_question:pk>/letter/", questions.letter, name="answer_letter"),
    path("questions/<pay_question:pk>/told/", questions.told, name="told"),
    path("came/for/<member:pk>/", receiving.came_for, name="came_for"),
    path("paid/<payment:pk>/found/", receiving.found, name="found"),
    path("choose/", choosing.choose, name="choose"),
    path("choose/no/", choosing.decline, name="decline"),
    path("choose/donate/", choosing.donate, name="donate"),
    path("choose/for/<member:pk>/", choosing.choose_for, name="choose_for"),
    path("organizations/", offers.organizations, name="organizations"),
    path("organizations/<organization:pk>/end/", offers.take_off, name="take_off_organization"),
    path("cost/", costs.claim_cost, name="claim_cost"),
    path("cost/for/<member:pk>/", costs.claim_cost_for, name="claim_cost_for"),
    path("cost/advance/", advances.ask_advance, name="ask_advance"),
    path("cost/advance/for/<member:pk>/", advances.ask_advance_for, name="ask_advance_for"),
    path("lines/<claim:pk>/spent/", advances.settle, name="settle"),
    path("cost/<claim:pk>/", costs.claim_again, name="claim_again"),
    path("", claims.to_approve, name="payments"),
    path("to-pay/", payments.to_pay, name="to_pay"),
    path("to-pay.csv", payments.to_pay_csv, name="to_pay_csv"),
    path("paid/", payments.paid, name="paid"),
    path("register/", registers.register, name="register"),
    path("year-end/", registers.year_end, name="year_end"),
    path("year-end.csv", registers.year_end_csv, name="year_end_csv"),
    path("year-end.xlsx", registers.year_end_xlsx, name="year_end_xlsx"),
    path("year-end/<member:pk>/", taxforms.tax_form, name="tax_form"),
    path("register.csv", registers.register_csv, name="register_csv"),
    path("register.xlsx", registers.register_xlsx, name="register_xlsx"),
    path("cost/<claim:pk>/take-back/", claims.withdraw, name="withdraw"),
    path("cut/", claims.capped, name="capped"),
    path("lines/<claim:pk>/refuse/", claims.refuse, name="refuse"),
    path("lines/<claim:pk>/send-back/", claims.send_back, name="send_back"),
    path("lines/<claim:pk>/receipt/", costs.receipt, name="receipt"),
    path("lines/<claim:pk>/undo/", claims.undo_approval, name="undo_approval"),
    path("paid/<payment:pk>/undo/", payments.reverse_payment, name="reverse"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/new/", deputies.name_deputy, name="name_deputy"),
    path("deputies/<deputy:pk>/end/", deputies.end_deputy, name="end_deputy"),
    path("runs/", payments.payment_runs, name="payment_runs"),
    path("runs/<payment_run:pk>/", payments.payment_run, name="payment_run"),
    path("runs/<payment_run:pk>/run.csv", payments.payment_run_csv, name="payment_run_csv"),
    path("runs/<payment_run:pk>/release/", payments.release_run, name="release_run"),
    path("runs/<payment_run:pk>/again/", payments.prepare_run_again, name="prepare_run_again"),
    path("runs/<payment_run:pk>/drop/", payments.drop_run, name="drop_run"),
    path("day/", same_day.day_funds, name="day_funds"),
    path("day/new/", same_day.pre_approve, name="pre_approve"),
    path("day/differences/", same_day.differences, name="fund_differences"),
    path("day/<day_fund:pk>/", same_day.day_fund, name="day_fund"),
    path("day/<day_fund:pk>/withdraw/", same_day.withdraw, name="fund_withdraw"),
    path("day/<day_fund:pk>/take-out/", same_day.take_out, name="fund_take_out"),
    path("day/<day_fund:pk>/sheet/", same_day.sheet, name="fund_sheet"),
    path("day/<day_fund:pk>/tick-off/", same_day.tick_off, name="fund_tick_off"),
    path("day/<day_fund:pk>/to/<member:member>/", same_day.hand_out, name="hand_out"),
    path("day/<day_fund:pk>/count-back/", same_day.count_back, name="fund_count_back"),
    path("day/<day_fund:pk>/confirm/", same_day.confirm, name="fund_confirm"),
    path("paid/<payment:pk>/signature/", same_day.signature, name="signature"),
    path("meetings/<meeting:pk>/other-work/", other_work.other_work, name="other_work"),
    path("groups/<group:pk>/orientation/", other_work.orientations, name="orientations"),
    path(
        "groups/<group:pk>/orientation/<member:member>/", other_work.orientation, name="orientation"
    ),
    path("ledger/", periods.ledger, name="ledger"),
    path("ledger/close/", periods.ask_to_close, name="ask_to_close"),
    path("ledger/periods/<accounting_period:pk>/close/", periods.close, name="close_books"),
    path("ledger/periods/<accounting_period:pk>/stop/", periods.stop, name="stop_closing"),
    path("ledger/periods/<accounting_period:pk>/books.csv", periods.books, name="books"),
    path("ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("budget/", budget.budget, name="budget"),
    path("budget.csv", budget.budget_csv, name="budget_csv"),
    path("budget/new/", budget.enter, name="enter_budget_line"),
    path("budget/<budget_line:pk>/", budget.line, name="budget_line"),
    path("budget/<budget_line:pk>/out/", budget.take_out, name="take_out_budget_line"),
    path("plan/", plan.plan, name="plan"),
    path("plan/starter/", plan.starter, name="starter"),
    path("plan/overrides/", overrides.overrides, name="overrides"),
    path("plan/equal-pay/", equal_pay.equal_pay, name="equal_pay"),
    path("plan/employment/", employment.employment, name="employment"),
    path("plan/special/", special.special_cases, name="special_cases"),
    path("plan/special/<slug:case>/", special.decide, name="decide_special_case"),
    path("plan/employment/new/", employment.decide, name="decide_employment"),
    path("plan/new/", plan.draft, name="draft"),
    path("plan/<payment_plan_version:pk>/", plan.plan_version, name="plan_version"),
    path("plan/<payment_plan_version:pk>/edit/", plan.edit, name="edit"),
    path("plan/<payment_plan_version:pk>/adopt/", plan.adopt, name="adopt"),
    path("plan/<payment_plan_version:pk>/founding/", plan.put_in_force, name="put_in_force"),
    path("plan/<payment_plan_version:pk>/paper/", plan.paper, name="plan_paper"),
    path("plan/<payment_plan_version:pk>/paper/no/", plan.deny, name="deny_plan_paper"),
    path(
        "plan/<payment_plan_version:pk>/ratify/", plan.seek_ratification, name="seek_ratification"
    ),
]
