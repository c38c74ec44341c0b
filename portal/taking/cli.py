"""``portal copies``: makes the copies that inwoners asked for (settings of the face "inwoner")."""

import click


@click.command("copies")
def copies() -> None:
    """Make the copies that inwoners asked for, until stopped (with the settings of the residents' face)."""
    from portal.taking.jobs import main

    main()
