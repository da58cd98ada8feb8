package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Durations;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.examples.recording.Recording;
import io.symphony.examples.recording.Recording.Result;
import io.symphony.examples.simulate.Act;
import io.symphony.examples.simulate.Chart;
import io.symphony.examples.simulate.Table;
import io.symphony.rehearsal.Rehearsal;
import io.symphony.rehearsal.ServiceModel;
import io.symphony.rehearsal.Trace;
import io.symphony.scaling.Replay.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tries scaling policies beside each other on a trace of traffic, in virtual time. */
final class SimulateCommand implements Command {

    @Override
    public String name() {
        return "simulate";
    }

    @Override
    public String headline() {
        return "Tries scaling policies on a trace of traffic, in virtual time";
    }

    @Override
    public String summary() {
        return """
            Tries scaling policies beside each other: the control side that up runs, in virtual time, under the traffic
            of a trace and with a model of a replica. Requests come at random moments of their second and take
            times that are spread exponentially; the same line always prints the same table.
            A recording of up --record is replayed instead: the exit code is 1 where a decision is another one now.\
            """;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "symphony simulate --trace flash-crowd --policy requests=800,rps=112,concurrency=5.6,auto"
                                + " --svg chart.svg",
                        "four policies on a flash crowd, and a chart of it"),
                new Example(
                        "symphony simulate --trace monday.csv --policy rps=50 --concurrency 4 --service-time 80ms",
                        "your own traffic, on replicas like yours"));
    }

    @Override
    public List<Setting<?>> settings() {
        return SimulateSettings.all();
    }

    @Override
    public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        Configuration values = Command.super.configure(flags, environment, problems);
        int min = values.find(ScalingSettings.MIN).orElse(0);
        int max = values.find(SimulateSettings.MAX).orElse(Integer.MAX_VALUE);
        if (min > max) {
            problems.add("--min: " + min + " (expected: at most max, which is " + max + ")");
        }
        boolean scheduled = values.find(SimulateSettings.POLICIES).orElse(List.of()).stream()
                .anyMatch(each -> each.kind() == PolicyKind.SCHEDULE);
        if (scheduled && !values.isGiven(PolicySettings.SCHEDULE)) {
            problems.add("--schedule: none is given (expected: hours, such as \"mon-fri 08:00-18:00=5\")");
        }
        return values;
    }

    @Override
    public int run(Configuration values, Terminal terminal) throws InterruptedException {
        try {
            Optional<Recording> recording = SimulateSettings.recording(values);
            if (recording.isPresent()) {
                return replay(recording.get(), values, terminal);
            }
            Trace trace = SimulateSettings.trace(values);
            terminal.line(inWords(trace, values));
            terminal.line("");
            List<Act> acts = play(trace, values);
            Table.of(acts).forEach(terminal::line);
            draw(trace, acts, values, terminal);
            return DONE;
        } catch (IOException | IllegalArgumentException e) {
            terminal.error("simulate: " + e.getMessage());
            return FAILED;
        }
    }

    private static int replay(Recording recording, Configuration values, Terminal terminal) throws IOException {
        Layer recorded = setting ->
                recording.setting(setting.key()).map(texts -> new Given(texts, "the recording's " + setting.key()));
        Result result = recording.replay(Candidate.policyOf(values::explicit, recorded));
        if (result.first().isEmpty()) {
            terminal.line(
                    "replay: " + result.decisions() + " decisions of " + recording.policy() + ", all as recorded");
            return DONE;
        }
        Difference first = result.first().get();
        terminal.line("replay: decision " + result.decisions() + " differs, "
                + Durations.text(first.elapsed().truncatedTo(ChronoUnit.MILLIS)) + " after the start");
        terminal.line(
                "recorded: " + first.then().replicas() + ", " + first.then().reason());
        terminal.line("now: " + first.now().replicas() + ", " + first.now().reason());
        return FAILED;
    }

    private static List<Act> play(Trace trace, Configuration values) {
        Rehearsal rehearsal = SimulateSettings.rehearsal(trace, values);
        List<Act> acts = new ArrayList<>();
        for (Candidate candidate : values.value(SimulateSettings.POLICIES)) {
            acts.add(new Act(candidate.text(), rehearsal.play(candidate.policy(values))));
        }
        return acts;
    }

    private static String inWords(Trace trace, Configuration values) {
        ServiceModel service = SimulateSettings.service(values);
        return String.format(
                Locale.ROOT,
                "%s; a replica carries %.0f a second (%d at a time, %s each) and is up in %s; %d to %d replicas; late"
                        + " is over %s",
                trace,
                service.capacity(),
                service.concurrency(),
                Durations.text(service.serviceTime()),
                Durations.text(service.startTime()),
                values.value(ScalingSettings.MIN),
                values.value(SimulateSettings.MAX),
                Durations.text(values.value(PolicySettings.OBJECTIVE)));
    }

    private static void draw(Trace trace, List<Act> acts, Configuration values, Terminal terminal) throws IOException {
        String file = values.find(SimulateSettings.SVG).orElse("");
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), Chart.of(trace, acts));
            terminal.line("");
            terminal.line("chart: " + file);
        }
    }
}
