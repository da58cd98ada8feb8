package io.symphony.proxy.embed;

import io.javalin.Javalin;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Forwarder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** Replicas under a path of a Javalin application, which has its own routes beside it. The arguments start one. */
final class InJavalin {

    public static void main(String[] command) {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command))
                .between(2, 4)
                .start();
        serve(Forwarder.to(acts).start(), 8080);
    }

    static Javalin serve(Forwarder forwarder, int port) {
        ServletHolder acts = new ServletHolder(new ForwardingServlet(forwarder));
        acts.setAsyncSupported(true);
        return Javalin.create(config -> {
                    config.jetty.modifyServletContextHandler(context -> context.addServlet(acts, "/acts/*"));
                    config.routes.get("/hello", context -> context.result("from Javalin itself"));
                })
                .start("127.0.0.1", port);
    }
}
