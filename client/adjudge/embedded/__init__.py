"""Everything `adjudge serve` starts by itself: a private redis-server, a gateway, workers."""
