"""TLS to a vetted address is checked against the name in the URL."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import UpstreamRequest
from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import FAST, Provider

NAME = "provider.example"


def certificate(directory: Path) -> Path:
    """A self-signed certificate for NAME with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = directory / "provider.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Secure:
    """A TLS provider and the certificate to trust."""

    def __init__(self, file: Path) -> None:
        self.provider = Provider(self._behave)
        self.names: list[str | None] = []
        self.trusting = ssl.create_default_context(cafile=str(file))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(file)
        self.context.sni_callback = lambda _, name, __: self.names.append(name)

    async def _behave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        whole = b" /whole " in self.provider.requests[-1][1]
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\nok" % (2 if whole else 9))
        if not whole:
            await reader.read(1)

    def request(self, host: str, path: str = "/whole") -> UpstreamRequest:
        return UpstreamRequest("POST", f"https://{host}:{self.provider.port}{path}", {}, b"{}", FAST)

    def client(self, tls: ssl.SSLContext | None) -> HttpUpstream:
        async def resolve(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        return HttpUpstream(allow=(ip_network("127.0.0.0/8"),), resolve=resolve, tls=tls)


@pytest.fixture
async def secure(tmp_path: Path) -> AsyncIterator[Secure]:
    made = Secure(certificate(tmp_path))
    server = await asyncio.start_server(made.provider.serve, "127.0.0.1", 0, ssl=made.context)
    made.provider.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


async def test_the_name_of_the_url_is_asked_for_and_checked(secure: Secure) -> None:
    """Connected to an address, the certificate still has to be the name's."""
    client = secure.client(secure.trusting)
    answer = await client.send(secure.request(NAME))

    assert await answer.read(10) == b"ok"
    assert secure.names == [NAME]
    await answer.close()
    await client.close()


@pytest.mark.parametrize(("host", "trusted"), [("other.example", True), ("127.0.0.1", True), (NAME, False)])
async def test_another_name_or_an_unknown_issuer_is_refused(secure: Secure, host: str, trusted: bool) -> None:
    """Nothing is sent to whoever cannot show the right certificate."""
    client = secure.client(secure.trusting if trusted else None)
    with pytest.raises(UpstreamFailed) as failed:
        await client.send(secure.request(host))
    await client.close()

    assert failed.value.code == "upstream_tls"
    assert secure.provider.requests == []


async def test_giving_up_is_seen_through_tls_too(secure: Secure) -> None:
    """No polite goodbye is waited for."""
    client = secure.client(secure.trusting)
    answer = await client.send(secure.request(NAME, "/stalled"))
    await anext(answer.chunks())
    await answer.close()

    assert await asyncio.wait_for(secure.provider.closed.get(), 1) == 1
    await client.close()
