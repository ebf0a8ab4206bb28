"""Pages of places to sign, of sending out, and of bodies that join and leave."""
