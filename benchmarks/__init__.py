"""Makes districts to measure the compiler with: plainly fictional, consistent in every identity, the same for the same
seed.

The demo district in `examples/` is made with the same parts.
"""
