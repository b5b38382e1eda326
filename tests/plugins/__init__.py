"""Verifiers for tests and benchmarks, named to a worker by its setting ``extra_verifiers``."""
