"""The settings, their defaults and what they mean."""

import tomllib
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DEFAULT_FILE = Path("llm-gateway.toml")
MIB = 1024 * 1024

Network = IPv4Network | IPv6Network


class SettingsError(Exception):
    """A setting is wrong; the message names it and the remedy."""


def _named(*names: str) -> AliasChoices:
    """Names that users already have in their environment files are honoured beside ours."""
    return AliasChoices(*names)


class Settings(BaseSettings):
    """All settings. Durations are seconds, sizes are bytes."""

    model_config = SettingsConfigDict(
        env_prefix="LLM_GATEWAY_", extra="forbid", frozen=True, populate_by_name=True
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    public_path: str = Field(
        "",
        pattern=r"^(/[A-Za-z0-9][A-Za-z0-9_~.-]*)*$",
        max_length=200,
        description="Path under which a reverse proxy shows this gateway, such as /llm; empty for the root.",
    )
    data_dir: Path = Field(
        Path("data"), description="Where the database, the master key and the pepper live."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe log line written."
    )

    public_origin: str = Field(
        "",
        pattern=r"^(https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?)?$",
        max_length=300,
        description="Where browsers reach this gateway, such as https://llm.example.com, without a path; "
        "empty when it is reached on this machine only. Signing in through other services needs it.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="Networks of reverse proxies whose X-Forwarded-For is believed, for audit events and for "
        "limits on signing in.",
    )
    session_idle_timeout: float = Field(
        1800.0, ge=60, description="How long a session of the dashboard lasts without a request."
    )
    session_lifetime: float = Field(
        43_200.0, ge=300, description="How long a session of the dashboard lasts at most."
    )
    oidc_issuer: str = Field(
        "",
        max_length=500,
        description="Issuer URL of an OpenID Connect provider that members may sign in with.",
    )
    oidc_client_id: str = Field("", max_length=500, description="This gateway's client id there.")
    oidc_client_secret: SecretStr | None = Field(
        None, description="The client secret; none for a public client, which PKCE protects alone."
    )
    oidc_title: str = Field(
        "single sign-on", max_length=100, description="What the sign-in button calls the provider."
    )
    clerk_issuer: str = Field(
        "",
        max_length=500,
        description="Frontend API URL of Clerk; session tokens of members are then taken as bearer tokens.",
    )
    clerk_authorized_parties: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Origins whose Clerk session tokens are taken, with commas between them."
    )
    admin_token: SecretStr | None = Field(
        None, description="Opens the administrative API as a bearer token. At least 16 characters."
    )
    internal_api_secret: SecretStr | None = Field(
        None,
        validation_alias=_named("LLM_GATEWAY_INTERNAL_API_SECRET", "INTERNAL_API_SECRET"),
        description="Opens the internal API in the Internal-Secret header. At least 16 characters.",
    )
    master_key: SecretStr | None = Field(
        None,
        description="Key-encryption key, 32 bytes in base64. Without it, the file master.key in the data "
        "directory is used, and created on the first start.",
    )
    pepper: SecretStr | None = Field(
        None,
        description="Pepper of the key verifiers, 32 bytes in base64. Without it, the file pepper.key in the "
        "data directory is used, and created on the first start.",
    )

    egress_allow: Annotated[tuple[Network, ...], NoDecode] = Field(
        (), description="Networks that a provider's base URL may resolve to although they are private."
    )
    max_body_bytes: int = Field(20 * MIB, ge=1024, description="Largest request body.")
    max_answer_bytes: int = Field(64 * MIB, ge=1024, description="Largest answer taken from a provider.")
    max_json_depth: int = Field(64, ge=4, le=128, description="Deepest nesting of a JSON body.")
    header_timeout: float = Field(10.0, gt=0, description="Longest wait for a request's headers.")
    body_min_rate: int = Field(1024, ge=1, description="Slowest body accepted, bytes a second.")
    keep_alive_timeout: float = Field(75.0, gt=0, description="Longest idle time of a client connection.")
    connect_timeout: float = Field(5.0, gt=0, description="Longest wait for a connection to a provider.")
    first_byte_timeout: float = Field(120.0, gt=0, description="Longest wait for a provider's first byte.")
    idle_timeout: float = Field(60.0, gt=0, description="Longest silence inside a provider's answer.")
    total_timeout: float = Field(1800.0, gt=0, description="Longest exchange.")
    drain_timeout: float = Field(
        30.0, ge=0, description="How long running exchanges may finish after SIGTERM."
    )

    policy_file: Path | None = Field(
        None, description="Policy for all keys; without it the built-in default is used."
    )
    inspection: Literal["on", "off"] = Field(
        "on",
        description="off sends everything on uninspected and says so in every record; for measurements only.",
    )
    holdback_characters: int = Field(
        256, ge=16, le=8192, description="Most characters of a streamed answer held back for inspection."
    )
    finding_cache_entries: int = Field(20_000, ge=0, description="Texts whose findings are remembered.")
    durability: Literal["normal", "strict"] = Field(
        "normal", description="strict makes the end of each answer wait until its record is committed."
    )
    record_retention_days: int = Field(30, ge=1, description="Days that records are kept.")
    demo: bool = Field(True, description="Offer the built-in demo provider (a simulation) and a key for it.")

    @field_validator("egress_allow", "trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return tuple(ip_network(part, strict=False) if isinstance(part, str) else part for part in value)

    @field_validator("clerk_authorized_parties", mode="before")
    @classmethod
    def _origins(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return tuple(value)

    @field_validator("admin_token", "internal_api_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        """An empty secret means the feature is off; a short one is a mistake."""
        if value is None or value.get_secret_value() == "":
            return None
        if len(value.get_secret_value()) < 16:
            raise ValueError("must have at least 16 characters; `openssl rand -base64 32` makes a good one")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = cls.model_config.get("toml_file")
        toml = (TomlConfigSettingsSource(settings_cls),) if file else ()
        return (init_settings, env_settings, *toml)


def load(file: Path | None = None, **overrides: Any) -> Settings:
    """Settings from `file` (or llm-gateway.toml where it exists), the environment and overrides.

    Overrides that are None are ignored, so that command-line options can be passed as they are.
    Raises SettingsError, naming the setting and the remedy.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return _bound_to(file)(**given)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file or DEFAULT_FILE} is not valid TOML: {error}") from error


def _bound_to(file: Path | None) -> type[Settings]:
    if file is None:
        file = DEFAULT_FILE if DEFAULT_FILE.exists() else None
    elif not file.is_file():
        raise SettingsError(f"no such settings file: {file}")

    class FileSettings(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    return FileSettings


def _explain(error: ValidationError) -> str:
    """One line per setting: its name and what is wrong, never the value (it may be a secret)."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in problem["loc"])
        text = "no such setting" if problem["type"] == "extra_forbidden" else problem["msg"]
        lines.append(f"setting {name}: {text}")
    return "\n".join(lines)
