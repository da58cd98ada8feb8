package io.symphony.spring;

import io.symphony.Orchestrator;
import io.symphony.proxy.Forwarder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has replicas ready before the application's server takes requests, and ends them after its last request. */
final class SymphonyLifecycle implements SmartLifecycle {

    /** Before Boot's web server, which starts at MAX_VALUE - 2048 and stops, with its grace, before us. */
    private static final int PHASE = Integer.MAX_VALUE - 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(SymphonyLifecycle.class);

    private final Orchestrator orchestrator;
    private final Forwarder forwarder;
    private final Duration awaitReady;
    private volatile boolean running;

    SymphonyLifecycle(Orchestrator orchestrator, Forwarder forwarder, Duration awaitReady) {
        this.orchestrator = orchestrator;
        this.forwarder = forwarder;
        this.awaitReady = awaitReady;
    }

    @Override
    public void start() {
        running = true;
        try {
            if (!awaitReady.isZero() && !orchestrator.awaitReady(1, awaitReady)) {
                LOG.warn("{}: the application starts without a replica, after {}", orchestrator.name(), awaitReady);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        forwarder.close();
        orchestrator.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
