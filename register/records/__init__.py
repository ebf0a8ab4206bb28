"""What becomes of the register's own records: access to them, retention, legal hold, disposal, redaction."""
