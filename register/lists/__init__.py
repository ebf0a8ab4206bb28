"""Reference lists: dated rows with wording and source, editable by administrators."""
