"""Mijn dagboek over HTTP: private, shared, taken back, thrown away; and on no page of anybody else."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from portal.diary import queries
from tests.routes.conftest import Browser, Person, Town, words_of

WORDS = "Ik durf dit nog niemand te zeggen."
TITLE = "Een lastige dag"


@dataclass
class Diary:
    """An inwoner with a professional and a representative, and where things stand."""

    town: Town
    owner: Person
    professional: Person
    mentor: Person
    dossier: UUID

    @property
    def url(self) -> str:
        return f"/dossier/{self.dossier}"

    def written(self, browser: Browser, **words: str) -> str:
        """The address of a new page."""
        form = {"body": WORDS, "title": TITLE, "leefdomein": "0", "number": str(uuid4()), **words}
        answer = browser.send(f"{self.url}/dagboek/schrijven", form, page=f"{self.url}/dagboek/schrijven")
        assert answer.status_code == 303
        return answer.headers["Location"].partition("?")[0]

    def act(self, browser: Browser, page: str, what: str, **form: str) -> int:
        """Sends a form of a page: the status."""
        address = f"{self.url}/dagboek/{page.rsplit('/', 1)[1]}/{what}"
        return browser.send(address, form, page=address).status_code


@pytest.fixture
def diary(town: Town) -> Diary:
    owner, professional, mentor = town.person(name="Iris"), town.staff(), town.person(name="Mees")
    dossier = town.dossier(owner, professional)
    town.entry(dossier)
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) SELECT id, %s, 'mentor', current_date - 2 FROM casus.dossier"
            " WHERE public_id = %s",
            (mentor.person_id, dossier),
        )
    return Diary(town, owner, professional, mentor, dossier)


def test_a_page_is_the_writers_alone_on_every_page(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    page = diary.written(owner)
    told = words_of(owner.get(f"{page}?klaar=dagboek"))
    assert WORDS in told
    assert "Uw bladzijde is bewaard. Alleen u leest hem." in told
    assert TITLE in words_of(owner.get(f"{diary.url}/dagboek"))
    for person in (diary.professional, diary.mentor):
        other = diary.town.signed_in(person)
        before = words_of(other.get(diary.url))
        assert TITLE not in before
        assert other.get(page).status_code == 404
        assert other.get(f"{diary.url}/dagboek").status_code == 404
        for address in ("", "/inhoud", "/afdrukken", "?onderdeel=eigen"):
            text = words_of(other.get(diary.url + address))
            assert TITLE not in text
            assert WORDS not in text
        assert "U kunt 1 notitie lezen." in words_of(other.get(f"{diary.url}/inhoud"))
    assert "U kunt 2 notities lezen." in words_of(owner.get(f"{diary.url}/inhoud"))


def test_nobody_is_asked_about_the_own_page(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    for audience in ("1", "2"):
        page = diary.written(owner)
        assert audience == "1" or diary.act(owner, page, "wie-leest", audience=audience) == 303
        assert f"{page}/klopt-niet" not in owner.get(page).get_data(as_text=True)
        for question in ("klopt-niet", "snap-niet"):
            assert owner.get(f"{page}/{question}").status_code == 404
            assert owner.send(f"{page}/{question}", {"wish": "1", "body": "Wat?", "audience": "2"}, page="/hulp").status_code == 404
        assert (f"{page}/afsluiten" in owner.get(page).get_data(as_text=True)) is (audience == "2")


def test_the_log_tells_the_owner_of_it_and_there_is_none_for_the_representative(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    owner.get(diary.written(owner))
    assert "Las deze notitie: Een lastige dag" in " ".join(words_of(owner.get(f"{diary.url}/wie-keek-er")).split())
    mentor = diary.town.signed_in(diary.mentor)
    assert mentor.get(f"{diary.url}/wie-keek-er").status_code == 404
    assert "wie-keek-er" not in mentor.get(diary.url).text


def test_sharing_and_taking_back(diary: Diary) -> None:
    owner, professional = diary.town.signed_in(diary.owner), diary.town.signed_in(diary.professional)
    page = diary.written(owner)
    assert diary.act(owner, page, "veranderen", body="Dit mag u weten.", title="Een goede dag", base="1") == 303
    assert diary.act(owner, page, "wie-leest", audience="2") == 303
    shown = words_of(professional.get(page))
    assert "Dit mag u weten." in shown
    assert "Een goede dag" in words_of(professional.get(diary.url))
    for address in (page, f"{page}/versies", diary.url):
        text = words_of(professional.get(address))
        assert WORDS not in text
        assert TITLE not in text
        assert "Aangepast" not in text
    assert diary.act(owner, page, "weggooien") == 422
    assert diary.act(owner, page, "wie-leest", audience="1") == 303
    assert professional.get(page).status_code == 404
    assert "Een goede dag" not in words_of(professional.get(diary.url))
    assert diary.act(owner, page, "weggooien") == 422, "who read it may have built on it"
    assert "Deze bladzijde kunt u niet weggooien" in words_of(owner.get(f"{diary.url}/dagboek/{page.rsplit('/', 1)[1]}/weggooien"))


def test_a_page_that_was_never_shared_can_be_thrown_away(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    page = diary.written(owner)
    react = {"body": "Voor mezelf erbij.", "audience": "1", "number": str(uuid4())}
    assert owner.send(f"{page}/reactie", react, page=page).status_code == 303
    assert WORDS in words_of(owner.get(f"{diary.url}/dagboek/{page.rsplit('/', 1)[1]}/weggooien"))
    assert diary.act(owner, page, "weggooien") == 303
    assert owner.get(page).status_code == 404
    listed = words_of(owner.get(f"{diary.url}/dagboek?klaar=weg"))
    assert "Uw bladzijde is weg." in listed
    assert TITLE not in listed
    assert "U kunt 1 notitie lezen." in words_of(owner.get(f"{diary.url}/inhoud"))
    with diary.town.admin() as admin:
        of_page = "(SELECT id FROM casus.entry WHERE public_id = %s)"
        rows = admin.execute(
            f"SELECT event FROM casus.change_log WHERE entry_id = {of_page} ORDER BY id", (page.rsplit("/", 1)[1],)
        ).fetchall()
        assert [event for (event,) in rows] == ["diary.written", "reaction.written", "diary.thrown"]
        for table in ("entry_version", "annotation", "annotation_version"):
            found = admin.execute(f"SELECT FROM casus.{table} WHERE entry_id = {of_page}", (page.rsplit("/", 1)[1],)).fetchall()
            assert found == [], table


def test_without_a_title_it_is_the_day(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    page = diary.written(owner, title="  ")
    assert "Dagboek van " in words_of(owner.get(page))


def test_the_same_form_twice_is_one_page_and_other_words_are_a_newer_text(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    number = str(uuid4())
    pages = {diary.written(owner, number=number), diary.written(owner, number=number), diary.written(owner, number=number, body="Anders.")}
    assert len(pages) == 1
    shown = words_of(owner.get(pages.pop()))
    assert "Anders." in shown
    assert "Bekijk oud en nieuw naast elkaar" in shown


def test_what_was_typed_stays_when_something_is_wrong(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    address = f"{diary.url}/dagboek/schrijven"
    answer = owner.send(address, {"body": WORDS, "title": "x" * 121, "leefdomein": "0"}, page=address)
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "Uw tekst is te lang" in words_of(answer)
    page = diary.written(owner)
    edit = f"{diary.url}/dagboek/{page.rsplit('/', 1)[1]}/veranderen"
    assert diary.act(owner, page, "veranderen", body="Eerst dit.", base="1") == 303
    late = owner.send(edit, {"body": "En dit ook.", "base": "1"}, page=edit)
    assert late.status_code == 422
    assert "En dit ook." in late.text
    assert "net ook ergens anders veranderd" in words_of(late)
    assert diary.act(owner, page, "wie-leest") == 422


def test_the_list_goes_on_to_older_pages(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    owner = diary.town.signed_in(diary.owner)
    pages = [diary.written(owner, title=f"Dag {number}") for number in range(3)]
    first = owner.get(f"{diary.url}/dagboek")
    assert [f"Dag {number}" in words_of(first) for number in range(3)] == [False, True, True]
    older = words_of(owner.get(f"{diary.url}/dagboek?ouder={pages[1].rsplit('/', 1)[1]}"))
    assert ["Dag 0" in older, "Dag 1" in older] == [True, False]


def test_the_list_and_a_page_are_in_the_own_log(diary: Diary) -> None:
    owner = diary.town.signed_in(diary.owner)
    page = diary.written(owner)
    owner.get(f"{diary.url}/dagboek")
    owner.get(page)
    with diary.town.admin() as admin:
        rows = admin.execute("SELECT what, shown FROM casus.read_log WHERE reader_id = %s ORDER BY id", (diary.owner.person_id,)).fetchall()
    assert rows == [("overzicht", 1), ("notitie", 1)]
