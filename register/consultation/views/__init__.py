"""Pages of a consultation: for those who are asked, and for those who draft."""
