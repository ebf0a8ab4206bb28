"""Where the reference lists stand."""

from django.urls import path

from register.lists import views

app_name = "lists"

urlpatterns = [
    path("", views.lists, name="lists"),
    path("<slug:code>/", views.reference_list, name="list"),
    path("<slug:code>/add/", views.add_item, name="add_item"),
    path("<slug:code>/history/", views.history, name="history"),
    path("<slug:code>/<int:pk>/change/", views.change_item, name="change_item"),
    path("<slug:code>/<int:pk>/end/", views.end_item, name="end_item"),
]
