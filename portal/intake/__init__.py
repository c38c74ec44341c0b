"""Asking for help: the melding, what happens with it, and where it stands."""
