package io.symphony.proxy.embed;

import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Forwarder;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Replicas behind Tomcat. The arguments are the command that starts one. */
final class InTomcat {

    public static void main(String[] command) throws Exception {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command))
                .between(2, 4)
                .start();
        serve(Forwarder.to(acts).start(), 8080);
    }

    static Tomcat serve(Forwarder forwarder, int port) throws LifecycleException {
        Tomcat server = new Tomcat();
        server.setBaseDir("target/tomcat");
        server.setPort(port);
        server.getConnector().setProperty("address", "127.0.0.1");
        Context context = server.addContext("", null);
        Tomcat.addServlet(context, "acts", new ForwardingServlet(forwarder)).setAsyncSupported(true);
        context.addServletMapping("/*", "acts");
        server.start();
        return server;
    }
}
