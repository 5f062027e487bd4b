"""Passwords, PINs and answers that a person writes down in a sentence."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule

_NAMES = Words(
    "password, passwort, kennwort, passcode, passphrase, mot de passe, mdp, contraseña, contrasena, "
    "clave, senha, palavra-passe, parola d'ordine, parola, wachtwoord, lösenord, adgangskode, "
    "passord, salasana, hasło, haslo, heslo, jelszó, şifre, пароль, пароля, парол, κωδικός, סיסמה, "
    "كلمة المرور, كلمة السر, पासवर्ड, 密码, 密碼, パスワード, 비밀번호, mật khẩu, รหัสผ่าน, kata "
    "sandi, pwd, pw, passwd"
).terms
_LINK = (
    r"(?:\s{0,2}(?:is|was|ist|est|es|è|é|=|:|：|は|->|to|from|lautet|war|:=)){0,2}\s{1,3}"
    r"|[\"']?\s{0,2}[:：=]\s{0,3}|\s{1,2}/\s{0,2}|[“„«「『]"
)
_VALUE = r"[\"'“„«`]?([^\s\"'“”„«»`,;<>|（）。、，：]{5,64})"


def _password(value: str) -> int:
    """The value without a full stop behind it; it has to hold something that a plain word does not."""
    kept = value.rstrip(".)]}")
    letters = kept.strip("*•xX.")
    if not letters or "=" in kept or kept.startswith(("http", "/", "$", "{", "<", "[")):
        return 0
    odd = any(char.isdigit() for char in kept) or any(
        not char.isalnum() and char not in "-_/'’" for char in kept
    )
    humps = any(char.isupper() for char in kept[1:]) and any(char.islower() for char in kept)
    return len(kept) if odd or humps else 0


RULES = (
    Rule(
        category="password",
        pattern=rf"(?i)(?:^|[^A-Za-z0-9])(?:{'|'.join(_NAMES)})(?:{_LINK}){_VALUE}",
        check=_password,
        score=0.8,
        wide=True,
        gate=_NAMES,
        reason="a value named as a password",
        positives=(
            "the password is Bluejay1971",
            '{"lösenord":"skottdagen29"}',
            "初始密码“Yunling#2026”",
            "changed the password from Hunter22.",
            "密码：Mao2024zz!",
            "비밀번호: Gamja1004!!",
            "user sam / password nk4datr2RtLZ",
            "Passwort A!YEc7Juk3QHPBd",
            "parola sariLacivert?",
        ),
        negatives=(
            "password reset",
            "the password is wrong.",
            "password policies apply",
            "password: ********",
            "bad_password attempts=4",
            "the pw was changed",
        ),
    ),
)
