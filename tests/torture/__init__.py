"""What breaks things on purpose: `make torture` runs all of it, the tests run a part of each."""
