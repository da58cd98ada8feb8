package io.symphony.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How long one event loop's requests took, towards its clients or its replicas. Only its loop writes: to note one is
 * three plain additions and ordered writes, without a lock, a system call or, but for the first of its kind, an object.
 */
final class Durations {

    /** The least status that is an error: to a client's mind its own mistakes are, to a server's they are not. */
    enum Side {
        SERVER(500),
        CLIENT(400);

        private final int leastError;

        Side(int leastError) {
            this.leastError = leastError;
        }
    }

    private static final RequestMethod.Meaning[] METHODS = RequestMethod.Meaning.values();
    private static final RequestError[] ERRORS = RequestError.values();
    private static final int KINDS = METHODS.length * ERRORS.length * StatusCodes.COUNT;
    private static final long[] BOUNDS_NANOS =
            DurationHistogram.BOUNDS.stream().mapToLong(Duration::toNanos).toArray();
    /** Behind the buckets. */
    private static final int SUM = BOUNDS_NANOS.length + 1;

    private final AtomicReferenceArray<@Nullable AtomicLongArray> kinds = new AtomicReferenceArray<>(KINDS);
    private final AtomicLongArray latency = Latency.cells();

    void note(RequestMethod.Meaning method, int status, RequestError error, long nanos) {
        AtomicLongArray cells = cells(kind(method, status, error));
        add(cells, bucket(nanos), 1);
        add(cells, SUM, nanos);
        add(latency, Latency.cell(nanos), 1);
    }

    private AtomicLongArray cells(int kind) {
        AtomicLongArray known = kinds.getPlain(kind);
        if (known != null) {
            return known;
        }
        AtomicLongArray first = new AtomicLongArray(SUM + 1);
        kinds.setRelease(kind, first);
        return first;
    }

    private static int kind(RequestMethod.Meaning method, int status, RequestError error) {
        return (method.ordinal() * ERRORS.length + error.ordinal()) * StatusCodes.COUNT + StatusCodes.slot(status);
    }

    private static int bucket(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private static void add(AtomicLongArray cells, int at, long value) {
        cells.lazySet(at, cells.getPlain(at) + value);
    }

    /** What all these noted, together. */
    static List<DurationSeries> series(List<Durations> all, Side side) {
        List<DurationSeries> series = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            if (isNoted(all, kind)) {
                series.add(series(kind, histogram(cells(all, kind)), side));
            }
        }
        return series;
    }

    /** There are thousands of kinds, and few are met. */
    private static boolean isNoted(List<Durations> all, int kind) {
        for (Durations each : all) {
            if (each.kinds.get(kind) != null) {
                return true;
            }
        }
        return false;
    }

    private static List<AtomicLongArray> cells(List<Durations> all, int kind) {
        return all.stream()
                .map(each -> each.kinds.get(kind))
                .filter(Objects::nonNull)
                .toList();
    }

    static Latency latency(List<Durations> all) {
        Latency sum = Latency.none();
        for (Durations each : all) {
            sum = sum.plus(each.latency);
        }
        return sum;
    }

    private static DurationSeries series(int kind, DurationHistogram histogram, Side side) {
        int status = StatusCodes.code(kind % StatusCodes.COUNT);
        int rest = kind / StatusCodes.COUNT;
        RequestError error = ERRORS[rest % ERRORS.length];
        RequestMethod.Meaning method = METHODS[rest / ERRORS.length];
        return new DurationSeries(method.label(), status, error.type(status, side.leastError), histogram);
    }

    private static DurationHistogram histogram(List<AtomicLongArray> all) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < SUM; i++) {
            counts.add(sum(all, i));
        }
        return new DurationHistogram(counts, Duration.ofNanos(sum(all, SUM)));
    }

    private static long sum(List<AtomicLongArray> all, int at) {
        return all.stream().mapToLong(cells -> cells.get(at)).sum();
    }
}
