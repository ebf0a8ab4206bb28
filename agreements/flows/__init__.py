"""Information flows: who sends what to whom, why, on what basis, how, and how long it is kept."""
