package io.symphony.examples;

import io.symphony.examples.config.ConfigFile;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the settings of a service may be given: flag over variable over file over default. */
final class ServiceLayers {
    private ServiceLayers() {}

    static Configuration resolve(
            List<Setting<?>> table,
            Layer flags,
            Map<String, String> environment,
            Map<Setting<?>, String> defaults,
            Problems problems) {
        Layer variables = Layer.environment(environment);
        List<Layer> layers = List.of(
                flags, variables, file(flags, variables, problems), Layer.defaults(defaults), Layer.fallbacks());
        return Configuration.resolve(table, layers, problems);
    }

    private static Layer file(Layer flags, Layer variables, Problems problems) {
        Optional<Given> file = Stream.of(flags, variables)
                .flatMap(layer -> layer.given(RunSettings.CONFIG).stream())
                .findFirst()
                .filter(given ->
                        given.texts().size() == 1 && !given.texts().get(0).isBlank());
        return file.isEmpty()
                ? setting -> Optional.empty()
                : ConfigFile.read(
                        Path.of(file.get().texts().get(0)), file.get().place(), UpSettings.inFile(), problems);
    }
}
