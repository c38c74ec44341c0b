"""What static/js/site.js adds, in a real browser: leaving at once, the warning before the end, text kept, focus in the right place."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.live import Live, People

MINUTE = 60_000


def active(page: Page) -> str:
    """The id of what has the focus, or its tag."""
    found: str = page.evaluate("document.activeElement.id || document.activeElement.tagName")
    return found


def write_something(page: Page, live: Live) -> None:
    """As a professional: begins a new note in the dossier of Samer."""
    page.goto(live.dossier("Samer"))
    page.get_by_role("button", name="Nieuwe notitie schrijven").click()
    page.wait_for_url("**/concept/*")


class TestLeaving:
    def test_three_times_escape(self, person: People, live: Live) -> None:
        page = person("inwoner", "danny")
        before = live.one("SELECT count(*) FROM portaal.session WHERE ended_at IS NULL")
        page.goto(live.dossier("Danny"))
        for _ in range(3):
            page.keyboard.press("Escape")
        page.wait_for_url(live.neutral_url)
        assert live.one("SELECT count(*) FROM portaal.session WHERE ended_at IS NULL") == before - 1
        assert page.context.cookies() == []

    def test_two_times_or_slowly_is_nothing(self, person: People) -> None:
        page = person.visitor("inwoner")
        page.clock.install()
        page.goto("/hulp")
        for pause in (0, 1500, 1500):
            page.clock.fast_forward(pause)
            page.keyboard.press("Escape")
        expect(page).to_have_url(re.compile("/hulp$"))

    def test_the_button_leaves_no_step_back_to_this_page(self, person: People, live: Live) -> None:
        page = person("inwoner", "danny")
        page.goto("/")
        page.goto(live.dossier("Danny"))
        page.click("#weg")
        page.wait_for_url(live.neutral_url)
        page.go_back()
        # The step before the dossier, which asks to sign in; the dossier's own address is in no history.
        expect(page).to_have_url(re.compile("/(inloggen)?$"))
        assert "Danny" not in page.content()

    def test_the_page_is_empty_however_slow_the_network_is(self, person: People) -> None:
        page = person("inwoner", "danny")
        page.goto("/hulp")
        left: list[int] = []
        page.expose_function("noted", lambda count: left.append(count))
        page.evaluate("new MutationObserver(() => noted(document.body.children.length)).observe(document.body, {childList: true})")
        held: list[Route] = []
        page.route("**/weg", lambda route: held.append(route))
        with page.expect_request("**/weg"):
            page.click("#weg", no_wait_after=True)
        page.wait_for_timeout(200)
        assert left == [0]
        held[0].fulfill(status=200, body="")
        person.watch.complaints.clear()


class TestTheEndOfASession:
    def test_a_warning_two_minutes_before_and_staying(self, person: People) -> None:
        page = person("inwoner", "marieke")
        page.clock.install()
        page.goto("/")
        warning = page.locator("#sessie")
        page.clock.run_for(12 * MINUTE)
        expect(warning).to_be_hidden()
        page.clock.run_for(MINUTE + 5000)
        expect(warning).to_be_visible()
        expect(page.get_by_role("status").first).to_have_text("Over 2 minuten loggen wij u uit.")
        with page.expect_response("**/sessie/verlengen") as answered:
            warning.get_by_role("button").click()
        assert answered.value.status == 204
        expect(warning).to_be_hidden()
        page.clock.run_for(3 * MINUTE)
        expect(warning).to_be_hidden()
        expect(page.locator("#inhoud")).to_be_visible()

    def test_at_the_end_nobody_reads_on(self, person: People) -> None:
        page = person("inwoner", "marieke")
        page.clock.install()
        page.goto("/")
        page.clock.run_for(15 * MINUTE + 2000)
        expect(page.locator("#inhoud")).to_be_hidden()
        expect(page.get_by_role("link", name="Opnieuw inloggen")).to_be_visible()

    def test_a_text_that_is_being_written_stays(self, person: People, live: Live) -> None:
        page = person("inwoner", "danny")
        page.clock.install()
        page.goto(live.dossier("Danny"))
        page.locator(".timeline a").first.click()
        page.fill("textarea", "Ik was nog bezig.")
        page.clock.run_for(15 * MINUTE + 2000)
        expect(page.locator("textarea")).to_have_value("Ik was nog bezig.")
        expect(page.locator("textarea")).to_be_visible()

    def test_another_tab_counts_too(self, person: People) -> None:
        page = person("inwoner", "marieke")
        page.clock.install()
        page.goto("/")
        page.clock.run_for(10 * MINUTE)
        other = page.context.new_page()
        other.clock.install(time=page.evaluate("Date.now()"))
        other.goto("/")
        page.clock.run_for(4 * MINUTE)
        expect(page.locator("#sessie")).to_be_hidden()


class TestSending:
    def test_twice_is_once(self, person: People, live: Live) -> None:
        page = person("inwoner", "danny")
        page.goto(live.dossier("Danny"))
        page.locator(".timeline a").first.click()
        page.fill("textarea", "Eén keer is genoeg.")
        sent: list[Route] = []
        page.route(re.compile("/reactie"), lambda route: sent.append(route))
        button = page.get_by_role("button", name="Reactie bewaren")
        with page.expect_request(lambda request: request.method == "POST"):
            button.evaluate("(button) => { button.click(); setTimeout(() => button.click(), 300); }")
        page.wait_for_timeout(800)
        assert len(sent) == 1
        sent[0].continue_()
        page.wait_for_load_state()
        expect(page.get_by_text("Eén keer is genoeg.")).to_have_count(1)

    def test_a_concept_keeps_itself_on_the_server_only(self, person: People, live: Live) -> None:
        page = person("team", "saskia.derksen")
        write_something(page, live)
        page.fill("#title", "Zelf bewaard")
        note = page.locator(".autosave")
        expect(note).to_have_text(re.compile(r"^Bewaard om \d\d\.\d\d uur$"))
        assert note.get_attribute("role") == "status"
        kept = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
        # The address of this page, which htmx notes for this tab; the browser has it in its history anyway.
        assert kept in ([[], []], [[], ["htmx-current-path-for-history"]])
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        page.reload()
        expect(page.locator("#title")).to_have_value("Zelf bewaard")

    def test_without_network_the_text_stays_and_it_says_so(self, person: People, live: Live) -> None:
        page = person("team", "saskia.derksen")
        write_something(page, live)
        person.watch.offline = True
        page.context.set_offline(True)
        page.fill("#title", "Onderweg")
        expect(page.locator(".autosave")).to_have_text(re.compile("^Het is niet gelukt. Uw tekst staat er nog."))
        page.context.set_offline(False)
        page.fill("#title", "Onderweg geschreven")
        expect(page.locator(".autosave")).to_have_text(re.compile("^Bewaard om"))


class TestFocus:
    @pytest.mark.parametrize("script", [True, False])
    def test_mistakes_get_the_focus(self, person: People, script: bool) -> None:
        """The page on which one signs in has no script at all; the browser itself moves the focus."""
        page = person.visitor("inwoner", javascript=script)
        page.goto("/inloggen")
        page.click("main button[type=submit]")
        expect(page.locator("#fouten")).to_be_focused()
        expect(page).to_have_title(re.compile("^Fout: "))
        page.locator("#fouten a").first.click()
        assert active(page) == "login"

    def test_skip_link_first_leaving_second(self, person: People) -> None:
        page = person.visitor("inwoner")
        page.goto("/hulp")
        page.keyboard.press("Tab")
        expect(page.locator(".utrecht-skip-link")).to_be_focused()
        expect(page.locator(".utrecht-skip-link")).to_be_in_viewport()
        page.keyboard.press("Tab")
        assert active(page) == "weg"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert active(page) == "inhoud"

    def test_after_a_swap_the_focus_is_at_the_new_part(self, person: People) -> None:
        page = person("inwoner", "danny")
        page.goto("/")
        page.evaluate("htmx.ajax('GET', '/hulp', {target: '#inhoud'})")
        expect(page.locator("h1")).to_have_text("Hulp bij deze website")
        expect(page.locator("h1")).to_be_focused()

    def test_a_refusal_during_a_swap_is_shown(self, person: People) -> None:
        page = person("inwoner", "danny")
        page.goto("/")
        page.route("**/hulp", lambda route: route.fulfill(status=503, body="<h1>De website werkt even niet</h1>"))
        page.evaluate("htmx.ajax('GET', '/hulp', {target: '#inhoud h1'})")
        expect(page.locator("#inhoud > h1")).to_have_text("De website werkt even niet")
        person.watch.complaints.clear()

    @pytest.mark.parametrize("name", ["eval('1')", "new Function('return 1')()"])
    def test_text_is_never_run(self, person: People, name: str) -> None:
        page = person.visitor("inwoner")
        page.goto("/hulp")
        refused = page.evaluate(
            """code => new Promise(done => {
                addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
                const script = document.createElement("script");
                script.textContent = code;
                document.body.append(script);
            })""",
            name,
        )
        assert refused.startswith("script-src")
        person.watch.complaints.clear()
