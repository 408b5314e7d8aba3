"""What the service tells of itself, for operators: counts and times for Prometheus, and a line of
JSON a request. No text of a question, and nothing of who asked, is in either.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several workers add up their counts; its name is the library's."""
_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


@dataclass
class Telemetry:
    """The counts of one process; of all workers together where they share a folder."""

    log: bool = True
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self._requests = Counter(
            "kb_requests",
            "Requests by route and status.",
            ("route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "kb_request_seconds",
            "Time to answer, in seconds.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._replies = Counter(
            "kb_replies",
            "Replies by kind and language of the answer.",
            ("kind", "language"),
            registry=self.registry,
        )

    def replied(self, kind: str, language: str) -> None:
        """Count a reply to a question."""
        self._replies.labels(kind, language).inc()

    def served(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request, and log it: `route` is the pattern that matched, never the address."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self.line(route=route, method=method, status=status, ms=round(seconds * 1000, 2))

    def line(self, **told: object) -> None:
        """Write one line of the log."""
        if self.log:
            at = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")
            sys.stderr.write(json.dumps({"at": at, "worker": os.getpid(), **told}) + "\n")

    def exposition(self) -> bytes:
        """The counts as Prometheus reads them."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)
        return generate_latest(together)
