"""Secrets known by their structure: private keys, JWTs, connection strings, headers."""

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error as NotBase64

from llm_gateway.guard.detectors.rules import Rule, whole
from llm_gateway.guard.detectors.secrets.plausible import stand_in, token_like

_BODY = re.compile(r"[A-Za-z0-9+/=]{32,}")
_FEWEST_KEY_CHARACTERS = 40


def _private_key(value: str) -> int:
    """The whole block, or for a truncated one everything up to the last line of its body."""
    runs = list(_BODY.finditer(value))
    if sum(run.end() - run.start() for run in runs) < _FEWEST_KEY_CHARACTERS:
        return 0
    return len(value) if "END" in value[runs[-1].end() :] else runs[-1].end()


def _jwt(value: str) -> bool:
    head = value.split(".", 1)[0]
    try:
        return b'"alg"' in urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except NotBase64:
        return False


_DOC_PASSWORDS = frozenset(
    {
        "password",
        "pass",
        "passwd",
        "pwd",
        "pw",
        "secret",
        "user",
        "xxx",
        "tiger",
        "test",
        "token",
        "pswd",
        "mypass",
    }
)
_DOC_HOST = re.compile(
    r"@(?:localhost|127\.0\.0\.1|\[?::1\]?|host(?:name)?|[\w.-]*example[\w.-]*|dbserver|server|db|test|some_?host)\b"
)


def _connection(value: str) -> bool:
    credentials = value.split("://", 1)[1].rsplit("@", 1)[0]
    password = credentials.partition(":")[2]
    if not password or password == "tiger" or re.search(r"^[<{$*%\[]|\.\.\.|\*\*\*|[{}]", password):
        return False
    return password.lower() not in _DOC_PASSWORDS or _DOC_HOST.search(value) is None


def _basic(value: str) -> bool:
    try:
        return b":" in b64decode(value + "=" * (-len(value) % 4))
    except NotBase64:
        return False


def _password(value: str) -> bool:
    return not stand_in(value) and value[0] not in "$%{@[(" and value.lower() not in _DOC_PASSWORDS


_KEY_NAME = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?"
_SSH2 = "SSH2 ENCRYPTED PRIVATE KEY"
_KEY_BODY = r"(?:[A-Za-z0-9+/=\s\\,:.\"'>|\x1b]|-[A-Za-z0-9])*"
_SCHEMES = (
    r"(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|oracle|cockroachdb|clickhouse|"
    r"cassandra|couchdb|neo4j|bolt|influxdb|elasticsearch|opensearch|kafka|nats|mqtts?|ldaps?|smtps?|imaps?|sftp|ftps?|"
    r"snowflake|redshift|db2|etcd|zookeeper|sqlalchemy)"
)

