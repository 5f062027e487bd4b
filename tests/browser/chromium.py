"""The browser of the tests: Debian's Chromium, never a download of its own."""

import os
import shutil
import subprocess
from functools import lru_cache

PACKAGE = "chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@lru_cache(maxsize=1)
def executable() -> str:
    """Its path. Installs the package when it is missing and this is root on Debian."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("the browser tests need Chromium; on Debian: apt-get install chromium")
    return found


def _install() -> None:
    """The lock of apt makes several test processes wait for each other."""
    wait = ("-o", "DPkg::Lock::Timeout=300")
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", *wait, "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", *wait, "install", "-y", "-qq", PACKAGE], check=True, **quiet)  # type: ignore[call-overload]
