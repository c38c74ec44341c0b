"""Sends what is in the outbox: one mail a transaction, marked as sent after the server took it over.

When this stops between those two, the mail is due again: it may arrive twice (with the same Message-ID), it never gets lost.
"""

import logging
import time
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from sqlalchemy import Connection, text

from portal.db import Database
from portal.deadlines import AMSTERDAM
from portal.mail import Place, mail_text
from portal.smtp import MailServer, MailSettings, Outcome

RUN_SECONDS = 20.0
"""After so long other jobs get their turn; the rest follows at the next."""
log = logging.getLogger("portal.mail")


class MailJob:
    """Everything that is due, until it is gone, the server is, or the time is up."""

    def __init__(self, settings: MailSettings, place: Place, server: MailServer | None = None) -> None:
        self.settings = settings
        self.place = place
        self.server = server or MailServer(settings)

    def __call__(self, database: Database) -> None:
        """Send, and give up what could not be sent for too long."""
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < RUN_SECONDS:
                with database.plain() as connection:
                    outcome = self._next(connection)
                if outcome is None or outcome.no_server:
                    break
        finally:
            self.server.close()
        with database.plain() as connection:
            connection.execute(text("SELECT portaal.give_up_mail()"))

    def _next(self, connection: Connection) -> Outcome | None:
        """One mail; None when none is due."""
        mail = connection.execute(text("SELECT * FROM portaal.next_mail()")).mappings().one_or_none()
        if mail is None:
            return None
        try:
            message = self._message(
                **{name: mail[name] for name in ("public_id", "template", "language", "to_whom", "address", "since", "code")}
            )
        except Exception as mistake:  # one text that can't be made must not stop all others
            log.warning("Mail %d can't be made (%s).", mail["id"], type(mistake).__name__)
            outcome = Outcome("tekst", for_good=True)
        else:
            outcome = self.server.send(message)
        if not outcome.error:
            connection.execute(text("SELECT portaal.mail_sent(:id)"), {"id": mail["id"]})
        else:
            log.warning("Mail %d was not sent (%s).", mail["id"], outcome.error)
            connection.execute(
                text("SELECT portaal.mail_failed(:id, :error, :for_good)"),
                {"id": mail["id"], "error": outcome.error, "for_good": outcome.for_good},
            )
        return outcome

    def _message(
        self, public_id: UUID, template: str, language: str, to_whom: str, address: str, since: datetime, code: str | None
    ) -> EmailMessage:
        subject, body = mail_text(template, language, self.place, to_whom=to_whom, since=since, code=code)
        message = EmailMessage()
        message["From"] = self.settings.sender
        message["To"] = address
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(AMSTERDAM))
        message["Message-ID"] = f"<{public_id}@{self.settings.domain}>"
        # No answer by a program that somebody is away, and no copy in a list (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        message["Content-Language"] = language
        return message
