package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts that come over a real connection. */
class MetricsTrafficTest {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<Counting> servers = new ArrayList<>();
    private final MetricsTraffic traffic = MetricsTraffic.at("/metrics", CounterName.parse("requests_total"), PAUSE);

    @AfterEach
    void close() {
        traffic.close();
        servers.forEach(Counting::close);
    }

    @Test
    void whatTheCountersRoseByIsAddedUpAndThePastIsNot() throws Exception {
        Counting one = server(1, "requests_total 1000");
        Counting two = server(2, "requests_total 50");
        follow(one, two);
        one.awaitQuestions(2);
        two.awaitQuestions(2);
        assertThat(traffic.requests()).isZero();

        one.shows("requests_total 1007");
        two.shows("requests_total 53");

        await().until(() -> traffic.requests() == 10);
    }

    @Test
    void oneThatStartsAnewTakesNothingAway() throws Exception {
        Counting one = server(1, "requests_total 1000");
        follow(one);
        one.awaitQuestions(2);
        one.shows("requests_total 1005");
        await().until(() -> traffic.requests() == 5);

        one.shows("requests_total 3");

        await().until(() -> traffic.requests() == 8);
    }

    @Test
    void oneThatLeavesIsAskedALastTimeAndWhatItHadStays() throws Exception {
        Counting one = server(1, "requests_total 10");
        follow(one);
        one.awaitQuestions(2);

        one.shows("requests_total 14");
        follow();
        one.close();
        assertThat(traffic.requests()).isEqualTo(4);

        Counting two = server(2, "requests_total 500");
        follow(two);
        two.awaitQuestions(2);
        assertThat(traffic.requests()).isEqualTo(4);
    }

    @Test
    void whileOneIsSilentThereIsNoCount() throws Exception {
        Counting one = server(1, "requests_total 10");
        Counting two = server(2, "requests_total 10");
        follow(one, two);
        two.awaitQuestions(2);
        one.shows("requests_total 11");
        await().until(() -> traffic.requests() == 1);

        two.close();
        await().untilAsserted(() -> assertThatThrownBy(traffic::requests)
                .hasMessage("acts-2 does not say how many requests it had: /metrics: connection refused"));

        follow(one);
        assertThat(traffic.requests()).isEqualTo(1);
    }

    @Test
    void aPageThatIsNoneIsNotIdleness() throws Exception {
        Counting one = server(1, "<html>404</html>");
        follow(one);

        await().until(this::isUnknown);
        assertThatThrownBy(traffic::requests).hasMessageContaining("line 1 is not Prometheus' text format");
    }

    @Test
    void aNameThatNobodyHasIsNotIdlenessAndOnceSomebodyHasItTheOthersStandAtZero() throws Exception {
        Counting one = server(1, "other_total 1");
        Counting two = server(2, "other_total 1");
        follow(one, two);
        await().until(this::isUnknown);
        assertThatThrownBy(traffic::requests).hasMessageEndingWith("/metrics has no requests_total");
        two.awaitQuestions(2);

        two.shows("requests_total 3");

        await().until(() -> !isUnknown());
        await().until(() -> traffic.requests() == 3);
    }

    @Test
    void nginxCountsWithoutOurOwnQuestions() throws Exception {
        String page =
                "Active connections: 1 \nserver accepts handled requests\n 9 9 %s \nReading: 0 Writing: 1 Waiting: 0 \n";
        Counting nginx = server(1, page.formatted(100));
        try (NginxStatusTraffic count =
                NginxStatusTraffic.at(URI.create("http://" + nginx.member().endpoint() + "/metrics"), PAUSE)) {
            nginx.awaitQuestions(2);

            nginx.shows(page.formatted(111)); // ten, and our own
            await().until(() -> count.requests() == 10);

            nginx.shows("Welcome to nginx!");
            await().untilAsserted(() -> assertThatThrownBy(count::requests)
                    .hasMessageStartingWith("nginx does not say how many requests it had: http://")
                    .hasMessageEndingWith(" is not a page of stub_status"));
        }
    }

    private boolean isUnknown() {
        try {
            traffic.requests();
            return false;
        } catch (IllegalStateException unknown) {
            return true;
        }
    }

    private void follow(Counting... members) throws Exception {
        List<Member> rotation = Stream.of(members).map(Counting::member).toList();
        traffic.changed(rotation).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Counting server(int number, String page) throws IOException {
        Counting server = new Counting(number, page);
        servers.add(server);
        return server;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    /** A replica with a page of counts. */
    private static final class Counting implements AutoCloseable {

        private final int number;
        private final HttpServer server;
        private final AtomicInteger questions = new AtomicInteger();
        private volatile String page;

        Counting(int number, String page) throws IOException {
            this.number = number;
            this.page = page;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/metrics", exchange -> {
                byte[] body = this.page.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
                questions.incrementAndGet();
            });
            server.start();
        }

        Member member() {
            return new Member(
                    new ReplicaId("acts", number),
                    Endpoint.local(server.getAddress().getPort()),
                    1);
        }

        void shows(String next) {
            page = next;
        }

        /** When another question comes, the answers to those before it have been noted. */
        void awaitQuestions(int count) {
            await().until(() -> questions.get() >= count);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
