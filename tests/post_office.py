"""Real mail servers on this machine, for tests: one that keeps what it gets, some that refuse, some that are slow, silent or gone."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from portal.smtp import MailSettings

RESIDENTS_URL = "https://portaal.example"
SENDER = "Bericht <bericht@portaal.example>"


@dataclass
class PostOffice:
    """Keeps every mail it takes over. ``answers`` says what to answer to which address, in its turn; others are taken."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    after_data: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    slow_seconds: float = 0.0
    always_encrypted: bool = False
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        """Whether this address is taken."""
        answers = self.answers.get(address, [])
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 goed"

    async def handle_DATA(self, _server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes the mail over."""
        time.sleep(self.slow_seconds)
        if self.after_data:
            return self.after_data.pop(0)
        assert isinstance(envelope.content, bytes)
        self.greetings.append(str(session.host_name))
        self.encrypted.append(self.always_encrypted or session.ssl is not None)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 goed"

    @property
    def addresses(self) -> list[str]:
        """To whom, in the order in which they came."""
        return [str(one["To"]) for one in self.taken]

    def settings(self, scheme: str = "smtp", host: str = "127.0.0.1", **more: Any) -> MailSettings:
        """The settings of a portal that sends its mail here."""
        tls: Any = {"smtp": "none", "smtp+starttls": "starttls", "smtps": "tls"}[scheme]
        return MailSettings(host, self.port, tls, SENDER, RESIDENTS_URL, **more)


@contextmanager
def post_office(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    **office: Any,
) -> Iterator[PostOffice]:
    """A server on a free port, until the block ends."""
    made = PostOffice(always_encrypted=tls is not None, **office)

    def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    signs_in: dict[str, Any] = (
        {} if login is None else {"authenticator": knows, "auth_required": True, "auth_require_tls": starttls is not None}
    )
    controller = Controller(
        made, hostname="127.0.0.1", port=free_port(), ssl_context=tls, tls_context=starttls, require_starttls=starttls is not None,
        **signs_in,
    )  # fmt: skip
    controller.start()
    made.port = controller.port
    try:
        yield made
    finally:
        controller.stop()


@contextmanager
def dripping(first: bytes, then: bytes, every: float) -> Iterator[int]:
    """Somebody who says ``first`` and then a letter of ``then`` now and then, for ever; gives the port."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        while not over.is_set():
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                try:
                    line.sendall(first)
                    while not over.wait(every):
                        line.sendall(then)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        worker = threading.Thread(target=serve, args=(listener,), daemon=True)
        worker.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            worker.join()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
