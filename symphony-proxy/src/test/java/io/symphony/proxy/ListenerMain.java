package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.HealthProbe;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A listener for tools outside the build: the port to listen at, then the port of the one backend. */
final class ListenerMain {

    private ListenerMain() {}

    public static void main(String[] ports) throws InterruptedException {
        int port = Integer.parseInt(ports[0]);
        List<Endpoint> backends = List.of(Endpoint.local(Integer.parseInt(ports[1])));
        try (Orchestrator orchestrator = Orchestrator.of(ServiceSpec.backends("backends", backends))
                        .probe(HealthProbe.none())
                        .start();
                Listener listener =
                        Listener.forwarding(orchestrator).at("127.0.0.1", port).start()) {
            System.out.println(listener);
            new CountDownLatch(1).await();
        }
    }
}
