"""LiteLLM and Portkey, each installed by its own package manager into a cache folder."""

import json
import os
import shutil
import subprocess
from pathlib import Path

LITELLM = "litellm[proxy]"
PORTKEY = "@portkey-ai/gateway"


class NotInstalled(Exception):
    """A peer cannot be measured here; the message says what is missing."""


def default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("LLM_GATEWAY_BENCH_CACHE") or Path(base) / "llm-gateway-benchmarks")


def litellm(cache: Path) -> tuple[Path, str]:
    """The command and its version."""
    folder = cache / "litellm"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "litellm").exists():
        uv = _tool("uv")
        _run([uv, "venv", "--quiet", "--clear", str(folder)])
        _run([uv, "pip", "install", "--quiet", "--python", str(python), LITELLM])
    version = "import importlib.metadata as m; print(m.version('litellm'))"
    found = subprocess.run([str(python), "-c", version], capture_output=True, text=True, check=True)
    return folder / "bin" / "litellm", found.stdout.strip()


def portkey(cache: Path) -> tuple[Path, str]:
    """The script that node runs, and its version."""
    folder = cache / "portkey"
    package = folder / "node_modules" / PORTKEY
    if not (package / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts"]
        _run([_tool("npm"), "install", *quiet, "--prefix", str(folder), PORTKEY])
    version: str = json.loads((package / "package.json").read_text())["version"]
    return package / "build" / "start-server.js", version


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotInstalled(f"{name} is not installed")
    return found


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled(f"{command[0]} failed: {done.stderr[-500:]}")
