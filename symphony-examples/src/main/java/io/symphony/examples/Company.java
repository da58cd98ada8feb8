package io.symphony.examples;

import io.symphony.docker.SwarmRuntime;
import io.symphony.proxy.Listeners;
import io.symphony.spi.Ensemble;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The other programs that serve the same service, as this one finds them. */
record Company(Ensemble ensemble, Listeners listeners) implements AutoCloseable {

    /** How often all that runs is listed: what the leader starts is to be found soon. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private static final int MOST_OF_HOST = 12;

    static Company of(SwarmRuntime swarm, ServicePlan plan) {
        Ensemble ensemble = swarm.ensemble(plan.spec().name(), name());
        return new Company(ensemble, Listeners.of(ensemble, plan.admin().token()));
    }

    /** The host for people, and what tells this run from every other one. */
    private static String name() {
        String host = host().replaceAll("[^A-Za-z0-9-]", "-");
        String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 30, 1L << 31), Character.MAX_RADIX);
        return host.substring(0, Math.min(MOST_OF_HOST, host.length())) + "-" + run;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host"; // it has a name that no resolver knows
        }
    }

    @Override
    public void close() {
        listeners.close();
    }
}
