"""What Prometheus reads: requests, their times, answers, the index."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which several processes add up their figures."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one service."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self.requests = Counter(
            "docsearch_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "docsearch_request_seconds",
            "Time to the end of the response, by route",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self.replies = Counter(
            "docsearch_replies",
            "Questions by what became of them: answered, or the reason of the abstention",
            ("outcome",),
            registry=registry,
        )
        self.running = Gauge(
            "docsearch_running",
            "Requests that are worked on",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.documents = Gauge(
            "docsearch_documents",
            "Documents of the index that is answered from",
            registry=registry,
            multiprocess_mode="livemax",
        )
        self.passages = Gauge(
            "docsearch_passages",
            "Passages of the index that is answered from",
            registry=registry,
            multiprocess_mode="livemax",
        )
        self.reloads = Gauge(
            "docsearch_reloads",
            "How often a newer index took the place of the one before it",
            registry=registry,
            multiprocess_mode="livemax",
        )

    def render(self) -> bytes:
        """Return the figures of this process, or of all of them, in Prometheus' text format."""
        if os.environ.get(SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)
