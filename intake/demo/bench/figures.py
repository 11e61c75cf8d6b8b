"""Figures of the benchmark: the median of several samples, and how far they lie apart."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

Figures = dict[str, object]


def figure(name: str, samples: list[float], digits: int = 1) -> Figures:
    """`name`, and `name_range` with the smallest and the largest sample."""
    return {
        name: round(median(samples), digits),
        f"{name}_range": [round(min(samples), digits), round(max(samples), digits)],
    }


def seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
