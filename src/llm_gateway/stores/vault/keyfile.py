"""Keys of 32 bytes in files that only their owner may read, or in settings as base64."""

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path

from llm_gateway.ports.startup import CannotStart

KEY_BYTES = 32
_LONGEST_FILE = 1024


class KeyFileRefused(CannotStart):
    """A key file or key setting that is not safe or not a key. The message names the remedy."""


def decode(text: str, name: str) -> bytes:
    """The 32 bytes written as `text` in base64 (standard or URL-safe). `name` is for the message."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileRefused(
            f"{name} must be {KEY_BYTES} bytes in base64; `openssl rand -base64 32` makes one"
        )
    return key


def read(path: Path) -> bytes | None:
    """The key in `path`, None where there is no file. Refuses links, foreign owners and open modes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileRefused(
            f"{path} cannot be used: it must be a plain readable file, not a link"
        ) from error
    try:
        _check(path, os.fstat(descriptor))
        return decode(os.read(descriptor, _LONGEST_FILE).decode("ascii", "replace"), str(path))
    finally:
        os.close(descriptor)


def _check(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileRefused(f"{path} is not a plain file")
    if status.st_uid not in (os.geteuid(), 0):
        raise KeyFileRefused(f"{path} belongs to another user; give it to the one who runs the gateway")
    if status.st_mode & 0o077:
        raise KeyFileRefused(f"{path} can be read by others; run: chmod 600 {path}")


def create(path: Path) -> bytes:
    """Makes a new key file with mode 0600, or reads the one that another process just made.

    The key is written beside its place and linked into it: the file appears whole or not at all,
    and an existing one is never replaced.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(descriptor)
        _link(draft, path)
    finally:
        draft.unlink()
    key = read(path)
    if key is None:
        raise KeyFileRefused(f"{path} vanished while it was being created; start again")
    return key


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
