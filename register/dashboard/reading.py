"""What a reader may see of the read table and the search text: `register.search.visible`, by its old name."""

from register.search.visible import visible_rows, visible_texts

__all__ = ["visible_rows", "visible_texts"]
