"""What `benches/serve` is made of."""
