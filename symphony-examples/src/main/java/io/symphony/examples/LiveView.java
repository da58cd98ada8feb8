package io.symphony.examples;

import io.symphony.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The picture of a service at the foot of a terminal, drawn anew twice a second. */
final class LiveView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    private static final int DRAWS_A_SECOND = 2;
    private static final int SECONDS_SHOWN = 40;

    private final Terminal terminal;
    private final Supplier<Status> status;
    private final LivePicture picture;
    private final Deque<Long> rates = new ArrayDeque<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-view");
        thread.setDaemon(true);
        return thread;
    });
    private int drawn;

    private LiveView(Terminal terminal, Supplier<Status> status) {
        this.terminal = terminal;
        this.status = status;
        this.picture = new LivePicture(terminal);
    }

    /** Begins to show the service; where lines cannot move it shows nothing. */
    static LiveView of(Terminal terminal, Supplier<Status> status) {
        LiveView view = new LiveView(terminal, status);
        if (terminal.isInteractive()) {
            var unused = view.clock.scheduleAtFixedRate(view::draw, 0, 1000 / DRAWS_A_SECOND, TimeUnit.MILLISECONDS);
        }
        return view;
    }

    private void draw() {
        try {
            show();
        } catch (RuntimeException e) { // the next picture may be drawn all the same
            LOG.warn("cannot draw the picture of the service", e);
        }
    }

    private void show() {
        Status now = status.get();
        if (drawn++ % DRAWS_A_SECOND == 0) {
            rates.addLast(now.rps());
        }
        if (rates.size() > SECONDS_SHOWN) {
            rates.removeFirst();
        }
        terminal.foot(picture.of(now, new ArrayList<>(rates)));
    }

    /** What was said stays; the picture goes. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.foot(List.of());
    }
}
