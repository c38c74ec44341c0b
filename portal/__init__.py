"""Mijn Buurtteam: the portal through which residents hold their own care dossier."""
