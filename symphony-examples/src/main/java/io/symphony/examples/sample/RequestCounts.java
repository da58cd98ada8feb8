package io.symphony.examples.sample;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered, by path and status, in Prometheus' text format. Paths are our own pages only. */
final class RequestCounts {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    void entered() {
        inFlight.incrementAndGet();
    }

    void left(String path, int status) {
        counts.computeIfAbsent(path + "\",status=\"" + status, unseen -> new LongAdder())
                .increment();
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    String asPrometheusText() {
        StringBuilder text = new StringBuilder("# HELP sample_requests_total Requests answered, by path and status.\n")
                .append("# TYPE sample_requests_total counter\n");
        counts.forEach((labels, count) -> text.append("sample_requests_total{path=\"")
                .append(labels)
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
        return text.append("# HELP sample_requests_in_flight Requests being answered now.\n")
                .append("# TYPE sample_requests_in_flight gauge\n")
                .append("sample_requests_in_flight ")
                .append(inFlight())
                .append('\n')
                .toString();
    }
}
