"""What changed in a week, a month, a quarter or a year: figures, times, refusals, what falls due."""
