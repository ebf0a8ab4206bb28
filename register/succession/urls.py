"""Where successions stand."""

from django.urls import path

from register.succession import views

app_name = "succession"

urlpatterns = [
    path("bodies/successions/", views.successions, name="successions"),
    path("bodies/successions/add/", views.prepare, name="prepare"),
    path("bodies/successions/<int:pk>/", views.succession, name="succession"),
    path("bodies/successions/<int:pk>/choose/", views.choose, name="choose"),
    path("bodies/successions/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("bodies/successions/<int:pk>/undo/", views.undo, name="undo"),
]
