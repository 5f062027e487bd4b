"""Values assigned to names that say they are secret, where no known format gives them away."""

from llm_gateway.guard.detectors.rules import Rule, whole
from llm_gateway.guard.detectors.secrets.plausible import secret_like, stand_in, turns

_NAME = (
    r"(?:api[ _-]?key|app[ _-]?key|access[ _-]?key|auth[ _-]?key|secret|token|credentials?|private[_-]?key|"
    r"signing[_-]?key|encryption[_-]?key|client[_-]?secret|passphrase|webhook[_-]?key|license[_-]?key|"
    r"master[_-]?key|account[_-]?key|security[_-]?key|service[_-]?key|session[_-]?key)"
)
_PASSWORD_NAME = r"(?:password|passwd|passwort|pwd|passphrase|mot_de_passe|contrasena|senha)"
# A name that goes on may not end in d: `credentialsId` names a secret and is none.
_GOES_ON = r"(?:[\w-]{0,20}[^\Wd])?"
_ASSIGN = r"[\"'`]?\]?\s{0,4}(?::=|=>|=|:|,)\s{0,4}"


def _quoted(value: str) -> bool:
    """A quoted password: not a stand-in, not a lower-case word or identifier, not a format."""
    if stand_in(value) or any(mark in value for mark in "{}()<>[]%") or len(set(value)) < 4:
        return False
    return (
        value[0] != "/"
        and "://" not in value
        and ":" not in value
        and turns(value) > 0
        and any(not char.isalpha() for char in value)
    )


RULES = (
    Rule(
        category="generic_secret",
        check=whole(secret_like),
        score=0.75,
        gate=(r"(?:key|secret|token|credential|passphrase)[\w-]{0,20}[\"'`]?\]?\s{0,4}[=:,]",),
        pattern=rf"(?i){_NAME}{_GOES_ON}{_ASSIGN}[\"'`]?([A-Za-z0-9+/_.~-]{{16,}}={{0,2}})(?:[^\w(+/.-]|$)",
        reason="a random value assigned to a name of a secret",
        positives=(
            'api_key = "951bc382db9abad29c68634761dd6e19"',
            "CLIENT_SECRET: 6fb1cff7690db9ac066cadbbde8e3c078efdabcf",
            "export DEPLOY_TOKEN=J6nhlAIAP1RNOx5aMU4c18THRj",
        ),
        negatives=(
            "api_key = os.environ['API_KEY_VARIABLE_1']",
            "token = tokenizer_for_language_2",
            "secret = getSecret1234567(x)",
            "token: 123e4567-e89b",
            "api_key = YOUR_API_KEY_GOES_HERE_1",
        ),
    ),
    Rule(
        category="generic_secret",
        name="spoken",
        check=whole(secret_like),
        score=0.7,
        gate=(r"(?:key|secret|token|credential|passphrase)",),
        pattern=rf"(?i){_NAME}{_GOES_ON}(?:\s{{1,2}}is)?:?\s{{1,3}}[\"'`]?([A-Za-z0-9_+/-]{{20,}}={{0,2}})(?:[^\w(+/]|$)",
        reason="a random value after the name of a secret",
        positives=(
            "my api key is J6nhlAIAP1RNOx5aMU4c18THRj",
            "securitytrails PRIVATE_KEY 1a2b3c4d5e6f7g8h9i0j1k2l",
        ),
        negatives=("the token tokenizer_for_language_model_2", "secret 12345", "token 11111111112222222222"),
    ),
    Rule(
        category="password",
        name="quoted",
        check=whole(_quoted),
        score=0.75,
        gate=(r"(?:password|passwd|passwort|pwd|passphrase|senha)[\w-]{0,20}[\"'`]?\]?\s{0,4}[=:]",),
        pattern=rf"(?i){_PASSWORD_NAME}[\w-]{{0,20}}[\"'`]?\]?\s{{0,4}}(?::=|=>|=|:)\s{{0,4}}[\"'`]([^\s\"'`]{{6,64}})[\"'`]",
        reason="a literal assigned to a name of a password",
        positives=('password = "Tr0ub4dor&3"', '{"db_password": "x9!kQ2pl"}'),
        negatives=(
            'password = "password"',
            'password="{pw}"',
            'password: "string"',
            "password = get('a1b2c3d4')",
        ),
    ),
    Rule(
        category="password",
        name="environment",
        check=whole(_quoted),
        score=0.75,
        gate=(r"(?:password|passwd|pwd)[a-z0-9_]{0,20}=",),
        pattern=r"\b[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PWD)[A-Z0-9_]{0,20}=([^\s\"'`$]{6,64})(?:\s|$)",
        reason="a value assigned to an environment variable of a password",
        positives=("DB_PASSWORD=x9kQ2plz8 next", "export POSTGRES_PASSWORD=hunter2!!"),
        negatives=("OLDPWD=/home/user", "PASSWORD=$PW123456"),
    ),
)
