"""Small certain things that every room uses: words, dates, names, verdicts. No models."""
