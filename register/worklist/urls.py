"""Addresses of somebody's work, of announcements, and of their mails and calendars."""

from django.urls import path

from register.worklist.views import announcements, feeds, mails, work

app_name = "worklist"

urlpatterns = [
    path("work/put-off/", work.put_offs, name="put_offs"),
    path("work/put-off/entry/<slug:ref>/", work.put_off_entry, name="put_off_entry"),
    path("work/put-off/body/<int:pk>/", work.put_off_body, name="put_off_body"),
    path("work/put-off/<int:pk>/show-again/", work.show_again, name="show_again"),
    path("work/<slug:code>/", work.part, name="part"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/write/", announcements.write, name="announce"),
    path("announcements/<int:pk>/", announcements.announcement, name="announcement"),
    path("announcements/<int:pk>/read/", announcements.acknowledge, name="acknowledge"),
    path("announcements/<int:pk>/end/", announcements.end, name="end_announcement"),
    path("my/mails/", mails.mails, name="mails"),
    path("my/mails/stop/<str:token>/", mails.unsubscribe, name="unsubscribe"),
    path("my/calendars/", feeds.feeds, name="feeds"),
    path("my/calendars/<int:pk>/renew/", feeds.renew, name="renew_feed"),
    path("my/calendars/<int:pk>/revoke/", feeds.revoke, name="revoke_feed"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="calendar"),
]
