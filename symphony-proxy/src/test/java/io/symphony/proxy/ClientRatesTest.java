package io.symphony.proxy;

import static io.symphony.proxy.HeaderPolicy.Claims.DROPPED;
import static io.symphony.proxy.HeaderPolicy.Claims.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.testing.ManualTicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who may send a request now, and how long the others have to wait. */
class ClientRatesTest {

    private final ManualTicker clock = new ManualTicker();
    private final RequestHead head = new RequestHead(16, 64);

    @Test
    void aBurstPassesAndThenOneForEachPartOfTheTime() throws Exception {
        ClientRates rates = rates(RateLimit.of(10, Duration.ofSeconds(1)).withBurst(3));

        assertThat(List.of(ask(rates, "10.0.0.1"), ask(rates, "10.0.0.1"), ask(rates, "10.0.0.1")))
                .containsOnly(0L);
        assertThat(ask(rates, "10.0.0.1")).isEqualTo(millis(100));
        assertThat(ask(rates, "10.0.0.1")).as("who is refused pays nothing").isEqualTo(millis(100));

        clock.advance(Duration.ofMillis(99));
        assertThat(ask(rates, "10.0.0.1")).isEqualTo(millis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(ask(rates, "10.0.0.1")).isZero();
        assertThat(ask(rates, "10.0.0.1")).isEqualTo(millis(100));
    }

    @Test
    void whoRestsGetsItsBurstBackAndNoMore() throws Exception {
        ClientRates rates = rates(RateLimit.of(10, Duration.ofSeconds(1)).withBurst(2));
        ask(rates, "10.0.0.1");
        ask(rates, "10.0.0.1");

        clock.advance(Duration.ofHours(1));

        assertThat(List.of(ask(rates, "10.0.0.1"), ask(rates, "10.0.0.1"))).containsOnly(0L);
        assertThat(ask(rates, "10.0.0.1")).isEqualTo(millis(100));
    }

    @Test
    void clientsDoNotShareABucketButOneWithANetworkOfItsOwnHasOne() throws Exception {
        ClientRates rates = rates(RateLimit.of(1, Duration.ofSeconds(1)));

        assertThat(ask(rates, "10.0.0.1")).isZero();
        assertThat(ask(rates, "10.0.0.2")).isZero();
        assertThat(ask(rates, "2001:db8:1:2::1")).isZero();
        assertThat(ask(rates, "2001:db8:1:2:ffff::2")).as("the same /64").isPositive();
        assertThat(ask(rates, "2001:db8:1:3::1")).as("another /64").isZero();
    }

    @Test
    void aHeadersValueTellsClientsApartWhereThereIsOne() throws Exception {
        ClientRates rates = rates(RateLimit.of(1, Duration.ofSeconds(1)).withHeader("X-Api-Key"));

        assertThat(ask(rates, "10.0.0.1", "X-Api-Key: one\r\n")).isZero();
        assertThat(ask(rates, "10.0.0.1", "x-api-key: two\r\n")).isZero();
        assertThat(ask(rates, "10.0.0.2", "X-Api-Key: one\r\n"))
                .as("the same from elsewhere")
                .isPositive();
        assertThat(ask(rates, "10.0.0.1", "X-Api-Key: \r\n"))
                .as("none: its address")
                .isZero();
        assertThat(ask(rates, "10.0.0.1", "")).isPositive();
    }

    @Test
    void theProxyInFrontSaysWhoTheClientIsWhereItIsTrusted() throws Exception {
        ClientRates trusting = new ClientRates(RateLimit.of(1, Duration.ofSeconds(1)), TRUSTED, clock);

        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n"))
                .isZero();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: 3.3.3.3,2.2.2.2\r\n"))
                .as("what stands before it the client may have made up")
                .isPositive();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: 2.2.2.2\r\nX-Forwarded-For: 4.4.4.4\r\n"))
                .isZero();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: 2001:db8::1\r\n"))
                .isZero();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: 2001:db8::2\r\n"))
                .as("the same /64")
                .isPositive();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: ::::\r\n")).isZero();
        assertThat(ask(trusting, "10.0.0.9", "X-Forwarded-For: ::::\r\n")).isPositive();
        assertThat(ask(trusting, "10.0.0.9", ""))
                .as("not told: the proxy itself")
                .isZero();
    }

    @Test
    void whereNobodyIsTrustedNobodyPosesAsAnother() throws Exception {
        ClientRates rates = rates(RateLimit.of(1, Duration.ofSeconds(1)));

        assertThat(ask(rates, "10.0.0.9", "X-Forwarded-For: 1.1.1.1\r\n")).isZero();
        assertThat(ask(rates, "10.0.0.9", "X-Forwarded-For: 2.2.2.2\r\n")).isPositive();
    }

    @Test
    void eightThreadsGetAsManyAsThereAre() throws Exception {
        ClientRates rates = rates(RateLimit.of(1, Duration.ofSeconds(1)).withBurst(1_000));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> passed = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            passed.add(threads.submit(() -> {
                RequestHead own = new RequestHead(16, 64);
                int count = 0;
                for (int i = 0; i < 500; i++) {
                    count += rates.take(parsed(own, ""), peer("10.0.0.1"), clock.nanos()) == 0 ? 1 : 0;
                }
                return count;
            }));
        }
        int sum = 0;
        for (Future<Integer> each : passed) {
            sum += each.get();
        }
        threads.shutdown();
        assertThat(sum).isEqualTo(1_000);
    }

    @Test
    void whatCannotBeIsRefused() {
        RateLimit limit = RateLimit.of(1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> RateLimit.of(0, Duration.ofSeconds(1))).hasMessage("requests: 0 (expected: >= 1)");
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ZERO)).hasMessage("per: PT0S (expected: 1ms to 24h)");
        assertThatThrownBy(() -> RateLimit.of(1_000_001, Duration.ofMillis(1)))
                .hasMessage("requests: 1000001 (expected: at most one a nanosecond)");
        assertThatThrownBy(() -> limit.withBurst(0)).hasMessage("burst: 0 (expected: >= 1)");
        assertThatThrownBy(() -> limit.withMostClients(0)).hasMessage("mostClients: 0 (expected: >= 1)");
        assertThatThrownBy(() -> limit.withHeader("X Key"))
                .hasMessage("rate limit: 'X Key' (expected: a field name of at most 64)");
    }

    private ClientRates rates(RateLimit limit) {
        return new ClientRates(limit, DROPPED, clock);
    }

    private long ask(ClientRates rates, String address) throws Exception {
        return ask(rates, address, "");
    }

    private long ask(ClientRates rates, String address, String fields) throws Exception {
        return rates.take(parsed(head, fields), peer(address), clock.nanos());
    }

    private static RequestHead parsed(RequestHead head, String fields) {
        byte[] text = Octets.ascii("GET / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
        assertThat(head.parse(text, 0, text.length)).isEqualTo(text.length);
        return head;
    }

    private static Peer peer(String address) throws UnknownHostException {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getByName(address), 4_711);
        return new Peer(client, client);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
