"""An authority of our own and Elasticsearch's certificate, as PEM files.

    AUTHORITY/ca.key        the authority's key, mode 600: nothing but this program reads it
    CERTIFICATES/ca.crt     what clients trust
    CERTIFICATES/elasticsearch.crt, .key   the server's; the key is for the group (0 in the containers)

Run as often as one likes: what is there stays, and a certificate is made anew when it ends within 30 days or does not
name every host.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE, SERVER_LIFE, RENEW_BEFORE = timedelta(days=3650), timedelta(days=730), timedelta(days=30)
NAME = "elasticsearch"


def make_certificates(authority: Path, certificates: Path, hosts: Sequence[str], now: datetime) -> list[str]:
    """What was made, empty when all was there and good for another month."""
    key_file, ca_file = authority / "ca.key", certificates / "ca.crt"
    made = []
    if not (key_file.exists() and ca_file.exists() and _lasts(_read(ca_file), now)):
        ca_key = ec.generate_private_key(ec.SECP256R1())
        _write_key(key_file, ca_key, 0o600)
        _write(ca_file, _authority(ca_key, now).public_bytes(serialization.Encoding.PEM), 0o644)
        made.append(ca_file.name)
    ca_key, ca = _read_key(key_file), _read(ca_file)
    server_file, server_key_file = certificates / f"{NAME}.crt", certificates / f"{NAME}.key"
    if not (
        server_key_file.exists() and server_file.exists() and _serves(_read(server_file), ca, hosts, now)
    ):
        key = ec.generate_private_key(ec.SECP256R1())
        _write_key(server_key_file, key, 0o640)
        made_now = _server(key, ca_key, ca, hosts, now)
        _write(server_file, made_now.public_bytes(serialization.Encoding.PEM), 0o644)
        made.append(server_file.name)
    return made


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Vigie")])
    only_signs = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        _builder(name, name, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(only_signs, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey,
    ca_key: ec.EllipticCurvePrivateKey,
    ca: x509.Certificate,
    hosts: Sequence[str],
    now: datetime,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    return (
        _builder(name, ca.subject, key, now, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(authority, critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # clocks of containers and clients differ a little
        .not_valid_after(now + life)
    )


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _lasts(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_after_utc > now + RENEW_BEFORE


def _serves(certificate: x509.Certificate, ca: x509.Certificate, hosts: Sequence[str], now: datetime) -> bool:
    """Signed by this authority, good for another month, and for all these hosts."""
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        certificate.verify_directly_issued_by(ca)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return _lasts(certificate, now) and set(named) == {_general(host) for host in hosts}


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file}: not a key that this program made")
    return key


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey, mode: int) -> None:
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    _write(file, key.private_bytes(serialization.Encoding.PEM, form, plain), mode)


def _write(file: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, with its mode from the first byte."""
    beside = file.with_name(f"{file.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    beside.chmod(mode)
    beside.replace(file)


def main(arguments: Sequence[str] | None = None) -> int:
    """The container `certificates`."""
    parser = argparse.ArgumentParser(prog="python -m deploy.certificates")
    parser.add_argument("--authority", type=Path, required=True)
    parser.add_argument("--certificates", type=Path, required=True)
    parser.add_argument("hosts", nargs="+")
    asked = parser.parse_args(arguments)
    made = make_certificates(asked.authority, asked.certificates, asked.hosts, datetime.now(UTC))
    sys.stdout.write(f"certificates: {', '.join(made) if made else 'all there'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
