package io.symphony.proxy.cache;

import java.time.Instant;
import java.util.Set;

/** A response out of the cache, as it goes to one client. */
public final class Answer {

    private static final byte[] NOTHING = {};
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** What describes content has no place on a 304, which has none. */
    private static final Set<String> OF_CONTENT =
            Set.of("content-type", "content-length", "content-encoding", "content-language");

    private final int status;
    private final String reason;
    private final Fields fields;
    private final byte[] body;

    private Answer(int status, String reason, Fields fields, byte[] body) {
        this.status = status;
        this.reason = reason;
        this.fields = fields;
        this.body = body;
    }

    /** A kept response as it is now, whole or, where the client has it already, as a 304. */
    static Answer of(Stored stored, CacheRequest request, Instant now, String cacheStatus) {
        Fields kept = stored.fields().without(Set.of("age", "content-length"));
        boolean met = Conditions.areMet(request.fields(), stored);
        Fields.Builder fields = new Fields.Builder();
        (met ? kept.without(OF_CONTENT) : kept).forEach(fields::add);
        fields.add("Age", Long.toString(stored.freshness().age(now).toSeconds()))
                .add("Cache-Status", cacheStatus);
        if (met) {
            return new Answer(NOT_MODIFIED, "Not Modified", fields.build(), NOTHING);
        }
        if (stored.status() != NO_CONTENT) {
            fields.add("Content-Length", Integer.toString(stored.body().length));
        }
        return new Answer(stored.status(), stored.reason(), fields.build(), request.isHead() ? NOTHING : stored.body());
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public Fields fields() {
        return fields;
    }

    /** Its content, which nobody may change; nothing for HEAD and a 304. */
    public byte[] body() {
        return body;
    }
}
