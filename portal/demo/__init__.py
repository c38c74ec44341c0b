"""Everything that runs the portal on one machine, to look at it and to test it."""
