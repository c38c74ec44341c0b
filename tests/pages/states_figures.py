"""The page with the norm and the waiting times in every state, on the meldingen of the demo."""

from portal.norms import queries
from portal.norms.queries import Team
from tests.pages.stage import LONG_WORD
from tests.pages.states import made, page
from tests.pages.visit import Visit


def _nothing(visit: Visit) -> None:
    visit.patch(queries, "cases_since", lambda *_question: {})
    visit.open("/cijfers")


def _long_name(visit: Visit) -> None:
    found = queries.cases_since

    def renamed(*question: object) -> object:
        return {Team(team.public_id, LONG_WORD): cases for team, cases in found(*question).items()}  # type: ignore[arg-type]

    visit.patch(queries, "cases_since", renamed)
    visit.open("/cijfers")


def _one_team(visit: Visit) -> None:
    visit.open("/cijfers")
    visit.submit("#per-team + section a")


page("team", "norms.show", "all-teams", "femke.nas", "/cijfers", ".chart__bar--short")
made("team", "norms.show", "one-team", "femke.nas", _one_team, "main p a[href='/cijfers']")
made("team", "norms.show", "nothing", "femke.nas", _nothing, ".chart")
made("team", "norms.show", "long-name", "femke.nas", _long_name, ".chart")
