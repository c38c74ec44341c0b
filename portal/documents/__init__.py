"""Documents in a dossier: which files are accepted, how they are kept and given back."""
