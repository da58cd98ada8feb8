package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Status.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What clients saw of one fault, and what the ledger says of the same requests. */
final class Run {

    static final String HEADER =
            "| fault | requests | GETs that failed | POSTs that failed | over 1 s | p99 before, ms |"
                    + " p99 from 2 s after on, ms |";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(1);

    private final List<Clients.Ended> ended;
    private final long faultNanos;

    /** What is done to a service while its clients go on. */
    interface Fault {
        void happen() throws Exception;
    }

    private Run(List<Clients.Ended> ended, long faultNanos) {
        this.ended = ended;
        this.faultNanos = faultNanos;
    }

    /** Sends so many requests a second: for half a second, through the fault, and until so much time's requests ended. */
    static Run through(Service service, int perSecond, Duration after, Fault fault) throws Exception {
        Requests before = atRest(service);
        Clients clients = Clients.sending(perSecond, service.address());
        long faultNanos;
        try {
            await().atMost(PATIENCE).until(() -> clients.ended().size() > perSecond / 2);
            faultNanos = System.nanoTime();
            fault.happen();
            long enough = clients.ended().size() + perSecond * after.toMillis() / 1_000;
            await().atMost(PATIENCE).until(() -> clients.ended().size() > enough);
        } finally {
            clients.stop();
        }
        Run run = new Run(clients.ended(), faultNanos);
        run.reconcile(before, atRest(service));
        return run;
    }

    private static Requests atRest(Service service) {
        return await().atMost(PATIENCE).until(() -> service.status().requests(), each -> each.open() == 0);
    }

    /** Both sides have counted the same requests, and the same ends of them. */
    private void reconcile(Requests before, Requests after) {
        assertThat(after.accepted() - before.accepted()).as("accepted").isEqualTo(ended.size());
        assertThat(after.completed() - before.completed())
                .as("answered by a replica")
                .isEqualTo(count(each -> each.byReplica() && each.problem().isEmpty()));
        assertThat(after.shed() - before.shed())
                .as("turned away: %s", after)
                .isEqualTo(count(each -> each.status() == 503));
        assertThat(after.failed() - before.failed())
                .as("failed: %s", after)
                .isEqualTo(count(each -> !each.byReplica() && each.status() != 503));
        assertThat(after.abandoned()).as("given up").isEqualTo(before.abandoned());
        assertThat(after.unaccounted()).isZero();
    }

    /** Those of a method that were not answered with a 200. */
    List<Clients.Ended> failed(String method) {
        return ended.stream()
                .filter(each -> each.method().equals(method) && !each.isWell())
                .toList();
    }

    long count(Predicate<Clients.Ended> which) {
        return ended.stream().filter(which).count();
    }

    /** How many were answered with which status; 0 is none. */
    Map<Integer, Long> statuses() {
        return ended.stream()
                .collect(Collectors.groupingBy(Clients.Ended::status, TreeMap::new, Collectors.counting()));
    }

    /** The row of a table. */
    String row(String fault) {
        return "| " + fault + " | " + ended.size() + " | " + failed("GET").size() + " | "
                + failed("POST").size() + " | "
                + count(each -> each.tookNanos() > LONG.toNanos()) + " | "
                + p99Millis(each -> each.begunNanos() < faultNanos)
                + " | " + p99Millis(each -> each.begunNanos() > faultNanos + SETTLING.toNanos()) + " |";
    }

    private String p99Millis(Predicate<Clients.Ended> which) {
        long[] took = ended.stream()
                .filter(which)
                .mapToLong(Clients.Ended::tookNanos)
                .sorted()
                .toArray();
        return took.length == 0 ? "-" : String.valueOf(took[took.length * 99 / 100] / 1_000_000);
    }
}
