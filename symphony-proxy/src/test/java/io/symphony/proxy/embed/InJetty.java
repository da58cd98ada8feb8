package io.symphony.proxy.embed;

import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Forwarder;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Replicas behind Jetty. The arguments are the command that starts one. */
final class InJetty {

    public static void main(String[] command) throws Exception {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command))
                .between(2, 4)
                .start();
        serve(Forwarder.to(acts).start(), 8080);
    }

    static Server serve(Forwarder forwarder, int port) throws Exception {
        ServletHolder acts = new ServletHolder(new ForwardingServlet(forwarder));
        acts.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(acts, "/*");
        Server server = new Server(InetSocketAddress.createUnresolved("127.0.0.1", port));
        server.setHandler(context);
        server.start();
        return server;
    }
}
