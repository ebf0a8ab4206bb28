"""Pages of somebody's work, announcements, mails and calendars."""
