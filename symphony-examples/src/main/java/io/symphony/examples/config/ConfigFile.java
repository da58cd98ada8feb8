package io.symphony.examples.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file of settings; it knows the line of each of them. */
public final class ConfigFile implements Layer {
    private final String name;
    private final Map<String, Given> entries = new HashMap<>();
    private final Problems problems;

    private ConfigFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /**
     * Reads a file. What is wrong with it goes to the problems.
     *
     * @param place where the file's own name was given
     */
    public static ConfigFile read(Path file, String place, Collection<Setting<?>> table, Problems problems) {
        ConfigFile result = new ConfigFile(file.toString(), problems);
        try {
            result.parse(Files.readString(file, StandardCharsets.UTF_8), table);
        } catch (IOException e) {
            problems.add(place + ": " + file + ": " + reason(e));
            // Without it the rest cannot be judged: what seems to be missing may stand there.
            problems.throwIfAny();
        }
        return result;
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read";
        }
        return e instanceof MalformedInputException ? "not a text in UTF-8" : "cannot be read: " + e.getMessage();
    }

    @Override
    public Optional<Given> given(Setting<?> setting) {
        return Optional.ofNullable(entries.get(setting.key()));
    }

    private void parse(String text, Collection<Setting<?>> table) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            new Compose(settings).composeString(text).ifPresent(root -> take(root, table));
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            problems.add(name + line + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(name + ": not YAML: " + e.getMessage());
        }
    }

    private void take(Node root, Collection<Setting<?>> table) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(place(root) + ": a " + root.getNodeType() + " (expected: lines of KEY: VALUE)");
            return;
        }
        List<String> keys = table.stream()
                .filter(each -> !each.isFlagOnly())
                .map(Setting::key)
                .toList();
        for (NodeTuple tuple : mapping.getValue()) {
            take(tuple, keys);
        }
    }

    private void take(NodeTuple tuple, List<String> keys) {
        String place = place(tuple.getKeyNode());
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!keys.contains(key)) {
            problems.add(place + ": " + key + ": unknown key" + Suggestion.of(key, keys));
        } else if (entries.containsKey(key)) {
            problems.add(place + ": " + key + ": given twice (expected: once)");
        } else {
            List<String> texts = texts(tuple.getValueNode());
            entries.put(key, new Given(texts, place + ": " + key));
        }
    }

    /** A value as flags would give it: a scalar once, a sequence item by item, a mapping as NAME=VALUE. */
    private static List<String> texts(Node value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> texts.addAll(texts(item)));
        } else if (value instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                texts.add(text(tuple.getKeyNode()) + "=" + text(tuple.getValueNode()));
            }
        } else {
            texts.add(text(value));
        }
        return texts;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL) ? scalar.getValue() : "";
    }

    private String place(Node node) {
        return name
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }
}
