"""What must not happen on any page, noted while it is open."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

# Chromium writes every answer of 4xx to the console; asking who is signed in is answered so by design.
_EXPECTED = "/api/auth/session"


@dataclass
class Watched:
    """Everything that a page did and should not have: dialogs, foreign requests, errors."""

    host: str
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("popup", lambda popup: self.found.append(f"popup: {popup.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.found.append(f"foreign request: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        failed_as_expected = _EXPECTED in str(message.location.get("url", ""))
        if message.type == "error" and not failed_as_expected:
            self.found.append(f"console: {message.text}")
