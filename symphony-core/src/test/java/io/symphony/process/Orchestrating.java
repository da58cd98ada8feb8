package io.symphony.process;

import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An orchestrator for tests that a crash is meant to hit: starts two replicas of the service named, says so, waits. */
final class Orchestrating {

    private Orchestrating() {}

    public static void main(String[] args) throws Exception {
        ProcessRuntime runtime = ProcessRuntime.create();
        ServiceSpec spec = ServiceSpec.command(args[0], "sh", "-c", "echo begun; exec sleep 600");
        for (int number = 1; number <= 2; number++) {
            ReplicaId id = new ReplicaId(args[0], number);
            runtime.start(id, spec);
            // Its shell runs only once it has left our session.
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> runtime.lastOutput(id).equals("begun"));
        }
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
