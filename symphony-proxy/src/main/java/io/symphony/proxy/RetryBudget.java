package io.symphony.proxy;

/**
 * What may be sent again. What never left may, since no replica has work of it twice. What may be repeated may within a
 * share of recent requests and a small floor, so that when everything fails it is not made worse. Recent is this window
 * and the one before.
 */
final class RetryBudget {

    private static final long WINDOW_NANOS = 5_000_000_000L;

    private final int percent;
    private final int floor;
    private long windowEnd;
    private long requests;
    private long requestsBefore;
    private long retries;
    private long retriesBefore;

    RetryBudget(int percent, int floor, long now) {
        this.percent = percent;
        this.floor = floor;
        windowEnd = now + WINDOW_NANOS;
    }

    void request(long now) {
        turn(now);
        requests++;
    }

    /** Whether a request that was lost may be sent again. */
    boolean grants(Loss loss, boolean mayBeRepeated, long now) {
        if (percent == 0 && floor == 0) {
            return false;
        }
        return loss.leavesAnyRequestToSend() || loss.leavesWhatMayBeRepeated() && mayBeRepeated && take(now);
    }

    /** Takes one retry, when there is one left. */
    boolean take(long now) {
        turn(now);
        long allowed = floor + (requests + requestsBefore) * percent / 100;
        if (retries + retriesBefore >= allowed) {
            return false;
        }
        retries++;
        return true;
    }

    private void turn(long now) {
        if (now < windowEnd) {
            return;
        }
        boolean longAgo = now >= windowEnd + WINDOW_NANOS;
        requestsBefore = longAgo ? 0 : requests;
        retriesBefore = longAgo ? 0 : retries;
        requests = 0;
        retries = 0;
        windowEnd = now + WINDOW_NANOS;
    }
}
