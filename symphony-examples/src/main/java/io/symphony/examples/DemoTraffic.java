package io.symphony.examples;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Traffic in waves, from a trickle to more than three replicas can take, and back. */
final class DemoTraffic implements Foreground.Company.Stay {
    private static final int CONNECTIONS = 16;
    static final List<Phase> WAVE = List.of(new Phase(10, 10), new Phase(50, 12), new Phase(90, 12), new Phase(30, 10));

    private final Request request;
    private final Journal journal;
    private final Thread thread = new Thread(this::flow, "demo-traffic");
    private volatile boolean ended;
    private long sent;
    private long failed;

    private DemoTraffic(Request request, Journal journal) {
        this.request = request;
        this.journal = journal;
    }

    static DemoTraffic to(InetSocketAddress address, Journal journal) {
        URI uri = URI.create(Foreground.url(address) + "/");
        DemoTraffic traffic = new DemoTraffic(Request.of("GET", uri, List.of(), ""), journal);
        traffic.thread.start();
        return traffic;
    }

    @Override
    public void end() {
        ended = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.note("traffic", "ended: " + sent + " requests, " + failed + " failed");
    }

    private void flow() {
        try {
            while (!ended) {
                for (Phase phase : WAVE) {
                    journal.note("traffic", "now " + phase.perSecond() + " requests a second");
                    flow(phase);
                }
            }
        } catch (InterruptedException e) {
            ended = true;
        } catch (IOException e) {
            journal.note("traffic", "cannot be sent: " + e.getMessage());
        }
    }

    private void flow(Phase phase) throws IOException, InterruptedException {
        LoadRun run = LoadRun.start(phase.plan(request));
        try (run) {
            run.endsWithin(LoadPlan.WITHOUT_END);
        } finally {
            LoadResult result = run.result();
            sent += result.total();
            failed += result.failed();
        }
    }

    /** A stretch of time at one rate. */
    record Phase(int perSecond, int seconds) {
        LoadPlan plan(Request request) {
            Schedule schedule = Schedule.evenly(perSecond, (long) perSecond * seconds);
            Duration patience = Duration.ofSeconds(10);
            return new LoadPlan(request, schedule, CONNECTIONS, 1, Duration.ofSeconds(seconds), patience);
        }
    }
}
