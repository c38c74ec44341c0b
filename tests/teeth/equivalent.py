"""Mutants that change nothing anybody could notice, each with the reason. One that is noticed after all, or is gone, fails the run."""

EQUIVALENT: dict[str, str] = {}

# Definer functions that have nothing to spoil, each with the reason.
NOTHING_TO_SPOIL: dict[str, str] = {}
