"""Where the reference lists stand."""

from django.urls import path

from register.lists import keeping, views

app_name = "lists"

urlpatterns = [
    path("", views.lists, name="lists"),
    path("<slug:code>/", views.reference_list, name="list"),
    path("<slug:code>/add/", keeping.add_item, name="add_item"),
    path("<slug:code>/history/", views.history, name="history"),
    path("<slug:code>/<int:pk>/", views.item, name="item"),
    path("<slug:code>/<int:pk>/change/", keeping.change_item, name="change_item"),
    path("<slug:code>/<int:pk>/end/", keeping.end_item, name="end_item"),
]
