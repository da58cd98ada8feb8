package io.symphony.examples;

import io.symphony.process.ProcessRuntime;
import io.symphony.spi.ContainerRuntime;
import java.util.Optional;

/** What is to run the replicas. */
interface RuntimePlan {

    /** Sees to it that a first replica can be started, which may take long. */
    default void prepare(Terminal terminal) throws CannotStart, InterruptedException {}

    /** Opens it; empty where there is nothing to run. */
    Optional<ContainerRuntime> open();

    /** Somebody else runs them. */
    record Nobody() implements RuntimePlan {
        @Override
        public Optional<ContainerRuntime> open() {
            return Optional.empty();
        }
    }

    /** Child processes. */
    record Processes(Optional<Integer> basePort) implements RuntimePlan {
        @Override
        public Optional<ContainerRuntime> open() {
            return Optional.of(basePort.map(ProcessRuntime::withBasePort).orElseGet(ProcessRuntime::create));
        }
    }
}
