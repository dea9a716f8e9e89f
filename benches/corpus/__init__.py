"""Made-up documents for benchmarks: realistic in size and make-up, the same bytes for the same seed.

Each document depends on the seed and its own index only, and links only to documents before it.
So the first 1,000 of 20,000 documents are the 1,000 that a smaller corpus has.
"""
