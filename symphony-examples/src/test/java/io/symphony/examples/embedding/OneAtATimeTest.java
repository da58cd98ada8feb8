package io.symphony.examples.embedding;

import io.symphony.contract.ContainerRuntimeContract;
import io.symphony.examples.Symphony;
import io.symphony.fleet.ServiceSpec;
import io.symphony.process.ProcessRuntime;
import io.symphony.spi.ContainerRuntime;
import java.nio.file.Path;

/** The published contract, as whoever writes a runtime runs it: all tests are inherited. */
class OneAtATimeTest extends ContainerRuntimeContract {

    @Override
    protected ContainerRuntime newRuntime() {
        return new OneAtATime(ProcessRuntime.create());
    }

    @Override
    protected ServiceSpec wellBehaved(String service) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return ServiceSpec.command(service, java, "-cp", classPath, Symphony.class.getName(), "sample");
    }

    @Override
    protected ServiceSpec exitsAtOnce(String service) {
        return shell(service, "echo '" + COMPLAINT + "' >&2; exit " + EXIT_CODE);
    }

    @Override
    protected ServiceSpec ignoresTerm(String service) {
        return shell(service, "trap '' TERM; echo '" + DEAF + "'; while :; do sleep 600; done");
    }

    @Override
    protected ServiceSpec cannotStart(String service) {
        return ServiceSpec.command(service, "no-such");
    }

    private static ServiceSpec shell(String service, String script) {
        return ServiceSpec.command(service, "sh", "-c", script);
    }
}
