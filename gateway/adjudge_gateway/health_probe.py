"""Asks a gateway for its health: `python -m adjudge_gateway.health_probe HOST:PORT` ends with 0."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

PROBE_SECONDS: Final = 2.0


def main(argv: list[str] | None = None) -> int:
    """0 when the gateway serves, 1 when it does not or cannot be reached."""
    parser = argparse.ArgumentParser(prog="adjudge_gateway.health_probe", description=__doc__)
    parser.add_argument("address", help="HOST:PORT")
    parser.add_argument("--ca", type=Path, help="PEM file with the authority, for TLS")
    options = parser.parse_args(argv)
    if options.ca is None:
        channel = grpc.insecure_channel(options.address)
    else:
        credentials = grpc.ssl_channel_credentials(options.ca.read_bytes())
        channel = grpc.secure_channel(options.address, credentials)
    with channel:
        try:
            answer = health_pb2_grpc.HealthStub(channel).Check(
                health_pb2.HealthCheckRequest(), timeout=PROBE_SECONDS
            )
        except grpc.RpcError as error:
            sys.stderr.write(f"{options.address}: {error.code().name}: {error.details()}\n")
            return 1
    sys.stdout.write(health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status) + "\n")
    return 0 if answer.status == health_pb2.HealthCheckResponse.SERVING else 1


if __name__ == "__main__":
    raise SystemExit(main())
