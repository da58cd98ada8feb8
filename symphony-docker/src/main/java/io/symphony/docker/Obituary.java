package io.symphony.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a container is no more, in words. */
final class Obituary {

    private static final Logger LOG = LoggerFactory.getLogger(Obituary.class);
    private static final long SIGNALLED = 128;
    private static final long LAST_SIGNAL = 64;
    private static final long KILL = 9;
    private static final long MEGABYTE = 1 << 20;

    private final Containers containers;
    private final Output output;

    Obituary(Containers containers, Output output) {
        this.containers = containers;
        this.output = output;
    }

    /** @param exitCode what an event has told of it, in case the container is gone by now, or not quite yet */
    String of(String container, Optional<String> exitCode) throws InterruptedException {
        try {
            Optional<InspectContainerResponse> found = containers.inspect(container);
            if (found.isEmpty()) {
                return brief(exitCode, false);
            }
            boolean runs = Boolean.TRUE.equals(found.get().getState().getRunning());
            return (runs ? contradiction(exitCode) : ending(found.get())) + lastOutput(container);
        } catch (DaemonFailure e) {
            LOG.debug("no details of the end of {}", container, e);
            return brief(exitCode, false) + "; the Docker Engine does not say more";
        }
    }

    /** One that is about to end, or that the Engine lists as ended by mistake, as it does while its disk is full. */
    private static String contradiction(Optional<String> exitCode) {
        return exitCode.isPresent() ? brief(exitCode, false) : "the Docker Engine does not list it among what runs";
    }

    /** What is known without asking. */
    static String brief(Optional<String> exitCode, boolean outOfMemory) {
        return exitCode.map(code -> "exit code " + code + (outOfMemory ? ", out of memory" : signal(number(code))))
                .orElse("its container was removed, and not by us");
    }

    /** Whether an exit code says that a signal from outside has ended it. */
    static boolean isSignal(String exitCode) {
        return !signal(number(exitCode)).isEmpty();
    }

    private static long number(String exitCode) {
        try {
            return Long.parseLong(exitCode);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private String lastOutput(String container) throws InterruptedException {
        return quoting(output.lastLines(container));
    }

    /** The end of a reason: what was written last. */
    static String quoting(String lines) {
        return lines.isEmpty()
                ? "; it wrote nothing"
                : "; last output:\n" + lines.indent(2).stripTrailing();
    }

    private static String ending(InspectContainerResponse container) {
        ContainerState state = container.getState();
        Long code = state.getExitCodeLong();
        if (Boolean.TRUE.equals(state.getOOMKilled())) {
            return "exit code " + code + ", out of memory" + limit(container);
        }
        String error = state.getError() == null || state.getError().isEmpty() ? "" : ", " + state.getError();
        return "exit code " + code + signal(code) + error;
    }

    private static String signal(@Nullable Long code) {
        if (code == null || code <= SIGNALLED || code > SIGNALLED + LAST_SIGNAL) {
            return "";
        }
        return code == SIGNALLED + KILL ? ", killed" : ", ended by signal " + (code - SIGNALLED);
    }

    private static String limit(InspectContainerResponse container) {
        Long bytes = container.getHostConfig() == null
                ? null
                : container.getHostConfig().getMemory();
        return bytes == null || bytes == 0 ? "" : ", its limit is " + bytes / MEGABYTE + " MB";
    }
}
