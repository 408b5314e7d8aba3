"""The help desk and other programs: the HTTP API, suggestions for tickets, exports, agents."""
