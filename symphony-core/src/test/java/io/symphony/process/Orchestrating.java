package io.symphony.process;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.util.concurrent.CountDownLatch;

/** An orchestrator for tests that a crash is meant to hit: starts two replicas of the service named, says so, waits. */
final class Orchestrating {

    private Orchestrating() {}

    public static void main(String[] args) throws Exception {
        ProcessRuntime runtime = ProcessRuntime.create();
        ServiceSpec spec = ServiceSpec.command(args[0], "sh", "-c", "echo begun; exec sleep 600");
        runtime.start(new ReplicaId(args[0], 1), spec);
        runtime.start(new ReplicaId(args[0], 2), spec);
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
