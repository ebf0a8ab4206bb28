"""What is typed about places to sign, about sending out, and about bodies that join and leave."""
