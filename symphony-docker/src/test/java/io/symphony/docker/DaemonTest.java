package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.symphony.docker.DaemonFailure.Kind;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void anEngineThatRefusesAnythingBelow144IsSpokenTo() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.44", "1.52");
                Daemon daemon = daemon(fake, LIMIT)) {
            ping(daemon);

            assertThat(fake.asked()).containsExactly("GET /version", "GET /v1.44/_ping");
        }
    }

    @Test
    void anEngineThatRefusesAnythingAbove141IsSpokenTo() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.12", "1.41");
                Daemon daemon = daemon(fake, LIMIT)) {
            ping(daemon);
            ping(daemon);

            assertThat(fake.asked()).containsExactly("GET /version", "GET /v1.41/_ping", "GET /v1.41/_ping");
        }
    }

    @Test
    void anEngineThatIsReplacedByANewerOneIsAskedAgain() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.12", "1.41");
                Daemon daemon = daemon(fake, LIMIT)) {
            ping(daemon);

            fake.speaks("1.44", "1.52");
            ping(daemon);

            assertThat(daemon.version()).hasToString("1.44");
        }
    }

    @Test
    void anEngineThatIsReplacedByAnOlderOneIsAskedAgain() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = daemon(fake, LIMIT)) {
            ping(daemon);

            fake.speaks("1.12", "1.41");
            ping(daemon);

            assertThat(daemon.version()).hasToString("1.41");
        }
    }

    @Test
    void aVersionThatTheUserOrdersIsSpokenWhateverTheEngineSays() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.44", "1.52");
                Daemon daemon =
                        new Daemon(DaemonAddress.of(fake.host()), Optional.of(ApiVersion.parse("1.40")), LIMIT)) {
            assertThatThrownBy(() -> ping(daemon))
                    .isInstanceOf(DaemonFailure.class)
                    .hasMessage("the Docker Engine refused to ping (400): client version 1.40 is too old. Minimum"
                            + " supported API version is 1.44, please upgrade your client to a newer version");
            assertThat(fake.asked()).containsExactly("GET /v1.40/_ping");
        }
    }

    @ParameterizedTest
    @CsvSource({"304,DONE_ALREADY", "404,NOT_FOUND", "409,CONFLICT", "500,OTHER", "503,OTHER", "400,OTHER"})
    void refusalsAreToldApart(int status, Kind kind) throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = daemon(fake, LIMIT)) {
            fake.on("GET /_ping", status, "{\"message\":\"a \\\"quoted\\\" reason\"}");

            DaemonFailure failure = catchThrowableOfType(DaemonFailure.class, () -> ping(daemon));

            assertThat(failure.is(kind)).isTrue();
            if (status != 304) {
                assertThat(failure)
                        .hasMessage("the Docker Engine refused to ping (" + status + "): a \"quoted\" reason");
            }
        }
    }

    @Test
    void aHungEngineCostsNoMoreThanTheDeadline() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = daemon(fake, SHORT)) {
            fake.hangOn("GET /_ping");

            DaemonFailure failure = catchThrowableOfType(DaemonFailure.class, () -> ping(daemon));

            assertThat(failure).hasMessageStartingWith("cannot ping, because ");
            assertThat(failure.isOpen()).isTrue();
        }
    }

    /** No timeout of the HTTP client works there. */
    @Test
    void aHungEngineOnAUnixSocketCostsNoMoreThanTheDeadline() throws Exception {
        Path socket = Files.createTempDirectory("symphony-").resolve("d.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Daemon daemon = new Daemon(DaemonAddress.of("unix://" + socket), Optional.empty(), SHORT)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThatThrownBy(() -> ping(daemon))
                    .isInstanceOf(DaemonFailure.class)
                    .hasMessage("cannot ping, because the Docker Engine gave no answer within 300 ms");
            await().atMost(LIMIT).until(() -> callsInTheChannel() == 0);
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        }
    }

    @Test
    void anInterruptEndsACallThatHangs() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = daemon(fake, LIMIT)) {
            fake.hangOn("GET /_ping");
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    ping(daemon);
                } catch (DaemonFailure | InterruptedException e) {
                    outcome.set(e);
                }
            });
            caller.start();
            await().atMost(LIMIT).until(() -> fake.asked().contains("GET /v1.44/_ping"));

            caller.interrupt();

            caller.join(LIMIT.toMillis());
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void whereNobodyListensTheAddressIsNamed() throws Exception {
        try (Daemon daemon = new Daemon(DaemonAddress.of("unix:///no/such.sock"), Optional.empty(), LIMIT)) {
            DaemonFailure failure = catchThrowableOfType(DaemonFailure.class, () -> ping(daemon));

            assertThat(failure.is(Kind.UNREACHABLE)).isTrue();
            assertThat(failure).hasMessageContaining("unix:///no/such.sock").hasMessageContaining("Does it run");
        }
    }

    @Test
    void anotherServerIsNoEngine() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = new Daemon(DaemonAddress.of(fake.host() + "/elsewhere"), Optional.empty(), LIMIT)) {
            assertThatThrownBy(() -> ping(daemon)).isInstanceOf(DaemonFailure.class);
        }
    }

    private static Daemon daemon(FakeDaemon fake, Duration limit) {
        return new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), limit);
    }

    private static void ping(Daemon daemon) throws DaemonFailure, InterruptedException {
        daemon.order("ping", client -> client.pingCmd().exec());
    }

    /** Threads of ours that are inside a call, rather than waiting for one. */
    private static long callsInTheChannel() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("symphony-docker-call"))
                .filter(each -> Arrays.stream(each.getValue())
                        .anyMatch(frame -> frame.getClassName().contains("SocketChannelImpl")))
                .count();
    }
}
