"""The form of notices: one question for each topic."""

from collections.abc import Mapping

from portal.forms import BaseForm, RadioField, lazy, required
from portal.notices.models import TOPIC_NAMES, WAY_NAMES, Topic, Way
from portal.notices.queries import Reach


def _question(topic: Topic) -> RadioField:
    return RadioField(lazy(TOPIC_NAMES[topic]), [required(lazy("Kies een mail, een brief of niets."))])


class NoticesForm(BaseForm):
    """By mail, by letter or not at all; the names are those of the topics."""

    nieuw = _question(Topic.NEW)
    antwoord = _question(Topic.ANSWER)
    bericht = _question(Topic.MESSAGE)
    meekijken = _question(Topic.ACCESS)
    stap = _question(Topic.STEP)

    def offer(self, chosen: Mapping[Topic, Way], reach: Reach) -> None:
        """The ways that reach this inwoner, with what was chosen before."""
        for topic in Topic:
            self[topic].choices = [(way.value, lazy(WAY_NAMES[way])) for way in reach.ways(chosen[topic])]
            if not self.is_submitted():
                self[topic].data = chosen[topic].value

    @property
    def chosen(self) -> dict[Topic, Way]:
        """What is chosen now."""
        return {topic: Way(self[topic].data) for topic in Topic}
