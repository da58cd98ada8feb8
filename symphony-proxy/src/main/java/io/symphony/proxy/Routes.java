package io.symphony.proxy;

import io.symphony.Orchestrator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of several orchestrators a request is led to, by its host and its path. The most specific route counts: one with a host
 * before one without, and then the longest path.
 *
 * <pre>{@code
 * Routes routes = Routes.elseTo(shop)
 *         .with("mail.example.org", mail)
 *         .with("mail.example.org", "/admin", admin)
 *         .withPath("/api", api);
 * Listener.routing(routes).at("127.0.0.1", 8080).start();
 * }</pre>
 *
 * <p>A path leads what is equal to it and what lies below it: {@code /api} leads {@code /api} and {@code /api/v1}, and not
 * {@code /apis}. It is compared as it is written, so it does not keep anybody out.
 */
public final class Routes {

    private final List<String> keys;
    private final Route[] routes;
    private final @Nullable Orchestrator otherwise;

    private Routes(List<String> keys, Route[] routes, @Nullable Orchestrator otherwise) {
        this.keys = keys;
        this.routes = routes;
        this.otherwise = otherwise;
    }

    /** None yet: what no route leads anywhere is answered with 404. */
    public static Routes only() {
        return new Routes(List.of(), new Route[0], null);
    }

    /** None yet: what no other route leads anywhere goes there. */
    public static Routes elseTo(Orchestrator orchestrator) {
        return new Routes(List.of(), new Route[0], orchestrator);
    }

    /** Requests for a host, whatever port they name. */
    public Routes with(String host, Orchestrator orchestrator) {
        return with(host, "/", orchestrator);
    }

    /** Requests for what lies below a path of any host. */
    public Routes withPath(String path, Orchestrator orchestrator) {
        return adding("", path, orchestrator);
    }

    /** Requests for what lies below a path of a host. */
    public Routes with(String host, String path, Orchestrator orchestrator) {
        byte[] bytes = Octets.ascii(host);
        boolean hasPort = host.indexOf(':') >= 0 && !host.endsWith("]");
        if (hasPort || !HostRule.holds(bytes, 0, bytes.length)) {
            throw new IllegalArgumentException("host: " + host + " (expected: a host without a port)");
        }
        return adding(host, path, orchestrator);
    }

    private Routes adding(String host, String path, Orchestrator orchestrator) {
        if (!path.matches("/[!-~&&[^?#]]*")) {
            throw new IllegalArgumentException("path: " + path + " (expected: /PATH as in a URL, without a query)");
        }
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> more = new ArrayList<>(keys);
        more.add(host.toLowerCase(Locale.ROOT) + bare);
        if (keys.contains(more.get(keys.size()))) {
            throw new IllegalArgumentException("route: " + host + path + " given twice (expected: once)");
        }
        Route[] next = Arrays.copyOf(routes, routes.length + 1);
        next[routes.length] = new Route(host, bare, orchestrator);
        Arrays.sort(next);
        return new Routes(List.copyOf(more), next, otherwise);
    }

    /** Where a request is led; null where nobody serves it. */
    @Nullable
    Orchestrator of(RequestHead head) {
        for (Route route : routes) {
            if (route.leads(head)) {
                return route.orchestrator();
            }
        }
        return otherwise;
    }

    /** Everybody to whom requests may be led. */
    List<Orchestrator> orchestrators() {
        return Stream.concat(Arrays.stream(routes).map(Route::orchestrator), Optional.ofNullable(otherwise).stream())
                .distinct()
                .toList();
    }
}
