"""The read table and the search text: what lists, filters and searches are answered from."""
