"""What tableorder-metrics makes of two readings."""

import importlib.machinery
import importlib.util
import math
from pathlib import Path

path = Path(__file__).parent.parent / "bin/tableorder-metrics"
loader = importlib.machinery.SourceFileLoader("metrics", str(path))
metrics = importlib.util.module_from_spec(importlib.util.spec_from_loader("metrics", loader))
loader.exec_module(metrics)


def reading(orders, streams, quick, slow, tables=2):
    """A process's text: events within 0.1 s, within 2.5 s, in all."""
    name = "tableorder_event_delay_seconds"
    return metrics.read(
        f"# HELP x y\ntableorder_orders_placed_total {orders}\ntableorder_event_streams {streams}\n"
        f"tableorder_tables_open {tables}\n"
        f'{name}_bucket{{le="0.1"}} {quick}\n{name}_bucket{{le="2.5"}} {quick + slow}\n'
        f'{name}_bucket{{le="+Inf"}} {quick + slow}\n{name}_count {quick + slow}\n'
    )


before = reading(10, 3, 1000, 50)
now = reading(14, 5, 1099, 51)
one = metrics.merge({}, 18081, now, before)
assert one == {"OrdersPlaced": 4, "EventStreams": 5, "TablesOpen": 2, "EventDelayP99": 0.1}, one
# Two of a hundred late ones are more than one of a hundred; a second process adds up, but for tables.
late = metrics.merge(one, 18082, reading(10, 1, 1098, 52, tables=3), before)
assert late == {"OrdersPlaced": 4, "EventStreams": 6, "TablesOpen": 3, "EventDelayP99": 2.5}, late
# A process that has started anew counts from nothing; no event is no delay.
anew = metrics.merge({}, 18081, reading(2, 0, 0, 0), before)
assert anew == {"OrdersPlaced": 2, "EventStreams": 0, "TablesOpen": 2}, anew
beyond = metrics.read('tableorder_event_delay_seconds_bucket{le="2.5"} 0\ntableorder_event_delay_seconds_bucket{le="+Inf"} 5')
assert metrics.delay_p99(beyond, {}) == 2.5 and not math.isinf(metrics.delay_p99(beyond, {}))
print("metrics are what two readings say")
