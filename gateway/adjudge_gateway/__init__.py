"""The gateway: takes batches over gRPC, spreads them fairly over the workers, joins verdicts."""
