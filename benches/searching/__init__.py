"""What `benches/search` consists of."""
