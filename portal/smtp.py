"""The mail server: how to reach it, and handing one mail over. What went wrong is told as a kind, never with an address in it."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from portal.settings import Mode, SettingsError, require_residents_url

ANSWER_SECONDS = 10.0
"""How long a server may take for one answer."""
MAIL_SECONDS = 30.0
"""How long it may take for one mail, however it spreads its answers."""
_SCHEMES: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
_ADDRESS = re.compile(r"[^\s@<>,;:\"]{1,64}@([^\s@<>,;:\"]{1,189})")


@dataclass(frozen=True)
class MailSettings:
    """The mail server and the sender. Raises SettingsError when something is missing or unsafe."""

    host: str
    port: int
    tls: Literal["none", "starttls", "tls"]
    sender: str
    residents_url: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def own_name(self) -> str:
        """The name by which we greet the server: the host of the residents' face."""
        return urlsplit(self.residents_url).hostname or "localhost"

    @property
    def domain(self) -> str:
        """The part of the sender's address after the @."""
        found = _ADDRESS.fullmatch(parseaddr(self.sender)[1])
        return found[1] if found else ""

    @classmethod
    def from_environment(cls, source: Mapping[str, str], mode: Mode) -> Self | None:
        """Read MBT_SMTP_URL and MBT_MAIL_FROM; None outside production when neither is there. Raises SettingsError."""
        url, sender = source.get("MBT_SMTP_URL", "").strip(), source.get("MBT_MAIL_FROM", "").strip()
        if not url and not sender and mode != "productie":
            return None
        parts = urlsplit(url)
        tls, usual_port = _SCHEMES.get(parts.scheme, ("none", 0))
        try:
            port = parts.port or usual_port
        except ValueError:
            port = 0
        if not port or not parts.hostname:
            raise SettingsError("MBT_SMTP_URL must be an address such as smtp+starttls://name:password@host:587 or smtps://host.")
        if mode == "productie" and tls == "none":
            raise SettingsError("MBT_SMTP_URL must begin with smtp+starttls or smtps in productie, so that nobody can listen.")
        if len(getaddresses([sender])) != 1 or not _ADDRESS.fullmatch(parseaddr(sender)[1]):
            raise SettingsError("MBT_MAIL_FROM must be an e-mail address, with or without a name before it.")
        residents_url = source.get("MBT_RESIDENTS_URL", "").strip()
        require_residents_url(residents_url, mode)
        return cls(parts.hostname, port, tls, sender, residents_url, unquote(parts.username or ""), unquote(parts.password or ""))


@dataclass(frozen=True)
class Outcome:
    """What came of a mail. ``error`` is a kind (portaal.outbox.last_error), empty when the server took it over.

    ``for_good``: trying again is of no use. ``no_server``: it is not about this mail, so others need not be tried now.
    """

    error: str = ""
    for_good: bool = False
    no_server: bool = False


class MailServer:
    """One line to the mail server, opened when it is needed and used for more than one mail."""

    def __init__(self, settings: MailSettings, *, answer_seconds: float = ANSWER_SECONDS, mail_seconds: float = MAIL_SECONDS) -> None:
        self.settings = settings
        self._answer_seconds = answer_seconds
        self._mail_seconds = mail_seconds
        self._line: smtplib.SMTP | None = None
        self._ready = False

    def send(self, message: EmailMessage) -> Outcome:
        """Hand one mail over. Never raises for what a server or a network does."""

        def hand_over() -> None:
            self._open().send_message(message)

        return self._answer(hand_over)

    def knock(self) -> Outcome:
        """Only see whether it answers, and takes our name and password."""
        return self._answer(lambda: self._open().noop())

    def close(self) -> None:
        """Say goodbye, when there is anybody to say it to."""
        if self._line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
            self._drop()

    def _answer(self, act: Callable[[], object]) -> Outcome:
        try:
            with self._no_longer_than():
                act()
        except smtplib.SMTPRecipientsRefused as refused:
            outcome = _refused(next(iter(refused.recipients.values()))[0])
        except smtplib.SMTPDataError as refused:
            outcome = _refused(refused.smtp_code)
        except (UnicodeEncodeError, smtplib.SMTPNotSupportedError):
            # An address with letters that this server can't take; or no encryption, and then no mail goes.
            outcome = Outcome("geweigerd", for_good=True) if self._ready else Outcome("geen_antwoord", no_server=True)
        except (OSError, smtplib.SMTPException):
            # Silence, a lost line, a certificate that isn't right, a name it doesn't take: ours to mend, so it is tried again.
            outcome = Outcome("geen_antwoord", no_server=True)
        else:
            return Outcome()
        self._drop()
        return outcome

    def _open(self) -> smtplib.SMTP:
        if self._line is not None and self._ready:
            return self._line
        context = ssl.create_default_context()
        own, patience = self.settings.own_name, self._answer_seconds
        if self.settings.tls == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=own, timeout=patience, context=context)
        else:
            line = smtplib.SMTP(local_hostname=own, timeout=patience)
        self._line = line
        # Python looks at the certificate for this name; connect() alone doesn't tell it.
        line._host = self.settings.host  # type: ignore[attr-defined]  # noqa: SLF001
        line.connect(self.settings.host, self.settings.port)
        line.ehlo_or_helo_if_needed()
        if self.settings.tls == "starttls":
            line.starttls(context=context)
            line.ehlo_or_helo_if_needed()
        if self.settings.user:
            line.login(self.settings.user, self.settings.password)
        self._ready = True
        return line

    @contextmanager
    def _no_longer_than(self) -> Iterator[None]:
        """A server that says a letter now and then would keep us for ever: after a while the line is cut."""
        timer = threading.Timer(self._mail_seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        held = self._line.sock if self._line is not None else None
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def _drop(self) -> None:
        self._ready = False
        if self._line is not None:
            self._line.close()
            self._line = None


def _refused(code: int) -> Outcome:
    return Outcome("geweigerd", for_good=True) if code >= 500 else Outcome("tijdelijk")
