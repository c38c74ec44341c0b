"""A dossier out of sight over HTTP: what comes after looks as if there never was one, and back on is done by the team."""

import re

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import public
from tests.routes.test_closing import A, admin, as_, send, words_of

__all__ = ["admin", "monkeypatch_module", "web"]

_NAMES = re.compile(r"(owner|grant withdrawn) Proef")


def test_after_it_is_out_of_sight_every_page_is_as_of_a_dossier_that_never_was(web: Web, admin: object) -> None:
    owner, naaste, mandate = as_(web, "owner"), as_(web, "grant whole"), as_(web, "mandate")
    for client in (owner, naaste, mandate):
        assert client.get(A).status_code == 200
    assert send(owner, f"{A}/uitzetten") == 303
    for client in (owner, naaste, mandate):
        for after in (
            "",
            "/inhoud",
            "/wie-keek-er",
            "/afdrukken",
            "/zoeken",
            "/wie-mag-wat-zien",
            "/uitzetten",
            f"/notitie/{public('entry', 101)}",
        ):
            address = f"{A}{after}"
            assert client.get(address).status_code == 404, after
            assert words_of(client, address) == words_of(client, address.replace(str(public("dossier", 1)), str(public("dossier", 99))))
    start = owner.get("/").get_data(as_text=True)
    assert "Er is nog geen dossier dat u kunt lezen." in start
    for word in ("Mijn dossier", "uitgezet", "staat uit"):
        assert word not in start


def test_the_first_page_is_the_one_of_somebody_without_a_dossier(web: Web, admin: object) -> None:
    owner, nobody = as_(web, "owner"), as_(web, "grant withdrawn")
    assert send(owner, f"{A}/uitzetten") == 303

    def plain(name: str) -> str:
        page = as_(web, name).get("/").get_data(as_text=True)
        return _NAMES.sub(
            "", re.sub(r'nonce="[^"]+"|data-seconds="\d+"|ingelogd tot [^<]+|value="[^"]{40,}"|"csrf_token":\s*"[^"]+"', "", page)
        )

    assert nobody.get("/").status_code == 200
    assert plain("owner") == plain("grant withdrawn")


def test_the_team_reads_on_sees_that_it_is_off_and_brings_it_back(web: Web, admin: object) -> None:
    professional, owner = as_(web, "assigned"), as_(web, "owner")
    assert "Dit dossier staat uit" not in professional.get(A).get_data(as_text=True)
    assert send(professional, f"{A}/uitzetten") == 422
    assert owner.get(A).status_code == 200
    assert send(professional, f"{A}/uitzetten", way="telefoon") == 303
    assert owner.get(A).status_code == 404
    assert "Dit dossier staat uit" in professional.get(A).get_data(as_text=True)
    assert send(professional, f"{A}/aanzetten") == 422
    assert owner.get(A).status_code == 404
    assert send(professional, f"{A}/aanzetten", seen="y") == 303
    assert owner.get(A).status_code == 200
