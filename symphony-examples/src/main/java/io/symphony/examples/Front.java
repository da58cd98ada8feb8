package io.symphony.examples;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.proxy.admin.Admin;
import io.symphony.proxy.admin.AdminBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Who takes the requests of clients in: our listener, or nginx. */
interface Front {

    static Front of(ServicePlan plan) throws CannotStart, InterruptedException {
        return plan.front().proxy() == ProxyKind.NGINX ? NginxFront.of(plan) : new ListenerFront(plan);
    }

    /** Before the orchestrator is made. */
    void prepare(OrchestratorBuilder builder);

    /** Once there is one. */
    void open(Orchestrator orchestrator) throws CannotStart;

    /** Who looks at the two from outside, once clients can come in. */
    default AdminBuilder admin(Orchestrator orchestrator) {
        return Admin.over(orchestrator);
    }

    /** Where clients come in; empty where somebody else says so. */
    Optional<InetSocketAddress> address();

    /** Takes no new request, where it is ours, and finishes those inside. */
    void close();
}
