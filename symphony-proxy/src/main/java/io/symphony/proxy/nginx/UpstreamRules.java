package io.symphony.proxy.nginx;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener.Member;
import java.time.Duration;
import java.util.List;

/**
 * What stands in the upstream block besides the replicas. The block's name is the service's with {@code symphony_}
 * before it, and everything that is neither letter nor digit as {@code _}.
 *
 * <pre>{@code
 * UpstreamRules.of("acts").withFailures(3, Duration.ofSeconds(10)).withKeepAlive(128).upstream(); // symphony_acts
 * }</pre>
 *
 * @param service the service's name
 * @param balancing which replica takes a request
 * @param maxFails after how many failures within {@code failTimeout} nginx leaves a replica alone, for that time; 0 never
 * @param failTimeout see there
 * @param keepAlive how many idle connections to replicas each worker of nginx keeps; 0 none
 */
public record UpstreamRules(
        String service, NginxBalancing balancing, int maxFails, Duration failTimeout, int keepAlive) {

    /** Shorter than the idle time of any server that we know: one that closes first fails what is just being sent. */
    private static final String IDLE = "4s";

    private static final String SAFE_HOST = "[A-Za-z0-9._:%-]+";
    private static final int LEAST_ZONE_KB = 256;

    public UpstreamRules {
        service = new ReplicaId(service, 1).service(); // which has the rule for a name
        if (maxFails < 0) {
            throw new IllegalArgumentException("maxFails: " + maxFails + " (expected: >= 0)");
        }
        if (failTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("failTimeout: " + failTimeout + " (expected: >= 1 s)");
        }
        if (keepAlive < 0) {
            throw new IllegalArgumentException("keepAlive: " + keepAlive + " (expected: >= 0)");
        }
    }

    /** Round robin; a replica that failed once is left alone for 30 s; 64 idle connections a worker. */
    public static UpstreamRules of(String service) {
        return new UpstreamRules(service, NginxBalancing.roundRobin(), 1, Duration.ofSeconds(30), 64);
    }

    public UpstreamRules withBalancing(NginxBalancing next) {
        return new UpstreamRules(service, next, maxFails, failTimeout, keepAlive);
    }

    public UpstreamRules withFailures(int most, Duration within) {
        return new UpstreamRules(service, balancing, most, within, keepAlive);
    }

    public UpstreamRules withKeepAlive(int connections) {
        return new UpstreamRules(service, balancing, maxFails, failTimeout, connections);
    }

    /** What {@code proxy_pass http://} names. */
    public String upstream() {
        return "symphony_" + service.replaceAll("[^a-z0-9]", "_");
    }

    /** The block with these replicas in it. The zone makes all workers of nginx take turns together. */
    String block(List<Member> members) {
        StringBuilder text = new StringBuilder("# Symphony writes this file whenever the replicas of ")
                .append(service)
                .append(" change.\n")
                .append("upstream ")
                .append(upstream())
                .append(" {\n");
        line(text, "zone " + upstream() + " " + Math.max(LEAST_ZONE_KB, 4 * members.size()) + "k;");
        line(text, balancing.directive());
        members.forEach(each -> line(text, server(each)));
        if (members.isEmpty()) {
            line(text, "server 127.0.0.1:1 down; # nobody serves, and nginx wants a name");
        }
        if (keepAlive > 0) {
            line(text, "keepalive " + keepAlive + ";");
            line(text, "keepalive_timeout " + IDLE + ";");
        }
        return text.append("}\n").toString();
    }

    private String server(Member member) {
        if (!member.endpoint().host().matches(SAFE_HOST)) {
            throw new NginxException(member.id() + " answers at '" + member.endpoint()
                    + "', which cannot be written into nginx's configuration. Give it a plain name or address.");
        }
        return "server " + member.endpoint() + (member.weight() == 1 ? "" : " weight=" + member.weight())
                + " max_fails=" + maxFails + " fail_timeout=" + failTimeout.toSeconds() + "s;";
    }

    private static void line(StringBuilder text, String directive) {
        if (!directive.isEmpty()) {
            text.append("    ").append(directive).append('\n');
        }
    }
}
