package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demonstration, as a newcomer sees it. */
class DemoIT {
    private int port;

    @BeforeEach
    void findPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void leaveNothing() {
        Launched.replicasOf("demo-" + port).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void itScalesAndSaysWhyAndEndsWithEverything() throws Exception {
        try (Launched demo = Launched.program(
                "demo", "--listen", "127.0.0.1:" + port, "--window", "1s", "--base-scale-count", "4")) {
            demo.awaitLine("Listening on http://127.0.0.1:" + port);
            demo.awaitLine("scaled +1 -> [2-6]: \\d+ requests in the last 1 s at 4 a replica");
            demo.awaitLines(3, " ready ");

            assertThat(demo.terminate().exitCode()).isZero();
            assertThat(demo.output())
                    .containsPattern("traffic +ended: \\d+ requests, 0 failed")
                    .contains("Ended: ");
            assertThat(Launched.replicasOf("demo-" + port)).isEmpty();
        }
    }

    @Test
    void itEndsByItselfWhenItIsToldHowLong() throws Exception {
        try (Launched demo =
                Launched.program("demo", "--listen", "127.0.0.1:" + port, "--duration", "1s", "--no-load")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.output()).contains(" ready ", " try ", "Ended: 0 requests");
            assertThat(Launched.replicasOf("demo-" + port)).isEmpty();
        }
    }
}
