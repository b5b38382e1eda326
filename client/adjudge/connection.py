"""What one process shares with the service: the channel, its methods, the tasks it has sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.channel import metadata, open_channel
from adjudge.digests import KnownTasks
from adjudge.errors import ClientClosedError
from adjudge.v1 import verifier_service_pb2
from adjudge.v1.verifier_service_pb2_grpc import VerifierServiceStub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from adjudge.options import Options


class Connection:
    """The methods of ``VerifierService`` as calls under way (``grpc.Future``)."""

    def __init__(self, address: str, options: Options) -> None:
        self.known = KnownTasks(options.digest_bytes)
        self._metadata = metadata(options)
        self._channel = open_channel(address, options)
        self._stub = VerifierServiceStub(self._channel)

    def verify(
        self, request: verifier_service_pb2.VerifyCandidatesRequest, timeout_seconds: float
    ) -> Any:
        """Begin VerifyCandidates."""
        return self._begin(self._stub.VerifyCandidates.future, request, timeout_seconds)

    def group(
        self, request: verifier_service_pb2.GroupAnswersRequest, timeout_seconds: float
    ) -> Any:
        """Begin GroupAnswers."""
        return self._begin(self._stub.GroupAnswers.future, request, timeout_seconds)

    def verifiers(self, timeout_seconds: float) -> Any:
        """Begin ListVerifiers."""
        request = verifier_service_pb2.ListVerifiersRequest()
        return self._begin(self._stub.ListVerifiers.future, request, timeout_seconds)

    def stream(
        self,
        requests: Iterator[verifier_service_pb2.StreamVerdictsRequest],
        timeout_seconds: float,
    ) -> Any:
        """Begin StreamVerdicts."""
        return self._begin(self._stub.StreamVerdicts, requests, timeout_seconds)

    def close(self) -> None:
        """Close the channel; calls under way are cancelled."""
        self._channel.close()

    def _begin(self, method: Callable[..., Any], request: Any, timeout_seconds: float) -> Any:
        try:
            return method(request, timeout=timeout_seconds, metadata=self._metadata)
        except ValueError as error:  # what gRPC raises on a closed channel
            raise ClientClosedError("the client was closed in another thread") from error
