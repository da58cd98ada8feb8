package io.symphony.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import io.symphony.docker.Clients.Speaking;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Docker Engine as we see it: calls under deadlines, in a version of its API that both sides speak. */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Calls calls = new Calls();
    private final Clients clients;
    private final DaemonAddress address;
    private final Optional<ApiVersion> ordered;
    private final Duration limit;

    /** Found by asking, and forgotten when the daemon, perhaps another one by now, does not like it any more. */
    private volatile @Nullable Speaking spoken;

    /** @param ordered the version to speak, whatever the daemon says */
    Daemon(DaemonAddress address, Optional<ApiVersion> ordered, Duration limit) {
        this.address = address;
        this.ordered = ordered;
        this.limit = limit;
        this.clients = new Clients(address, limit);
    }

    /** How long one call may take that has no time of its own. */
    Duration limit() {
        return limit;
    }

    /** Asks for something; {@code what} completes the sentence "cannot ...". */
    <T> T ask(String what, Function<DockerClient, T> question) throws DaemonFailure, InterruptedException {
        return converse(what, limit, speaking -> question.apply(speaking.control()));
    }

    /** Orders something that has no answer. */
    void order(String what, Consumer<DockerClient> command) throws DaemonFailure, InterruptedException {
        ask(what, client -> {
            command.accept(client);
            return true;
        });
    }

    /** As {@link #ask}, with a limit of its own and a choice of the client. */
    <T> T converse(String what, Duration within, Conversation<T> conversation)
            throws DaemonFailure, InterruptedException {
        try {
            return calls.within(within, () -> inAVersionThatBothSpeak(conversation));
        } catch (TimeoutException e) {
            throw DaemonFailure.silent(what, within, e);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        }
    }

    /** The version in use; asks the daemon if need be. */
    ApiVersion version() throws DaemonFailure, InterruptedException {
        return converse("ask for its version", limit, Speaking::version);
    }

    boolean isClosed() {
        return calls.isClosed();
    }

    @Override
    public void close() {
        calls.close();
        clients.close();
    }

    private <T> T inAVersionThatBothSpeak(Conversation<T> conversation) throws Exception {
        Speaking first = speaking();
        try {
            return conversation.with(first);
        } catch (DockerException e) {
            if (ordered.isPresent() || !isAboutVersion(e)) {
                throw e;
            }
            LOG.info("The Docker Engine does not speak {} any more: {}", first.version(), DaemonFailure.message(e));
            spoken = null;
            return conversation.with(speaking());
        }
    }

    /** Several threads may ask at the same time at first; a lock would have them hang together. */
    private Speaking speaking() throws IOException {
        Speaking known = spoken;
        if (known != null) {
            return known;
        }
        Speaking found = clients.speaking(ordered.isPresent() ? ordered.get() : clients.negotiate());
        LOG.debug("speaking version {} of the API with {}", found.version(), address);
        spoken = found;
        return found;
    }

    private static boolean isAboutVersion(DockerException answer) {
        String message = DaemonFailure.message(answer);
        return answer.getHttpStatus() == 400 && (message.contains("is too old") || message.contains("is too new"));
    }

    private DaemonFailure failure(String what, Throwable cause) {
        if (cause instanceof DockerException answer) {
            return DaemonFailure.refused(what, answer);
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof IOException) {
                return DaemonFailure.unreachable(what, address, cause);
            }
        }
        return DaemonFailure.other("cannot " + what + ": " + cause, cause);
    }

    /** What is said in one call. */
    @FunctionalInterface
    interface Conversation<T> {
        T with(Speaking daemon) throws Exception;
    }
}
