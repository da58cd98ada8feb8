package io.symphony.proxy.nginx;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.RotationListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An nginx of our own in front of the replicas, with a configuration of our own. It is watched, started again where it
 * dies, and ended by {@link #close()}. One that a killed program left is taken over without a gap.
 *
 * <pre>{@code
 * try (NginxServer front = NginxServer.start(ServerRules.at(Endpoint.local(8080), UpstreamRules.of("acts")), NginxCommand.of("nginx"));
 *         Orchestrator acts = Orchestrator.of(spec).rotationListener(front).start()) {
 *     ...
 * }
 * }</pre>
 */
public final class NginxServer implements RotationListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NginxServer.class);

    /** Since 1.27.4 old workers need not close idle connections at once, on which a client may be sending just then. */
    private static final String KEPT_LONGER = "keepalive_min_timeout 2s;";

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 200;

    private final ServerRules rules;
    private final NginxFolder folder;
    private final Endpoint status;
    private final NginxCommand command;
    private final NginxMaster master;
    private final NginxUpstream upstream;
    private final Thread watch = new Thread(this::watch, "symphony-nginx");
    private volatile NginxMaster.Generation serving;
    private volatile boolean closed;

    private NginxServer(ServerRules rules, NginxFolder folder, NginxCommand given) {
        this.rules = rules;
        this.folder = folder;
        this.status = Endpoint.local(freePort());
        this.command = given.with(
                "-p", folder.path().toString(), "-c", folder.configuration().toString());
        this.master = new NginxMaster(folder.pid());
        this.upstream =
                NginxUpstream.of(folder.upstream(), rules.upstream(), command).withPidFile(folder.pid());
        this.serving = master.generation();
    }

    /**
     * Starts one, or takes over the one that serves this service already.
     *
     * @throws NginxException when it cannot serve; nothing of it runs then
     */
    public static NginxServer start(ServerRules rules, NginxCommand command) throws InterruptedException {
        NginxFolder folder = NginxFolder.of(rules.upstream().service());
        NginxServer server = new NginxServer(rules, folder, command);
        if (server.isLeftRunning()) {
            server.takeOver();
        } else {
            server.beginAnew();
        }
        server.watch.setDaemon(true);
        server.watch.start();
        return server;
    }

    /** A process id may have been given to somebody else since, so the process has to know our folder. */
    private boolean isLeftRunning() {
        return master.process().filter(this::knowsFolder).isPresent();
    }

    private boolean knowsFolder(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains(folder.path().toString());
        } catch (IOException e) {
            LOG.debug("{}: whose process {} is cannot be read", this, process.pid(), e);
            return false;
        }
    }

    private void takeOver() throws InterruptedException {
        LOG.info("{}: takes over the nginx that a former run left, process {}", this, master.process());
        configure();
        command.signal("reload");
        serving.awaitSuccessors(command.deadline());
        serving = master.generation();
    }

    private void beginAnew() throws InterruptedException {
        try {
            requireFreePort();
            configure();
            launch();
        } catch (NginxException e) {
            end();
            throw e;
        }
    }

    private void configure() throws InterruptedException {
        folder.write(rules.configuration(folder, status, KEPT_LONGER));
        try {
            upstream.check();
        } catch (NginxException e) {
            if (!String.valueOf(e.getMessage()).contains("unknown directive \"keepalive_min_timeout\"")) {
                throw e;
            }
            folder.write(rules.configuration(folder, status, ""));
            upstream.check();
        }
    }

    /** nginx itself would try for some seconds, and then say it in its own words. */
    private void requireFreePort() {
        Endpoint listen = rules.listen();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listen.host(), listen.port()));
        } catch (IOException e) {
            throw new NginxException(
                    "nginx cannot listen on " + listen + ": " + e.getMessage()
                            + ". End what listens there, or choose another port.",
                    e);
        }
    }

    private void launch() throws InterruptedException {
        command.run();
        master.nobody().awaitSuccessors(command.deadline());
        serving = master.generation();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new NginxException("no port is free for nginx's status page: " + e.getMessage(), e);
        }
    }

    private void watch() {
        try {
            while (!closed) {
                awaitEndOfMaster();
                if (!closed) {
                    revive();
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: closing", this); // nothing else interrupts us
        }
    }

    private void awaitEndOfMaster() throws InterruptedException {
        while (master.process().isPresent()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Workers outlive a master that was killed, and hold its port: they go first. */
    private void revive() throws InterruptedException {
        Duration pause = Duration.ofSeconds(1);
        LOG.warn("{}: nginx ended by itself and is started again. Its last words: {}", this, folder.lastWords());
        while (!closed) {
            serving.kill();
            try {
                launch();
                return;
            } catch (NginxException e) {
                LOG.warn("{}: nginx could not be started: {}; again in {} s", this, e.getMessage(), pause.toSeconds());
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Where clients come in. */
    public Endpoint address() {
        return rules.listen();
    }

    /** Where nginx says how many requests it had, with {@code stub_status}. */
    public URI statusPage() {
        return URI.create("http://" + status + "/status");
    }

    @Override
    public CompletionStage<?> changed(List<Member> members) throws InterruptedException {
        if (closed) {
            return CompletableFuture.completedStage("it has ended, and sends nothing to anybody");
        }
        CompletionStage<?> letGo = upstream.changed(members);
        serving = master.generation();
        return letGo;
    }

    @Override
    public Duration pace() {
        return upstream.pace();
    }

    /** Takes no new connection, finishes what is inside within the drain, and ends. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        end();
    }

    private void end() {
        Optional<ProcessHandle> process = master.process().filter(this::knowsFolder);
        try {
            if (process.isPresent()) {
                command.signal("quit");
                awaitEnd(process.get());
            }
        } catch (NginxException e) {
            LOG.warn("{}: nginx is killed, since it cannot be asked to end: {}", this, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.ifPresent(ProcessHandle::destroyForcibly);
        serving.kill();
        folder.remove();
    }

    private void awaitEnd(ProcessHandle process) throws InterruptedException {
        Duration limit = rules.drain().plus(command.deadline());
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{}: nginx is killed, since it did not end within {} s", this, limit.toSeconds());
        } catch (ExecutionException e) {
            throw new AssertionError("waiting for a process to end cannot fail", e);
        }
    }

    @Override
    public String toString() {
        return "nginx on " + rules.listen();
    }
}
