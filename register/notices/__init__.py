"""The outbox: messages written in the act, sent after it."""
