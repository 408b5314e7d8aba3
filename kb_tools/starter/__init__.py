"""A new knowledge base: what `kb init` makes, and what the tests of this package run on."""
