package io.symphony.proxy.admin;

import io.symphony.Status;
import io.symphony.Status.ReplicaStatus;
import io.symphony.Status.Requests;
import io.symphony.Status.RollOutStatus;
import io.symphony.fleet.Endpoint;
import java.time.Instant;

/** A status as JSON. */
final class StatusText {

    private StatusText() {}

    static Json write(Json json, Status status, Sample sample) {
        json.object()
                .put("service", status.service())
                .put("target", status.target())
                .put("ready", status.ready())
                .put("rps", status.rps())
                .put("reason", status.reason())
                .put("waiting", status.waiting())
                .put("entrance", status.entrance().name())
                .put("time", sample.at());
        write(json.object("rollOut"), status.rollOut(), sample.at()).endObject();
        json.array("replicas");
        status.replicas().forEach(replica -> write(json, replica, sample.at()));
        json.endArray();
        write(json.object("requests"), status.requests()).endObject();
        write(json.object("latency"), sample).endObject();
        return json.endObject();
    }

    private static Json write(Json json, RollOutStatus rollOut, Instant now) {
        return json.put("stage", rollOut.stage().name())
                .put("version", rollOut.version())
                .put("former", rollOut.former().orElse(null))
                .put("ready", rollOut.ready())
                .put("of", rollOut.of())
                .put("reason", rollOut.reason())
                .put("evidence", rollOut.evidence())
                .put("since", now.minus(rollOut.since()));
    }

    private static void write(Json json, ReplicaStatus replica, Instant now) {
        json.object()
                .put("id", replica.id().toString())
                .put("phase", replica.phase().name())
                .put("endpoint", replica.endpoint().map(Endpoint::toString).orElse(null))
                .put("inFlight", replica.inFlight())
                .put("requests", replica.requests())
                .put("failures", replica.failures())
                .put("version", replica.version())
                .put("since", now.minus(replica.since()))
                .put("failedChecks", replica.failedChecks())
                .put("share", Math.round(replica.share() * 100) / 100.0)
                .endObject();
    }

    private static Json write(Json json, Requests requests) {
        return json.put("accepted", requests.accepted())
                .put("completed", requests.completed())
                .put("abandoned", requests.abandoned())
                .put("shed", requests.shed())
                .put("failed", requests.failed())
                .put("open", requests.open());
    }

    private static Json write(Json json, Sample sample) {
        return json.put("p50Millis", Sample.millis(sample.p50()))
                .put("p95Millis", Sample.millis(sample.p95()))
                .put("p99Millis", Sample.millis(sample.p99()))
                .put("errors", sample.errors());
    }
}
