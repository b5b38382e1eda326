"""Fuzzing drivers: run by hand for minutes, in the test suite for seconds."""
