"""TLS and client certificates, with keys made by openssl."""

from __future__ import annotations

import os
import shutil
import subprocess

import grpc
import pytest
from tests.integration.gateway.stage import stage

from adjudge.v1.verifier_service_pb2 import ListVerifiersRequest
from adjudge.v1.verifier_service_pb2_grpc import VerifierServiceStub
from adjudge_gateway.health_probe import main as probe

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A folder with an authority and two pairs that it has signed."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is missing; install it")
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("keys")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    new = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(*new, "-x509", "-days", "1", "-subj", "/CN=authority", "-keyout", "ca.key",
            "-out", "ca.pem")  # fmt: skip
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name in ("server", "client"):
        openssl(*new, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "1", "-extfile", "names", "-out",
                f"{name}.pem")  # fmt: skip
    return folder


def listed(address: str, credentials: grpc.ChannelCredentials | None, **more):
    channel = (
        grpc.insecure_channel(address)
        if credentials is None
        else grpc.secure_channel(address, credentials)
    )
    with channel:
        stub = VerifierServiceStub(channel)
        return stub.ListVerifiers(ListVerifiersRequest(), timeout=5, **more)


def test_tls_is_spoken_and_plain_text_refused(tmp_path, redis_url, keys):
    with stage(tmp_path, redis_url) as it:
        _, address = it.gateway(
            "--tls-certificate", str(keys / "server.pem"), "--tls-key", str(keys / "server.key")
        )
        authority = (keys / "ca.pem").read_bytes()
        listed(address, grpc.ssl_channel_credentials(authority))
        assert probe([address, "--ca", str(keys / "ca.pem")]) == 0
        with pytest.raises(grpc.RpcError) as caught:
            listed(address, None)
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


def test_client_certificates_and_tokens_are_asked_for(tmp_path, redis_url, keys):
    tokens = tmp_path / "tokens"
    tokens.write_text("lab a-token-of-some-length\n")
    with stage(tmp_path, redis_url) as it:
        _, address = it.gateway(
            "--tls-certificate", str(keys / "server.pem"), "--tls-key", str(keys / "server.key"),
            "--tls-client-ca", str(keys / "ca.pem"), "--tokens-file", str(tokens),
        )  # fmt: skip
        authority, key, pair = (
            (keys / name).read_bytes() for name in ("ca.pem", "client.key", "client.pem")
        )
        known = grpc.ssl_channel_credentials(authority, key, pair)
        listed(address, known, metadata=[("authorization", "Bearer a-token-of-some-length")])
        with pytest.raises(grpc.RpcError) as caught:
            listed(address, known)
        assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
        with pytest.raises(grpc.RpcError) as caught:
            listed(address, grpc.ssl_channel_credentials(authority))
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


def test_a_missing_certificate_is_a_clear_error(tmp_path, redis_url):
    with stage(tmp_path, redis_url) as it:
        gateway, _ = it.start(
            "adjudge_gateway", "--listen", "127.0.0.1:0",
            "--tls-certificate", "/nowhere.pem", "--tls-key", "/nowhere.key",
        )  # fmt: skip
        assert gateway.wait(10) == 1
        assert "/nowhere." in it.log(gateway)
        assert "Traceback" not in it.log(gateway)
