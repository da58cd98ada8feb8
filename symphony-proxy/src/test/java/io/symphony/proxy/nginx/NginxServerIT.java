package io.symphony.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.RotationListener.Member;
import io.symphony.testing.OnNginx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real nginx of our own. */
@Tag("once")
@ExtendWith(OnNginx.class)
class NginxServerIT {

    private static final NginxCommand NGINX = NginxCommand.of("nginx").withDeadline(Duration.ofSeconds(30));

    private final String service = "it-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;
    private final List<Site> sites = new ArrayList<>();

    @AfterEach
    void closeSites() {
        sites.forEach(Site::close);
    }

    @Test
    void requestsGoToTheMembersInTurn() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            Site one = site(1);
            Site two = site(2);
            follow(nginx, one, two);

            List<String> answers =
                    Stream.generate(() -> clients.get("")).limit(10).toList();

            assertThat(answers).containsOnly("1", "2");
            assertThat(answers).filteredOn("1"::equals).hasSize(5);
        }
    }

    @Test
    void whenNobodyServesItSaysSoAtOnce() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            follow(nginx);

            assertThat(clients.get("")).isEqualTo("status 502");
        }
    }

    @Test
    void noRequestIsLostWhileMembersComeAndGo() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            follow(nginx, site(1));
            clients.start(8);
            for (int round = 1; round <= 3; round++) {
                Site two = site(2);
                Site three = site(3);
                awaitMore(clients, 200);
                follow(nginx, sites.get(0), two, three);
                awaitMore(clients, 200);
                follow(nginx, sites.get(0));
                two.close(); // they have been let go
                three.close();
            }
            awaitMore(clients, 200);

            Map<String, Integer> answers = clients.answers();
            System.out.println("nginx, three rounds of one to three members and back: " + answers);
            assertThat(answers).containsOnlyKeys("1", "2", "3");
        }
    }

    @Test
    void aMemberThatIsGoneIsPassedOver() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            Site one = site(1);
            Site two = site(2);
            follow(nginx, one, two);
            one.close();

            assertThat(Stream.generate(() -> clients.get("")).limit(20)).containsOnly("2");
        }
    }

    @Test
    void whoLeftIsLetGoOnlyOnceItsLastRequestHasEnded() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            Site one = site(1);
            follow(nginx, one);
            var slow = clients.getLater("slow");
            one.awaitSlowOne();

            CompletionStage<?> letGo = nginx.changed(List.of(site(2).member()));
            await().until(() -> clients.get("").equals("2")); // old workers accept for an instant after the reload
            assertThat(letGo.toCompletableFuture()).isNotDone();

            one.releaseSlowOne();
            assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("1");
            letGo.toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aMasterThatIsKilledIsStartedAgain() throws Exception {
        try (NginxServer nginx = start();
                Clients clients = clients(nginx)) {
            follow(nginx, site(1));
            ProcessHandle master = master().orElseThrow();

            master.destroyForcibly();

            await().until(() -> master().filter(found -> !found.equals(master)).isPresent());
            await().until(() -> clients.get("").equals("1"));
        }
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        NginxServer nginx = start();
        ProcessHandle master = master().orElseThrow();

        nginx.close();

        assertThat(master.isAlive()).isFalse();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsSaidAndNothingIsLeft() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint listen = Endpoint.local(taken.getLocalPort());

            assertThatThrownBy(() -> NginxServer.start(rules(listen), NGINX))
                    .isInstanceOf(NginxException.class)
                    .hasMessageStartingWith("nginx cannot listen on " + listen + ": ")
                    .hasMessageEndingWith("End what listens there, or choose another port.");
        }
        assertThat(folder()).doesNotExist();
    }

    private NginxServer start() throws Exception {
        return NginxServer.start(rules(Endpoint.local(freePort())), NGINX);
    }

    private ServerRules rules(Endpoint listen) {
        return ServerRules.at(listen, UpstreamRules.of(service)).withWorkers(1).withDrain(Duration.ofSeconds(20));
    }

    private Site site(int number) throws Exception {
        Site site = new Site(number);
        sites.add(site);
        return site;
    }

    /** Waits until the members that left are let go. */
    private static void follow(NginxServer nginx, Site... members) throws Exception {
        List<Member> rotation = Stream.of(members).map(Site::member).toList();
        nginx.changed(rotation).toCompletableFuture().get(50, TimeUnit.SECONDS);
    }

    private static Clients clients(NginxServer nginx) {
        return new Clients(URI.create("http://" + nginx.address()));
    }

    private static void awaitMore(Clients clients, int count) {
        int goal = clients.answered() + count;
        await().until(() -> clients.answered() >= goal);
    }

    private Optional<ProcessHandle> master() {
        return new NginxMaster(folder().resolve("nginx.pid")).process();
    }

    private Path folder() {
        return NginxFolder.placeOf(service);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(50)).pollInterval(Duration.ofMillis(20));
    }
}
