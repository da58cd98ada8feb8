package io.symphony.examples.chaos;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.Status;
import io.symphony.Status.ReplicaStatus;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.proxy.Listener;
import io.symphony.proxy.ListenerBuilder;
import io.symphony.rollout.RollOutStage;
import io.symphony.scaling.ScalingPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Three victims behind an orchestrator and a listener, all real. */
final class Service implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final HttpHealthProbe probe = HttpHealthProbe.at("/health");
    private final Orchestrator orchestrator;
    private final Listener listener;

    private Service(ServiceSpec spec, UnaryOperator<OrchestratorBuilder> more, UnaryOperator<ListenerBuilder> listening)
            throws Exception {
        orchestrator = more.apply(Orchestrator.of(spec)
                        .between(3, 3)
                        .scaling(ScalingPolicy.fixed(3))
                        .health(HealthPolicy.every(Duration.ofSeconds(1)).withStartTimeout(Duration.ofSeconds(30)))
                        .probe(probe)
                        .drain(Duration.ofSeconds(10))
                        .grace(Duration.ofSeconds(2)))
                .start();
        listener = listening
                .apply(Listener.forwarding(orchestrator).at("127.0.0.1", 0))
                .start();
    }

    /** Of processes, behind a listener with all its defaults. */
    static Service of(Path records, String name, UnaryOperator<OrchestratorBuilder> more) throws Exception {
        return of(processes(records, name), more, each -> each);
    }

    static Service of(
            ServiceSpec spec, UnaryOperator<OrchestratorBuilder> more, UnaryOperator<ListenerBuilder> listening)
            throws Exception {
        Service service = new Service(spec, more, listening);
        if (!service.orchestrator.awaitReady(3, Duration.ofSeconds(60))) {
            service.close();
            throw new AssertionError("three victims are not ready after 60 s: " + service.orchestrator.events());
        }
        return service;
    }

    static ServiceSpec processes(Path records, String name) {
        return ServiceSpec.command(
                        name,
                        JAVA.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx48m",
                        "-cp",
                        classes(),
                        Victim.class.getName())
                .withEnv("VICTIM_RECORDS", records.toString());
    }

    /** Where victims are found. */
    static String classes() {
        try {
            return Path.of(Victim.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError("the tests' classes lie at no path", e);
        }
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    InetSocketAddress address() {
        return listener.address();
    }

    Status status() {
        return orchestrator.status();
    }

    RollOutStage stage() {
        return status().rollOut().stage();
    }

    List<ReplicaStatus> serving() {
        return status().replicas().stream()
                .filter(each -> each.phase() == Phase.READY)
                .toList();
    }

    /** Where those that serve answer. */
    List<Integer> ports() {
        return serving().stream().map(Service::port).toList();
    }

    static int port(ReplicaStatus serving) {
        return serving.endpoint().orElseThrow().port();
    }

    /** Has the replica at a port misbehave for a while. */
    static void tell(int port, Victim.Mode mode, Duration length) throws IOException {
        ask(port, "/control?mode=" + mode + "&millis=" + length.toMillis());
    }

    /** The process that listens at a port. */
    static long pid(int port) throws IOException {
        String answer = ask(port, "/pid");
        return Long.parseLong(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private static String ask(int port, String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: victim\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = new byte[512]; // it writes its answer in one piece
            int length = socket.getInputStream().read(answer);
            if (length < 0) {
                throw new IOException("the victim at " + port + " did not answer");
            }
            return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        listener.close();
        orchestrator.close();
        probe.close();
    }
}
