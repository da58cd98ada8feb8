package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.TrafficSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests where nginx counts them: on its status page ({@code stub_status}), which counts all that this nginx
 * serves. Our own questions are taken off.
 *
 * <pre>{@code
 * try (NginxStatusTraffic nginx = NginxStatusTraffic.at(URI.create("http://127.0.0.1:8081/status"))) {
 *     Orchestrator.of(spec).traffic(nginx).rotationListener(upstream).start();
 * }
 * }</pre>
 */
public final class NginxStatusTraffic implements TrafficSource, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern PAGE = Pattern.compile(
            "(?s)Active connections: \\d+ ?\nserver accepts handled requests\n \\d+ \\d+ (\\d{1,18}) ?\n.*");

    private final URI page;
    private final Endpoint endpoint;
    private final PageReader pages = new PageReader();
    private final Increase increase = new Increase();
    private final Regularly clock;
    private volatile @Nullable String problem;
    private final AtomicLong total = new AtomicLong();

    private NginxStatusTraffic(URI page, Endpoint endpoint, Duration pause) {
        this.page = page;
        this.endpoint = endpoint;
        this.clock = new Regularly(pause, this::ask);
    }

    /** Begins to count. */
    public static NginxStatusTraffic at(URI page) {
        return at(page, Duration.ofSeconds(1));
    }

    static NginxStatusTraffic at(URI page, Duration pause) {
        if (!"http".equals(page.getScheme()) || page.getHost() == null) {
            throw new IllegalArgumentException("page: " + page + " (expected: http://HOST:PORT/PATH)");
        }
        Endpoint endpoint =
                new Endpoint(page.getHost().replaceAll("[\\[\\]]", ""), page.getPort() < 0 ? 80 : page.getPort());
        return new NginxStatusTraffic(page, endpoint, pause);
    }

    /**
     * What came since the beginning.
     *
     * @throws IllegalStateException while the page does not say
     */
    @Override
    public long requests() {
        String why = problem;
        if (why != null) {
            throw new IllegalStateException("nginx does not say how many requests it had: " + why);
        }
        return total.get();
    }

    /** The one thread asks, and waits for the answer, which has a deadline: one question is out at a time. */
    private void ask() {
        String path = page.getRawPath().isEmpty() ? "/" : page.getRawPath();
        String query = page.getRawQuery() == null ? "" : "?" + page.getRawQuery();
        try {
            note(pages.read(endpoint, path + query, PATIENCE).join());
            problem = null;
        } catch (CompletionException e) {
            problem = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
        } catch (IllegalStateException e) {
            problem = e.getMessage();
        }
    }

    private void note(String text) {
        Matcher found = PAGE.matcher(text);
        if (!found.matches()) {
            throw new IllegalStateException(page + " is not a page of stub_status");
        }
        double came = increase.to(Double.parseDouble(found.group(1)));
        total.addAndGet(Math.max(0, Math.round(came) - 1)); // nothing at the first, and our own question each time
    }

    @Override
    public void close() {
        clock.close();
        pages.close();
    }

    @Override
    public String toString() {
        return "nginx at " + page;
    }
}