RULES = (
    Rule(
        category="private_key",
        name="pem",
        check=_private_key,
        score=0.99,
        gate=("private key",),
        pattern=rf"(-----BEGIN {_KEY_NAME}-----{_KEY_BODY}(?:-----END {_KEY_NAME}-----)?)",
        reason="a private key block",
        positives=(
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAy8Dbv8prpJ/0kKhlGeJYozo2t60EG8L0561\n"
            "-----END RSA PRIVATE KEY-----",
            '"key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB\\n',
        ),
        negatives=(
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKC",
        ),
    ),
    Rule(
        category="private_key",
        name="ssh2",
        check=_private_key,
        score=0.99,
        gate=("ssh2 encrypted private key",),
        pattern=rf"(---- BEGIN {_SSH2} ----{_KEY_BODY}(?:---- END {_SSH2} ----)?)",
        reason="a private key block",
        positives=(
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAAgIAAAAmZGwtbW9kcHtzaWdue2RzYS1uaXN0\n",
        ),
        negatives=("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",),
    ),
    Rule(
        category="private_key",
        name="putty",
        score=0.99,
        gate=("private-lines:",),
        pattern=r"(Private-Lines: \d+\s+(?:[A-Za-z0-9+/=]+\s+)+)",
        reason="a private key in PuTTY form",
        positives=("Private-Lines: 1\nAAAAgGVzb2Rhc3dvcmRmaWxsZXJ0ZXh0MTIz\nPrivate-MAC: 00",),
        negatives=("Private-Lines: 14",),
    ),
    Rule(
        category="private_key",
        name="wireguard",
        score=0.95,
        gate=("privatekey", "presharedkey"),
        pattern=r"(?:PrivateKey|PresharedKey) ?= ?([A-Za-z0-9+/]{43}=)",
        reason="a WireGuard key",
        positives=("PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",),
        negatives=("PrivateKey = abc=",),
    ),
    Rule(
        category="jwt",
        check=whole(_jwt),
        score=0.95,
        gate=("eyj",),
        pattern=r"\b(eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,})",
        reason="a signed JSON web token",
        positives=(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        ),
        negatives=("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi", "eyJmb28iOiJiYXIifQ.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVm"),
    ),
    Rule(
        category="connection_string",
        name="url",
        check=whole(_connection),
        score=0.95,
        gate=(r"://[^ ]*@",),
        pattern=rf"(?i)\b({_SCHEMES}(?:\+[a-z0-9]+)*://[^\s/?#@:\"'<>]*:[^\s@\"'<>]+@[^\s\"'<>)\]}}`,;]+)",
        reason="an address of a data store with its password",
        positives=(
            "postgresql://app:s3cr3tPw@db.prod.internal:5432/app",
            "redis://:hunter22@10.0.0.4:6379/0",
            "mongodb+srv://svc:CPCdZH5k0F6dxQ9V@cluster0.mongodb.net/",
            "amqp://guest:guest@mq",
        ),
        negatives=(
            "postgresql://localhost/app",
            "mysql://scott:tiger@localhost/test",
            "redis://:${PASS}@h",
            "postgresql://user:password@localhost/db",
        ),
    ),
    Rule(
        category="connection_string",
        name="fields",
        check=whole(_password),
        score=0.9,
        gate=(r"(?:password|pwd) ?=",),
        pattern=r"(?i)\b(?:server|data source|host|addr(?:ess)?|uid|user(?: id|name)?)\s?="
        r"[^\"'\n]{1,200}?;\s?"
        r"(?:password|pwd)\s?=\s?([^;\"'\s]{4,64})",
        reason="the password of a connection string",
        positives=("Server=db1;Database=x;User Id=sa;Password=Str0ngPw99;",),
        negatives=("Server=db1;Database=x;",),
    ),
    Rule(
        category="basic_auth",
        name="header",
        check=whole(_basic),
        score=0.95,
        gate=("basic",),
        pattern=r"(?i)\bbasic\s{1,3}([A-Za-z0-9+/]{8,}={0,2})",
        reason="user and password in a Basic header",
        positives=("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",),
        negatives=("Basic knowledge", "basic structures"),
    ),
    Rule(
        category="basic_auth",
        name="curl",
        check=whole(_password),
        score=0.85,
        gate=("curl",),
        pattern=r"\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =][\"']?[^\s:\"']{1,64}:([^\s\"']{4,64})",
        reason="user and password on a command line",
        positives=("curl -s -u admin:hunter22 https://intra.example.com",),
        negatives=("curl -u admin https://x", "curl -u a:$PW x"),
    ),
    Rule(
        category="bearer_token",
        check=whole(token_like),
        score=0.85,
        gate=("bearer",),
        pattern=r"(?i)\bbearer\s{1,3}([A-Za-z0-9._~+/-]{16,}=*)",
        reason="a Bearer header",
        positives=("Authorization: Bearer mF9B5f41JqMa82kLx0pQ",),
        negatives=("Bearer authentication_required", "bearer token"),
    ),
    Rule(
        category="netrc_password",
        score=0.9,
        gate=("machine",),
        check=whole(_password),
        pattern=r"\bmachine\s+\S{1,100}\s+login\s+\S{1,100}\s+password\s+([^\s\"\']{6,100})",
        reason="the password of a netrc entry",
        positives=("machine api.github.com login ziggy password 012345abcdef",),
        negatives=("machine learning login password",),
    ),
)
