package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.examples.recording.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each decision is written down, and the settings that make its policy again. */
record RecordPlan(Path file, Map<String, List<String>> settings) {
    static final Setting<String> RECORD = Setting.of("record", "FILE", Parsers.nonEmpty("a file"))
            .saying("Write down each scaling decision with all that went into it, for simulate --trace FILE");

    static Optional<RecordPlan> of(Configuration values) {
        return values.find(RECORD).map(file -> new RecordPlan(Path.of(file), given(values)));
    }

    private static Map<String, List<String>> given(Configuration values) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        ScalingSettings.ofPolicy()
                .forEach(setting ->
                        values.explicit(setting).map(Given::texts).ifPresent(texts -> given.put(setting.key(), texts)));
        given.putIfAbsent(
                PolicySettings.ZONE.key(), List.of(ZoneId.systemDefault().getId()));
        return given;
    }

    Recorder open(ServicePlan plan) throws CannotStart {
        try {
            return Recorder.into(file, plan.spec().name(), plan.scale().policy().toString(), settings);
        } catch (IOException e) {
            throw new CannotStart("--record: " + file + " cannot be written: " + e);
        }
    }
}
