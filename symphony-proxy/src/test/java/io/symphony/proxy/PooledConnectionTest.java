package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request that must not be sent twice gets out of a pool, when the replica closes after the loop last looked. */
class PooledConnectionTest {

    /** What the orchestrator watches: its health check must not be the first to connect to the replica. */
    private static final Endpoint ELSEWHERE = Endpoint.local(1);

    private final AtomicLong nanos = new AtomicLong();
    private ServerSocket server;
    private Orchestrator orchestrator;
    private Loop loop;
    private UpstreamPool pool;
    private UpstreamConnection connection;
    private Socket replica;

    @BeforeEach
    void restAConnection() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Endpoint endpoint = Endpoint.local(server.getLocalPort());
        orchestrator = Orchestrator.of(ServiceSpec.backends("acts", List.of(ELSEWHERE)))
                .start();
        loop = new Loop(Listener.forwarding(orchestrator).settings(nanos::get));
        pool = new UpstreamPool(loop, endpoint);
        connection = pool.connect();
        replica = server.accept();
        while (!connection.isConnected()) {
            loop.turn();
        }
        pool.giveBack(connection);
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        loop.selector().close();
        orchestrator.close();
        replica.close();
        server.close();
    }

    @Test
    void aConnectionThatRestedUnderFiftyMillisecondsIsTrusted() throws Exception {
        rest(Duration.ofMillis(50).minusNanos(1));
        hangUp();

        assertThat(pool.takeSurelyOpen()).isSameAs(connection);
    }

    @Test
    void aConnectionThatRestedFiftyMillisecondsIsAskedAndFoundClosed() throws Exception {
        rest(Duration.ofMillis(50));
        hangUp();

        assertThat(pool.takeSurelyOpen()).isNull();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void aConnectionThatRestedLongAndIsOpenIsTaken() throws Exception {
        rest(Duration.ofSeconds(29));

        assertThat(pool.takeSurelyOpen()).isSameAs(connection);
    }

    @Test
    void aReplicaThatClosesUntoldIsAskedHoweverShortTheRest() throws Exception {
        rest(Duration.ofMillis(1));
        pool.closesUntold();
        hangUp();

        assertThat(pool.takeSurelyOpen()).isNull();
    }

    /** The replica closes, and its end has arrived here, where only the loop's own selector has not been asked. */
    private void hangUp() throws Exception {
        replica.close();
        try (Selector other = Selector.open()) {
            connection.channel().register(other, SelectionKey.OP_READ);
            assertThat(other.select(20_000)).isEqualTo(1);
        }
    }

    /** Time goes on, and the loop looks once more: it hears of nothing that comes after. */
    private void rest(Duration time) throws Exception {
        nanos.addAndGet(time.toNanos());
        loop.selector().wakeup();
        loop.turn();
    }
}
