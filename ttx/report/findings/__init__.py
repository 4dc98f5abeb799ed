"""The page of findings: what many runs say to the question of an exercise, and how surely."""
