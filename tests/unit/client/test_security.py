"""Who the client says it is, and whom it trusts."""

from __future__ import annotations

import shutil
import subprocess

import grpc
import pytest
from tests.unit.client.service import Server, Service

from adjudge import AsyncClient, Candidate, Client, Options, Task, Tls, UnavailableError

RIGHT = Candidate("42", Task("echo", {"reference": "42"}))


def test_tenant_and_token_travel_as_metadata(address, service):
    with Client(address, Options(tenant="team-a", token="s3cret")) as client:
        client.verify([RIGHT])
        client.verifiers()
        list(client.stream([RIGHT]))
    for metadata in service.metadata:
        assert metadata["adjudge-tenant"] == "team-a"
        assert metadata["authorization"] == "Bearer s3cret"


def test_without_a_token_nothing_is_claimed(client, service):
    client.verify([RIGHT])
    assert service.metadata[0]["adjudge-tenant"] == "default"
    assert "authorization" not in service.metadata[0]


def test_secrets_stay_out_of_representations():
    options = Options(token="s3cret", tls=Tls(private_key=b"k3y", certificate_chain=b"chain"))
    for text in (repr(options), repr(Client("localhost:1", options))):
        assert "s3cret" not in text
        assert "k3y" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tenant", ""),
        ("tenant", "a\nb"),
        ("tenant", "é"),
        ("token", "a\r\nx: y"),
        ("token", ""),
        ("deadline_seconds", 0),
        ("deadline_seconds", float("nan")),
        ("patience_seconds", -1),
        ("keepalive_seconds", float("inf")),
        ("linger_seconds", -0.1),
        ("linger_seconds", float("nan")),
        ("max_request_candidates", 0),
        ("max_request_bytes", 0),
        ("concurrent_requests", 0),
        ("digest_bytes", -1),
    ],
)
def test_an_option_at_fault_is_named(field, value):
    with pytest.raises(ValueError, match=f"^{field}: expected"):
        Options(**{field: value})


@pytest.mark.parametrize("address", ["", "http://localhost:1", "grpc://a:1", "a:1\n"])
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_what_is_no_address_is_refused_at_once(kind, address):
    with pytest.raises(ValueError, match="address: expected"):
        kind(address)


@pytest.mark.parametrize(
    "address", ["h:1", "dns:///h:1", "unix:/tmp/x", "unix:///tmp/x", "[::1]:5"]
)
def test_every_kind_of_address_is_taken(address):
    Client(address)


def test_half_an_identity_is_refused():
    with pytest.raises(ValueError, match="expected both or neither"):
        Tls(private_key=b"k")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A self-signed authority for localhost: (certificate, key) in PEM."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl command")
    folder = tmp_path_factory.mktemp("tls")
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    named = "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(
        [openssl, *asked.split(), *named.split(), "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return (folder / "cert.pem").read_bytes(), (folder / "key.pem").read_bytes()


@pytest.fixture
def secure(certificates):
    certificate, key = certificates
    credentials = grpc.ssl_server_credentials([(key, certificate)], certificate, True)
    server = Server(Service(), credentials)
    yield f"localhost:{server.port}"
    server.stop()


def test_mutual_tls_works(secure, certificates):
    certificate, key = certificates
    tls = Tls(root_certificates=certificate, private_key=key, certificate_chain=certificate)
    with Client(secure, Options(tls=tls, token="t")) as client:
        assert client.verify([RIGHT])[0].reward == 1.0


def test_a_server_of_another_name_needs_to_be_told(secure, certificates):
    certificate, key = certificates
    tls = Tls(certificate, key, certificate, server_name="localhost")
    with Client(secure.replace("localhost", "127.0.0.1"), Options(tls=tls)) as client:
        assert client.verify([RIGHT])[0].reward == 1.0


@pytest.mark.parametrize("tls", [None, Tls()])
def test_a_stranger_is_not_talked_to(secure, tls):
    options = Options(tls=tls, patience_seconds=0.2)
    with Client(secure, options) as client, pytest.raises(UnavailableError):
        client.verify([RIGHT], deadline_seconds=5)
