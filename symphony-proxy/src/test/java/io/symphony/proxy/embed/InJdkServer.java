package io.symphony.proxy.embed;

import com.sun.net.httpserver.HttpServer;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Forwarder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Replicas behind the JDK's own server. The arguments are the command that starts one. */
final class InJdkServer {

    public static void main(String[] command) throws IOException {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command))
                .between(2, 4)
                .start();
        serve(Forwarder.to(acts).start(), 8080);
    }

    static HttpServer serve(Forwarder forwarder, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", ForwardingHandler.of(forwarder));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }
}
