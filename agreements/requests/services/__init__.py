"""What is done to requests, emergency shares and the calendar of a partnership."""
