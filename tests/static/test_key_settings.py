"""Private keys from the environment: every form that operators have, and every mistake."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    serialize_key_and_certificates,
)

from static.environment import Environment, SettingsError
from static.key_settings import read_key

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
P256 = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
ED25519 = ed25519.Ed25519PrivateKey.generate()
PASSWORD = "open sesame"
Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def pem(
    key: Private,
    password: str = "",
    form: PrivateFormat = PrivateFormat.PKCS8,
) -> str:
    how: KeySerializationEncryption = NoEncryption()
    if password:
        how = BestAvailableEncryption(password.encode())
    return key.private_bytes(Encoding.PEM, form, how).decode()


def public(key: Private) -> str:
    form = PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(Encoding.PEM, form).decode()


def store(key: Private, password: str = PASSWORD) -> bytes:
    how = BestAvailableEncryption(password.encode())
    return serialize_key_and_certificates(b"key", key, None, None, how)


def read(text: str, *kinds: str, password: str | None = None) -> tuple[str, str]:
    """The key that is read, and the problem that is told."""
    values = {"KEY": text} | ({} if password is None else {"PASS": password})
    environment = Environment(values)
    found = read_key(environment, "KEY", kinds, password="PASS").reveal()
    try:
        environment.finish()
    except SettingsError as error:
        return found, str(error)
    return found, ""


def same(text: str, key: Private) -> bool:
    found = load_pem_private_key(text.encode(), None)
    assert isinstance(found, Private)
    return public(found) == public(key)


@pytest.mark.parametrize(
    ("key", "kind"), [(RSA, "rsa"), (P256, "p256"), (ED25519, "ed25519")]
)
def test_every_form_of_a_key_is_read(key: Private, kind: str, tmp_path: Path) -> None:
    plain = tmp_path / "key.pem"
    plain.write_text("Bag Attributes\n" + pem(key), "utf-8")
    locked = tmp_path / "locked.pem"
    locked.write_text(pem(key, PASSWORD), "utf-8")
    container = tmp_path / "key.p12"
    container.write_bytes(store(key))
    for text, password in (
        (pem(key), None),
        (pem(key).replace("\n", "\\n"), None),
        # A password that is not needed does no harm.
        (pem(key), PASSWORD),
        (pem(key, PASSWORD), PASSWORD),
        (str(plain), None),
        (str(locked), PASSWORD),
        (str(container), PASSWORD),
    ):
        found, problem = read(text, kind, password=password)
        assert problem == ""
        assert same(found, key)


def test_older_forms_of_pem_are_read() -> None:
    old = PrivateFormat.TraditionalOpenSSL
    assert same(read(pem(RSA, form=old), "rsa")[0], RSA)
    assert same(read(pem(P256, form=old), "p256")[0], P256)


def test_ed25519_may_be_the_base64_of_its_bytes() -> None:
    raw = ED25519.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    both = raw + ED25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    for data in (raw, both):
        text = base64.b64encode(data).decode()
        assert same(read(text, "p256", "ed25519")[0], ED25519)
        assert "neither a private key" in read(text, "rsa")[1]


CASES: dict[str, tuple[str, str | None, str]] = {
    "nothing": ("", None, "KEY is not set"),
    "no key": (
        "hunter2",
        None,
        "KEY is neither a private key in PEM form nor the path of a file that can be read",
    ),
    "another kind": (
        pem(P256),
        None,
        "KEY is a key of the curve P-256; needed is an RSA key",
    ),
    "another curve": (
        pem(P384),
        None,
        "KEY is a key of another curve; needed is an RSA key",
    ),
    "a public key": (
        public(RSA),
        None,
        "KEY holds a public key, no private key in PKCS #8",
    ),
    "a certificate": (
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        None,
        "KEY holds a certificate, no private key in PKCS #8",
    ),
    "openssh": (
        pem(RSA, form=PrivateFormat.OpenSSH),
        None,
        "KEY holds a key of OpenSSH, no private key in PKCS #8",
    ),
    "a part": (
        pem(RSA).replace("M", "", 3),
        None,
        "KEY holds a private key that cannot be decoded",
    ),
    "no password": (
        pem(RSA, PASSWORD),
        None,
        "KEY is an encrypted key, and PASS is not set",
    ),
    "another password": (
        pem(RSA, PASSWORD),
        "wrong",
        "KEY is an encrypted key that PASS does not open",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mistakes_are_told_without_the_value(case: str) -> None:
    text, password, problem = CASES[case]
    found, told = read(text, "rsa", password=password)
    assert told == problem
    assert found == ""
    for line in (text, *text.splitlines(), password or ""):
        assert len(line) < 8 or line.startswith("-----") or line not in told


@pytest.mark.parametrize("password", [None, "wrong"])
def test_key_stores_need_their_password(tmp_path: Path, password: str | None) -> None:
    file = tmp_path / "key.p12"
    file.write_bytes(store(RSA))
    why = "and PASS is not set" if password is None else "that PASS does not open"
    comma = "," if password is None else ""
    _, told = read(str(file), "rsa", password=password)
    assert told == f"KEY names a key store{comma} {why}"
    file.write_bytes(b"garbage")
    _, told = read(str(file), "rsa", password=password)
    assert told == "KEY names a file that is neither PEM nor a PKCS #12 key store"


def test_a_key_without_a_password_variable_has_to_be_plain() -> None:
    environment = Environment({"KEY": pem(RSA, PASSWORD)})
    read_key(environment, "KEY", ("rsa",))
    with pytest.raises(
        SettingsError, match="KEY is an encrypted key: decrypt it first"
    ):
        environment.finish()
