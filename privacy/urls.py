from privacy.agreements.urls import urlpatterns as agreements
from privacy.denials.urls import urlpatterns as denials
from privacy.erasing.urls import urlpatterns as erasing
from privacy.exports.urls import urlpatterns as exports
from privacy.holds.urls import urlpatterns as holds
from privacy.orders.urls import urlpatterns as orders
from privacy.retention.urls import urlpatterns as retention

app_name = "privacy"
urlpatterns = [*agreements, *denials, *erasing, *exports, *holds, *orders, *retention]
