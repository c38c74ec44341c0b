"""What ``portal doctor`` says about the file of the city: whether it is whole, looked at, and names the teams of the database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

import psycopg

from portal.city import LOOK_AGAIN_DAYS, City, load_city
from portal.deadlines import AMSTERDAM
from portal.doctor_found import Found, Process, State
from portal.settings import Mode, SettingsError, city_file_of


def cities(processes: list[Process]) -> Iterator[Found]:
    """Each file of a city once: whole, and each group looked at within a year. What the demo invents needs no looking at."""
    for made in _files(processes).values():
        if isinstance(made, City):
            yield from _looked_at(made)
        else:
            yield made


def teams(connection: psycopg.Connection[Any], processes: list[Process]) -> Iterator[Found]:
    """Whether the file and the database mean the same teams: by its name a melding finds the team of its postcode."""
    there = {str(name) for (name,) in connection.execute("SELECT name FROM casus.team")}
    made = [one for one in _files(processes).values() if isinstance(one, City)]
    named = {district.team: district.name for one in made for district in one.districts}
    if not there or not named:
        what = "the database has no team yet" if named else "no file of a city was given"
        yield Found(State.NOTE, f"Teams: {what}, so names were not compared.")
        return
    for team in sorted(named.keys() - there):
        yield Found(
            State.DO,
            f"Teams: the file of the city has {team} for {named[team]}, and the database has no team of that name, so who asks for help"
            " there comes to no team; write the name as the database has it, or add the team.",
        )
    for team in sorted(there - named.keys()):
        yield Found(
            State.NOTE,
            f"Teams: {team} of the database is not in the file of the city, so no page names it and no postcode leads to it;"
            " add its stadsdeel, unless it takes no new people.",
        )
    if named.keys() == there:
        yield Found(State.GOOD, f"Teams: the {len(there)} of the database are those of the file of the city.")


def _files(processes: list[Process]) -> dict[str, City | Found]:
    """The file of each process that uses one, read once; or what is wrong with it."""
    read: dict[str, City | Found] = {}
    for process in processes:
        mode = next((one for one in get_args(Mode) if one == process.environment.get("MBT_MODE")), None)
        if mode is None or not process.role.startswith(("web_", "portaal_jobs")):
            continue
        try:
            path = city_file_of(process.environment, mode)
            read[str(path)] = load_city(path, mode)
        except SettingsError as refused:
            read[process.name] = Found(State.DO, f"City of {process.name}: {refused}")
    return read


def _looked_at(made: City) -> Iterator[Found]:
    old = [group for group in made.groups if (datetime.now(AMSTERDAM).date() - group.checked_on).days > LOOK_AGAIN_DAYS]
    if made.demo:
        yield Found(State.NOTE, "City: the invented one of the demo.")
    elif not old:
        yield Found(State.GOOD, f"City: somebody looked at all {len(made.groups)} groups within a year.")
    for group in [] if made.demo else old:
        yield Found(
            State.DO,
            f"City: nobody looked at {group.name} since {group.checked_on}; ask {group.owner} whether it is right, then set checked_on.",
        )
