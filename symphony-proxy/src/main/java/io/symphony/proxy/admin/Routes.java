package io.symphony.proxy.admin;

import io.symphony.Status;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths and what each of them answers, behind the guard. */
final class Routes implements Function<Call, Answer> {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Guard guard;
    private final Map<String, Page> reads = new TreeMap<>();
    private final Map<String, Page> writes = new TreeMap<>();

    Routes(Guard guard) {
        this.guard = guard;
    }

    Routes read(String path, Page page) {
        reads.put(path, page);
        return this;
    }

    Routes write(String path, Page page) {
        writes.put(path, page);
        return this;
    }

    Routes readAll(Map<String, Reply> replies) {
        replies.forEach((path, reply) -> reads.put(path, call -> reply));
        return this;
    }

    @Override
    public Answer apply(Call call) {
        try {
            Optional<Reply> refusal = guard.refusal(call);
            return refusal.isPresent() ? refusal.get() : routed(call);
        } catch (IllegalArgumentException e) {
            return Reply.refused(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return Reply.refused(409, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{} {} at the admin listener failed", call.method(), call.path(), e);
            return Reply.refused(500, "this failed, and the log says why");
        }
    }

    private Answer routed(Call call) {
        Page read = reads.get(call.path());
        Page write = writes.get(call.path());
        if (read == null && write == null) {
            return Reply.refused(
                    404,
                    "path: '" + call.path() + "' (expected: one of " + reads.keySet() + " or POST to " + writes.keySet()
                            + ")");
        }
        if (read != null && call.isRead()) {
            return read.answer(call);
        }
        if (write != null && call.method().equals("POST")) {
            return write.answer(call);
        }
        String allowed = read != null ? "GET, HEAD" : "POST";
        return Reply.refused(405, "method: " + call.method() + " (expected: " + allowed + ")")
                .with("Allow", allowed);
    }

    /** Whether at least one replica serves. */
    static Reply readiness(Status status) {
        String numbers = status.ready() + " of " + status.target() + " replicas are ready";
        return status.ready() > 0 ? Reply.done(numbers) : Reply.refused(503, numbers);
    }
}
