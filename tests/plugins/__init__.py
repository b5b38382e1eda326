"""Small verifiers for tests, loaded through the setting that every operator has."""
