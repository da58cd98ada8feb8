package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Colleagues.Counts;
import io.symphony.testing.MemoryEnsemble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that say what they count on a page each; a second passes when a test says so. */
class ListenersTest {

    private static final ReplicaId LEAVING = new ReplicaId("acts", 3);

    private final MemoryEnsemble.Store store = new MemoryEnsemble.Store();
    private final MemoryEnsemble ensemble = new MemoryEnsemble("one", store);
    private final AtomicLong nanos = new AtomicLong();
    private final Listeners listeners = new Listeners(ensemble, Optional.of("secret"), nanos::get);
    private final List<Saying> others = new ArrayList<>();

    @AfterEach
    void close() {
        listeners.close();
        others.forEach(Saying::falls);
    }

    @Test
    void whatAllCountedIsSummedAndTheirPastIsNot() throws Exception {
        Saying one = new Saying("one", 7, 1_000, 990);
        Saying two = new Saying("two", 7, 50, 50);
        heard();
        assertThat(listeners.counts()).isEqualTo(new Counts(0, 0, 2, 0));

        one.counts(1_010, 995);
        two.counts(53, 52);

        awaitBeats(() -> listeners.counts().equals(new Counts(13, 7, 2, 0)));
    }

    @Test
    void beforeAllHaveAnsweredThereIsNoCount() {
        assertThatThrownBy(listeners::counts).hasMessage("the listeners are not known: none has been asked yet");

        listeners.beat();

        assertThatThrownBy(listeners::counts).hasMessage("the listeners are not known: none has made itself known");
    }

    @Test
    void oneThatIsSilentLeavesNoCountUntilItIsTakenToBeGone() throws Exception {
        new Saying("one", 7, 1, 1);
        Saying two = new Saying("two", 7, 1, 1);
        heard();

        two.falls();
        awaitBeats(() -> !problem().isEmpty());
        assertThat(problem()).startsWith("the listener two does not say what it counted: ");
        assertThat(listeners.holds(LEAVING, 8))
                .as("nobody knows what it has seen")
                .isTrue();

        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        heard();
        assertThat(ensemble.members()).extracting(each -> each.name()).containsExactly("one");
    }

    @Test
    void aReplicaIsHeldUntilEachHasSeenThatItLeavesAndIsEmpty() throws Exception {
        new Saying("one", 8, 1, 1);
        Saying two = new Saying("two", 7, 1, 1);
        heard();
        assertThat(listeners.holds(LEAVING, 8))
                .as("two has not seen the eighth mandate")
                .isTrue();

        two.holds(8, LEAVING);
        awaitBeats(() -> !listeners.holds(new ReplicaId("acts", 4), 8));
        assertThat(listeners.holds(LEAVING, 8)).as("a request of two is inside").isTrue();

        two.holds(9);
        awaitBeats(() -> !listeners.holds(LEAVING, 8));
    }

    @Test
    void whoAnswersUnderAnotherNameIsNotCounted() throws Exception {
        Saying one = new Saying("one", 7, 1, 1);
        new MemoryEnsemble("two", store).announce(one.address());

        awaitBeats(() -> problem().startsWith("the listener two does not say what it counted: 'one' answers at "));
    }

    /** As a follower does. */
    @Test
    void whatIsNotAskedForIsNotPulled() throws Exception {
        Saying one = new Saying("one", 7, 1, 1);
        heard();
        for (int second = 0; second < 4; second++) {
            listeners.beat();
        }
        one.counts(500, 500);

        assertThatThrownBy(listeners::counts).hasMessageContaining("none has been asked yet");
        heard();
        assertThat(listeners.counts().begun()).as("others decided meanwhile").isZero();
    }

    @Test
    void weMakeOurselvesKnownAgainWhereWeWereForgotten() throws Exception {
        listeners.announce(Endpoint.local(9_090));
        listeners.beat();
        assertThat(ensemble.members()).hasSize(1);

        ensemble.forget("one");
        for (int second = 0; second < 5; second++) {
            listeners.beat();
        }

        assertThat(ensemble.members()).hasSize(1);
    }

    private void heard() {
        awaitBeats(() -> problem().isEmpty());
    }

    /** Why there is no count; empty where there is one. */
    private String problem() {
        try {
            listeners.counts();
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void awaitBeats(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    listeners.beat();
                    return condition.getAsBoolean();
                });
    }

    /** A listener's page. */
    private final class Saying {

        private final String name;
        private final HttpServer server;
        private volatile String mandate;
        private volatile String counts;
        private volatile String held = "";

        Saying(String name, long mandate, long begun, long ended) throws Exception {
            this.name = name;
            this.mandate = Long.toString(mandate);
            this.counts = text(begun, ended);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/ensemble", exchange -> {
                boolean knowsIt =
                        "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] body = page().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(knowsIt ? 200 : 401, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            others.add(this);
            new MemoryEnsemble(name, store).announce(address());
        }

        private String page() {
            return "symphony_listener_mandate{listener=\"" + name + "\"} " + mandate + "\n" + counts
                    + "symphony_listener_inside 1\nsymphony_listener_waiting 0\n" + held;
        }

        private String text(long begun, long ended) {
            return "symphony_listener_begun_total " + begun + "\nsymphony_listener_ended_total " + ended + "\n";
        }

        Endpoint address() {
            return Endpoint.local(server.getAddress().getPort());
        }

        void counts(long begun, long ended) {
            counts = text(begun, ended);
        }

        void holds(long seen, ReplicaId... ids) {
            held = Stream.of(ids)
                    .map(id -> "symphony_listener_held{replica=\"" + id + "\"} 1\n")
                    .collect(Collectors.joining());
            mandate = Long.toString(seen);
        }

        void falls() {
            server.stop(0);
        }
    }
}
