package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.examples.sample.SampleService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the sample REST service until it is told to end. */
final class SampleCommand implements Command {
    private static final String PORT_VARIABLE = "PORT";
    private static final Setting<Integer> PORT = Setting.of("port", "N", Parsers.wholeNumber(0, 65_535))
            .fallback("8080")
            .saying("Where to listen; 0 takes a free port; the variable PORT says it too");
    private static final Setting<String> HOST = Setting.of("host", "ADDRESS", Parsers.nonEmpty("a name or an address"))
            .fallback("127.0.0.1")
            .saying("The address to listen on; 0.0.0.0 for all, as in a container");

    private final EndSignal end;

    SampleCommand(EndSignal end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String headline() {
        return "Runs the sample REST service alone";
    }

    @Override
    public String summary() {
        return """
                Runs the sample REST service: /, /host, /date, /health, /echo, /slow?ms=N, /fail?status=N,
                /metrics, /rps, /rps-display; POST /sick and /well change its health.""";
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("symphony sample --port 8081", "the service, on http://127.0.0.1:8081"),
                new Example("PORT=8081 symphony sample", "the same, as a replica is told its port"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PORT, HOST);
    }

    @Override
    public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        Layer port = setting -> setting == PORT
                ? Optional.ofNullable(environment.get(PORT_VARIABLE))
                        .map(text -> new Given(List.of(text), PORT_VARIABLE))
                : Optional.empty();
        return Configuration.resolve(settings(), List.of(flags, port, Layer.fallbacks()), problems);
    }

    @Override
    public int run(Configuration configuration, Terminal terminal) throws InterruptedException {
        String host = configuration.value(HOST);
        int port = configuration.value(PORT);
        end.listen();
        try {
            SampleService service = SampleService.start(host, port);
            terminal.line("sample: http://" + host + ":" + service.address().getPort());
            end.await();
            service.end();
            return DONE;
        } catch (IOException e) {
            terminal.error("sample: cannot listen on " + host + ":" + port + ": " + e.getMessage());
            return FAILED;
        }
    }
}
