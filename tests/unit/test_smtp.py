"""Handing a mail to a real server: one that takes it, refuses it, is slow, says nothing, or is not there; with and without TLS."""

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.settings import SettingsError
from portal.smtp import MailServer, MailSettings, Outcome
from tests.post_office import RESIDENTS_URL, PostOffice, dripping, free_port, post_office

GOOD = Outcome()
NOBODY = Outcome("geen_antwoord", no_server=True)
REFUSED = Outcome("geweigerd", for_good=True)
LATER = Outcome("tijdelijk")
WHOLE = {
    "MBT_SMTP_URL": "smtps://post:geheim%40@mail.example:466",
    "MBT_MAIL_FROM": "bericht@portaal.example",
    "MBT_RESIDENTS_URL": RESIDENTS_URL,
}


def letter(to: str = "sam@voorbeeld.nl") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "bericht@portaal.example", to, "Er is een bericht voor u"
    message.set_content("Er is nieuws voor u.\n")
    return message


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as made:
        yield made


def test_a_mail_is_handed_over_and_the_line_is_used_again(office: PostOffice) -> None:
    server = MailServer(office.settings())
    assert [server.send(letter("een@voorbeeld.nl")), server.send(letter("twee@voorbeeld.nl"))] == [GOOD, GOOD]
    server.close()
    server.close()
    assert office.addresses == ["een@voorbeeld.nl", "twee@voorbeeld.nl"]
    assert office.greetings == ["portaal.example", "portaal.example"]
    assert office.taken[0].get_content().split() == ["Er", "is", "nieuws", "voor", "u."]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("550 wie?", REFUSED), ("552 vol", REFUSED), ("450 straks", LATER), ("451 straks", LATER)],
)
def test_a_refusal_is_for_good_or_for_now(office: PostOffice, answer: str, expected: Outcome) -> None:
    office.answers["weg@voorbeeld.nl"] = [answer]
    server = MailServer(office.settings())
    assert server.send(letter("weg@voorbeeld.nl")) == expected
    office.after_data = [answer]
    assert server.send(letter()) == expected
    assert server.send(letter()) == GOOD
    server.close()
    assert len(office.taken) == 1


def test_an_address_that_the_server_can_not_write_is_refused_for_good(office: PostOffice) -> None:
    server = MailServer(office.settings())
    assert server.send(letter("zoë@voorbeeld.nl")) in (GOOD, REFUSED)
    assert server.send(letter()) == GOOD
    server.close()


def test_nobody_there_is_no_judgement_on_the_mail() -> None:
    gone = PostOffice(port=free_port())
    assert MailServer(gone.settings()).send(letter()) == NOBODY
    assert MailServer(gone.settings(host="bestaat.invalid")).send(letter()) == NOBODY


def test_a_server_that_comes_back_is_found_again() -> None:
    with post_office() as first:
        server = MailServer(first.settings())
        assert server.send(letter()) == GOOD
    assert server.send(letter()) == NOBODY
    server.close()


def test_silence_lasts_no_longer_than_a_while(office: PostOffice) -> None:
    office.slow_seconds = 1.5
    begun = time.monotonic()
    assert MailServer(office.settings(), answer_seconds=0.3).send(letter()) == NOBODY
    assert time.monotonic() - begun < 1.4


@pytest.mark.parametrize(("first", "then"), [(b"", b"2"), (b"220 hallo\r\n", b"2"), (b"220 hallo\r\n", b"250-meer\r\n")])
def test_a_server_that_talks_for_ever_is_cut_off(first: bytes, then: bytes) -> None:
    with dripping(first, then, 0.05) as port:
        begun = time.monotonic()
        server = MailServer(PostOffice(port=port).settings(), answer_seconds=1.0, mail_seconds=0.5)
        assert server.send(letter()) == NOBODY
        assert time.monotonic() - begun < 5


def test_what_is_no_mail_server_is_nobody() -> None:
    with dripping(b"HTTP/1.1 400 Bad Request\r\n", b"x\r\n", 0.05) as port:
        assert MailServer(PostOffice(port=port).settings(), mail_seconds=1.0).send(letter()) == NOBODY


# --- encrypted


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for "localhost" with its key, that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


def shut(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it doesn't know that the whole line is encrypted
@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_an_encrypted_line_to_who_it_says_it_is(certificate: Path, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    how = "starttls" if scheme == "smtp+starttls" else "tls"
    with post_office(**{how: shut(certificate)}, login=("post", "geheim")) as office:
        host = "localhost"
        settings = office.settings(scheme, host, user="post", password="geheim")
        assert MailServer(settings).send(letter()) == NOBODY, "a certificate that nobody vouches for"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        server = MailServer(settings)
        assert server.knock() == GOOD
        assert server.send(letter()) == GOOD
        server.close()
        assert office.encrypted == [True]
        wrong_name = office.settings(scheme, "127.0.0.1", user="post", password="geheim")
        assert MailServer(wrong_name).send(letter()) == NOBODY
        wrong_password = office.settings(scheme, host, user="post", password="anders")
        assert MailServer(wrong_password).knock() == NOBODY
        assert len(office.taken) == 1


def test_no_mail_goes_where_encryption_was_asked_and_there_is_none(office: PostOffice) -> None:
    assert MailServer(office.settings("smtp+starttls", "localhost")).send(letter()) == NOBODY
    assert office.taken == []


# --- settings


def test_settings_are_read_from_the_environment() -> None:
    found = MailSettings.from_environment(WHOLE, "productie")
    assert found
    assert (found.host, found.port, found.tls, found.user, found.password) == ("mail.example", 466, "tls", "post", "geheim@")
    assert (found.own_name, found.domain) == ("portaal.example", "portaal.example")
    assert "geheim" not in repr(found)
    for scheme, tls, port in (("smtp", "none", 25), ("smtp+starttls", "starttls", 587), ("smtps", "tls", 465)):
        usual = MailSettings.from_environment({**WHOLE, "MBT_SMTP_URL": f"{scheme}://mail.example"}, "demo")
        assert usual
        assert (usual.tls, usual.port, usual.user) == (tls, port, "")


def test_without_settings_no_mail_is_sent_and_only_outside_production() -> None:
    assert MailSettings.from_environment({}, "demo") is None
    assert MailSettings.from_environment({}, "test") is None
    with pytest.raises(SettingsError, match="MBT_SMTP_URL"):
        MailSettings.from_environment({}, "productie")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"MBT_SMTP_URL": "smtp://mail.example"}, "nobody can listen"),
        ({"MBT_SMTP_URL": "http://mail.example"}, "MBT_SMTP_URL"),
        ({"MBT_SMTP_URL": "smtps://"}, "MBT_SMTP_URL"),
        ({"MBT_SMTP_URL": "smtps://mail.example:post"}, "MBT_SMTP_URL"),
        ({"MBT_SMTP_URL": ""}, "MBT_SMTP_URL"),
        ({"MBT_MAIL_FROM": ""}, "MBT_MAIL_FROM"),
        ({"MBT_MAIL_FROM": "Buurtteam"}, "MBT_MAIL_FROM"),
        ({"MBT_MAIL_FROM": "a@b.nl, c@d.nl"}, "MBT_MAIL_FROM"),
        ({"MBT_RESIDENTS_URL": ""}, "MBT_RESIDENTS_URL"),
        ({"MBT_RESIDENTS_URL": "http://portaal.example"}, "https"),
    ],
)
def test_what_is_missing_or_unsafe_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        MailSettings.from_environment({**WHOLE, **change}, "productie")
