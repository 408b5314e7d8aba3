"""Tests of the help desk's ways in."""
