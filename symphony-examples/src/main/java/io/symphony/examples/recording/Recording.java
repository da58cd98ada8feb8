package io.symphony.examples.recording;

import io.symphony.rehearsal.Trace;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.Replay;
import io.symphony.scaling.Replay.Difference;
import io.symphony.scaling.ScalingPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A recording as it stands in a file. */
public final class Recording {
    private static final String BEGINNING = "{\"symphony\":\"" + Lines.KIND + "\"";

    private final Path file;
    private final Map<String, Object> head;

    private Recording(Path file, Map<String, Object> head) {
        this.file = file;
        this.head = head;
    }

    /** The recording in a file; empty where the file is something else. */
    public static Optional<Recording> in(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            return first == null || !first.startsWith(BEGINNING)
                    ? Optional.empty()
                    : Optional.of(new Recording(file, new LineReader(first, 1).object()));
        }
    }

    /** What the policy called itself. */
    public String policy() {
        return String.valueOf(head.get("policy"));
    }

    /** What was written for a setting; empty where nothing was. */
    public Optional<List<String>> setting(String key) {
        return head.get("settings") instanceof Map<?, ?> settings && settings.get(key) instanceof List<?> texts
                ? Optional.of(texts.stream().map(String::valueOf).toList())
                : Optional.empty();
    }

    /** What came of a replay: how many decisions there were, and the first one that is another now. */
    public record Result(long decisions, Optional<Difference> first) {}

    /** Decides all again, up to the first difference. */
    public Result replay(ScalingPolicy policy) throws IOException {
        Replay replay = new Replay(policy);
        List<Difference> first = new ArrayList<>();
        long decisions = read(deliberation -> {
            replay.of(deliberation).ifPresent(first::add);
            return first.isEmpty();
        });
        return new Result(decisions, first.stream().findFirst());
    }

    /** How many requests came in each second of it. */
    public Trace trace() throws IOException {
        RequestsOfSeconds requests = new RequestsOfSeconds();
        read(requests::take);
        return Trace.of(String.valueOf(file.getFileName()), requests.toArray());
    }

    /** Hands over one after the other for as long as more are wanted, and returns how many those were. */
    private long read(Predicate<Deliberation> more) throws IOException {
        long number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            lines.readLine();
            String next = lines.readLine();
            for (boolean wanted = true; wanted && next != null; number++) {
                String line = next;
                next = lines.readLine();
                if (next == null && !line.endsWith("}")) {
                    break; // it was being written when its program was killed
                }
                wanted = more.test(new LineReader(line, number + 1).deliberation());
            }
        }
        return number - 1;
    }
}
