"""Over TLS: certificates and names are verified, always."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scrapers.web.outcomes import Page, Unreachable
from scrapers.web.request import Request
from scrapers.web.transport import tls_context
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.scrapers.web.conftest import SETTINGS, Asker, Names, StillClock

NAME = "zfw.example.gov.cn"
GOOD = Reply.page("<html><head><title>通报</title></head><body><p>虚构。</p></body></html>" + " " * 100_000)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for NAME, signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[ReplicaServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with ReplicaServer({"/*": GOOD}, tls=context) as running:
        yield running


def ask(server: ReplicaServer, name: str, *, legacy: bool = False) -> object:
    asker = Asker(server, StillClock(), SETTINGS, Names({name: ["127.0.0.1"]}))
    url = f"https://{name}:{server.port}/a.html"
    return asker.outcomes(Request(url=url, hosts=frozenset({name}), legacy_tls=legacy))[0]


@pytest.mark.parametrize("legacy", [False, True])
def test_a_page_comes_over_tls_to_its_checked_address(
    secure: ReplicaServer, certificate: Path, monkeypatch: pytest.MonkeyPatch, *, legacy: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    outcome = ask(secure, NAME, legacy=legacy)
    assert isinstance(outcome, Page), outcome
    assert outcome.content == GOOD.body
    assert secure.requests[-1].host == NAME


@pytest.mark.parametrize("legacy", [False, True])
def test_an_unknown_certificate_is_refused_and_not_tried_again(secure: ReplicaServer, *, legacy: bool) -> None:
    outcome = ask(secure, NAME, legacy=legacy)
    assert isinstance(outcome, Unreachable)
    assert outcome.lasting
    assert outcome.attempts in {0, 1}
    assert not secure.requests


def test_a_certificate_for_another_name_is_refused(
    secure: ReplicaServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    outcome = ask(secure, "other.example.gov.cn")
    assert isinstance(outcome, Unreachable)
    assert "other.example.gov.cn" in outcome.detail


def test_both_contexts_verify() -> None:
    for legacy in (False, True):
        context = tls_context(legacy=legacy)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
