package io.symphony.examples.recording;

import io.symphony.scaling.Deliberation;
import io.symphony.scaling.Sample;
import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How decisions are written down: one JSON object a line, with every digit that a replay needs. */
final class Lines {
    static final String KIND = "recording";
    static final int VERSION = 1;

    private Lines() {}

    /** The first line: which service and policy it is, and the settings that make the policy. */
    static String head(String service, String policy, Map<String, List<String>> settings) {
        String given = settings.entrySet().stream()
                .map(each -> quoted(each.getKey())
                        + each.getValue().stream().map(Lines::quoted).collect(Collectors.joining(",", ":[", "]")))
                .collect(Collectors.joining(",", "{", "}"));
        return "{\"symphony\":\"" + KIND + "\",\"version\":" + VERSION + ",\"service\":" + quoted(service)
                + ",\"policy\":" + quoted(policy) + ",\"settings\":" + given + "}";
    }

    static String line(Deliberation deliberation) {
        return "{\"sample\":" + sample(deliberation.sample()) + ",\"counted\":" + deliberation.counted() + ",\"staff\":"
                + staff(deliberation.staff()) + ",\"answer\":"
                + deliberation.answer().map(Lines::target).orElse("null")
                + ",\"decided\":" + target(deliberation.decided()) + ",\"ready\":" + deliberation.readyAfter() + "}";
    }

    private static String sample(Sample sample) {
        String gauges = sample.gauges().entrySet().stream()
                .map(each -> quoted(each.getKey()) + ":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return "{\"nanos\":" + sample.elapsed().toNanos() + ",\"time\":\"" + sample.time() + "\",\"requests\":"
                + sample.requests() + ",\"ended\":" + sample.ended() + ",\"inside\":" + sample.inside()
                + ",\"waiting\":"
                + sample.waiting() + ",\"gauges\":" + gauges + "}";
    }

    private static String staff(Staff staff) {
        String timeToReady = staff.timeToReady()
                .map(time -> ",\"timeToReadyNanos\":" + time.toNanos())
                .orElse("");
        return "{\"ready\":" + staff.ready() + ",\"starting\":" + staff.starting() + ",\"target\":" + staff.target()
                + ",\"min\":" + staff.min() + ",\"max\":" + staff.max() + ",\"rollingOut\":" + staff.rollingOut()
                + timeToReady + "}";
    }

    private static String target(Target target) {
        String wanted =
                target.wanted().isPresent() ? ",\"wanted\":" + target.wanted().getAsDouble() : "";
        return "{\"replicas\":" + target.replicas() + wanted + ",\"reason\":" + quoted(target.reason()) + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || c >= 0x7f) {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
