package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import io.symphony.testing.ManualTicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the requests of a session go while replicas come and go. */
class SessionAffinityTest {

    private static final Peer CLIENT = new Peer(address(4_711), address(8_080));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HALF = 50_000;

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "X-Session"})
    void ofAHundredThousandOnlyThoseOfLeavingReplicasMove(String by) throws Exception {
        Affinity affinity = by.equals("cookie")
                ? new CookieAffinity()
                : new HeaderAffinity(SessionAffinity.header(by), by, new ManualTicker());
        try (Orchestrator acts = scaledByHand()) {
            List<Session> sessions = new ArrayList<>();
            assertThat(acts.awaitReady(2, PATIENCE)).isTrue();
            begin(HALF, sessions, affinity, acts);

            acts.scaleTo(10);
            assertThat(acts.awaitReady(10, PATIENCE)).isTrue();
            begin(HALF, sessions, affinity, acts);
            assertThat(moved(sessions))
                    .as("those that moved when eight replicas joined")
                    .isZero();

            acts.scaleTo(2);
            await().atMost(PATIENCE).until(() -> acts.status().replicas().size() == 2);
            Set<ReplicaId> stay = acts.status().replicas().stream()
                    .map(replica -> replica.id())
                    .collect(Collectors.toSet());
            long homeless = sessions.stream()
                    .filter(session -> !stay.contains(session.home))
                    .count();
            assertThat(homeless).isGreaterThanOrEqualTo(HALF * 8 / 10);
            assertThat(moved(sessions)).as("those that moved when eight left").isEqualTo(homeless);
            assertThat(moved(sessions)).as("those that moved after that").isZero();
        }
    }

    private static Orchestrator scaledByHand() {
        return Orchestrator.of(ServiceSpec.command("acts", "acts"))
                .runtime(new FakeRuntime())
                .probe(new FakeProbe())
                .scaling(ScalingPolicy.fixed(2))
                .health(HealthPolicy.every(Duration.ofMillis(50)))
                .between(2, 10)
                .start();
    }

    private static void begin(int count, List<Session> sessions, Affinity affinity, Orchestrator acts) {
        Hold hold = new Hold(Duration.ZERO, affinity).on(acts);
        IntStream.range(0, count)
                .mapToObj(i -> new Session("session-" + sessions.size(), hold))
                .forEach(session -> {
                    session.ask();
                    sessions.add(session);
                });
    }

    private static long moved(List<Session> sessions) {
        return sessions.stream().filter(Session::ask).count();
    }

    /** A client that sends what it was told to send, and a name of its own. */
    private static final class Session {

        private final Hold hold;
        private String fields;
        private ReplicaId home = new ReplicaId("nobody", 1);

        Session(String name, Hold hold) {
            this.hold = hold;
            fields = "X-Session: " + name + "\r\n";
        }

        /** Whether it was served elsewhere than before. */
        boolean ask() {
            assertThat(hold.take(head(fields), CLIENT)).isNull();
            ReplicaId before = home;
            home = hold.replica();
            hold.cookie().ifPresent(told -> fields = "Cookie: a=b; " + told.replaceAll(";.*", "") + "; c=d\r\n");
            hold.end();
            return !home.equals(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "symphony-acts=0000000000000000",
                "symphony-acts=ffffffffffffffff",
                "symphony-acts=9e3779b97f4a7c1",
                "symphony-acts=9e3779b97f4a7c151",
                "symphony-acts=9e3779b97f4a7c1g",
                "symphony-Acts=9e3779b97f4a7c15",
                "symphony-act=9e3779b97f4a7c15",
                "symphony-acts",
                "; ;;",
                ""
            })
    void aCookieThatIsNotOursLeadsNowhere(String cookie) {
        assertThat(homeOf("Cookie: " + cookie + "\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: symphony-acts=9e3779b97f4a7c15",
                "Cookie: a=b;symphony-acts=9e3779b97f4a7c15 ;c",
                "Cookie: a=b\r\nCookie: symphony-acts=1; symphony-acts=9E3779B97F4A7C15"
            })
    void oursLeadsHomeAmongOthers(String cookies) {
        assertThat(homeOf(cookies + "\r\n")).isEqualTo(new ReplicaId("acts", 1));
    }

    private static ReplicaId homeOf(String fields) {
        return ((SessionBond) new CookieAffinity().of(head(fields), CLIENT, "acts")).home();
    }

    @Test
    void aCookieFromHttpsGoesOverHttpsAlone() {
        Peer secure = new Peer(address(1), address(2), "https");
        assertThat(new CookieAffinity().of(head(""), secure, "acts").cookie(new ReplicaId("acts", 1)))
                .hasValue("symphony-acts=9e3779b97f4a7c15; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void aSessionByItsHeaderIsForgottenWhenItRestsForTooLong() {
        ManualTicker clock = new ManualTicker();
        Affinity table = new HeaderAffinity(
                SessionAffinity.header("X-Session").withIdle(Duration.ofMinutes(10)), "X-Session", clock);
        of(table, "one").joined(new ReplicaId("acts", 7));

        clock.advance(Duration.ofMinutes(9));
        assertThat(of(table, "one").home()).as("after 9 min").isEqualTo(new ReplicaId("acts", 7));
        clock.advance(Duration.ofMinutes(9));
        assertThat(of(table, "one").home()).as("9 min after that").isNotNull();
        clock.advance(Duration.ofMinutes(11));
        assertThat(of(table, "one").home()).as("11 min after that").isNull();
    }

    @Test
    void noMoreSessionsAreRememberedThanMayBe() {
        Affinity table = new HeaderAffinity(
                SessionAffinity.header("X-Session").withMostSessions(100), "X-Session", new ManualTicker());
        for (int i = 0; i < 1_000; i++) {
            of(table, "session-" + i).joined(new ReplicaId("acts", 1));
        }

        assertThat(IntStream.range(0, 1_000)
                        .filter(i -> of(table, "session-" + i).home() != null))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void ofTwoFirstRequestsOfASessionTheFirstDecides() {
        Affinity table = new HeaderAffinity(SessionAffinity.header("X-Session"), "X-Session", new ManualTicker());
        SessionBond one = of(table, "one");
        SessionBond other = of(table, "one");
        one.joined(new ReplicaId("acts", 1));
        other.joined(new ReplicaId("acts", 2));

        assertThat(of(table, "one").home()).isEqualTo(new ReplicaId("acts", 1));
    }

    @Test
    void twoServicesHaveSessionsOfTheirOwn() {
        Affinity table = new HeaderAffinity(SessionAffinity.header("X-Session"), "X-Session", new ManualTicker());
        of(table, "one").joined(new ReplicaId("acts", 7));

        assertThat(((SessionBond) table.of(head("X-Session: one\r\n"), CLIENT, "shop")).home())
                .isNull();
    }

    private static SessionBond of(Affinity table, String session) {
        return (SessionBond) table.of(head("X-Session: " + session + "\r\n"), CLIENT, "acts");
    }

    @Test
    void whereThereIsNoCaffeineTheSentenceSaysWhatToAdd() {
        assertThatThrownBy(() -> OptionalCaffeine.require("affinity by a header", ClassLoader.getPlatformClassLoader()))
                .hasMessage("affinity by a header: there is no Caffeine (expected: the dependency"
                        + " com.github.ben-manes.caffeine:caffeine, and on the module path"
                        + " --add-modules com.github.benmanes.caffeine)");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> SessionAffinity.header("X Session"))
                .hasMessage("affinity: 'X Session' (expected: a field name of at most 64)");
        assertThatThrownBy(() -> SessionAffinity.header("X-Session").withMostSessions(0))
                .hasMessage("mostSessions: 0 (expected: >= 1)");
        assertThatThrownBy(() -> SessionAffinity.cookie().withIdle(Duration.ofMillis(999)))
                .hasMessage("idle: PT0.999S (expected: >= 1s)");
    }

    private static RequestHead head(String fields) {
        byte[] text = Octets.ascii("GET / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
        RequestHead head = new RequestHead(16, 64);
        assertThat(head.parse(text, 0, text.length)).isEqualTo(text.length);
        return head;
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
