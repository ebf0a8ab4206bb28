"""Who holds what up: signatories, reminders, bounces, and whether messages reach people at all."""
