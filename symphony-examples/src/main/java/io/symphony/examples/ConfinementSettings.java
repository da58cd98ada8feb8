package io.symphony.examples;

import static io.symphony.examples.config.Parsers.accepted;
import static io.symphony.examples.config.Parsers.list;
import static io.symphony.examples.config.Parsers.nonEmpty;
import static io.symphony.examples.config.Parsers.positive;
import static io.symphony.examples.config.Parsers.sizeBytes;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.docker.ContainerOptions;
import io.symphony.docker.Freedom;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a container may use and do. Each of these loosens, or tightens further, what is secure by default. */
final class ConfinementSettings {
    private static final ContainerOptions SECURE = ContainerOptions.secure();
    private static final String UNLIMITED = "unlimited";

    /** The kernel's own limit. */
    private static final int MOST_PIDS = 4_194_304;

    static final Setting<Long> MEMORY = Setting.of(
                    "memory",
                    "SIZE",
                    accepted(sizeBytes(), SECURE::withMemory, "a size from 6m on, such as 64m, 512m or 2g"))
            .saying("The most memory of a container, such as 512m; there is no swap on top");
    static final Setting<Double> CPUS = Setting.of(
                    "cpus", "N", accepted(positive(), SECURE::withCpus, "a number from 0.01 on, such as 0.5 or 2"))
            .saying("The most processors of a container, such as 1.5");
    static final Setting<Optional<Integer>> PIDS = Setting.of("pids", "N|unlimited", pids())
            .fallback("4096")
            .saying("The most processes and threads of a container");
    static final Setting<String> USER = Setting.of("user", "NAME[:GROUP]", nonEmpty("a user's name or number"))
            .saying("Who its processes run as (default: the image's own)");
    static final Setting<List<String>> CAP_ADD = Setting.many(
                    "cap-add",
                    "NAME",
                    list(accepted(nonEmpty("a name"), SECURE::withCapability, "a capability such as CHOWN")))
            .saying("A capability that a container keeps (default: none); repeatable");
    static final Setting<Boolean> DEFAULT_CAPABILITIES =
            Setting.toggle("default-capabilities").saying("Containers keep the capabilities that Docker gives");
    static final Setting<Boolean> WRITABLE_ROOT = Setting.toggle("writable-root")
            .saying("Containers may write anywhere in themselves, not to volumes, /tmp and /run alone");
    static final Setting<Boolean> NEW_PRIVILEGES =
            Setting.toggle("new-privileges").saying("Containers may gain privileges through programs such as sudo");

    private static final Map<Setting<Boolean>, Freedom> FREEDOMS = Map.of(
            DEFAULT_CAPABILITIES, Freedom.DEFAULT_CAPABILITIES,
            WRITABLE_ROOT, Freedom.WRITABLE_ROOT,
            NEW_PRIVILEGES, Freedom.NEW_PRIVILEGES);

    private ConfinementSettings() {}

    static List<Setting<?>> all() {
        return List.of(MEMORY, CPUS, PIDS, USER, CAP_ADD, DEFAULT_CAPABILITIES, WRITABLE_ROOT, NEW_PRIVILEGES);
    }

    static ContainerOptions options(Configuration values) {
        ContainerOptions options = SECURE;
        for (String capability : values.find(CAP_ADD).orElse(List.of())) {
            options = options.withCapability(capability);
        }
        for (Map.Entry<Setting<Boolean>, Freedom> each : FREEDOMS.entrySet()) {
            options = values.value(each.getKey()) ? options.allowing(each.getValue()) : options;
        }
        return limited(options, values);
    }

    private static ContainerOptions limited(ContainerOptions options, Configuration values) {
        Optional<Integer> pids = values.value(PIDS);
        ContainerOptions result =
                pids.isPresent() ? options.withPids(pids.get()) : options.allowing(Freedom.UNLIMITED_PIDS);
        result = values.find(MEMORY).map(result::withMemory).orElse(result);
        result = values.find(CPUS).map(result::withCpus).orElse(result);
        return values.find(USER).map(result::withUser).orElse(result);
    }

    private static Parser.Single<Optional<Integer>> pids() {
        Parser.Single<Integer> number = wholeNumber(1, MOST_PIDS);
        return text -> {
            if (text.strip().equals(UNLIMITED)) {
                return Optional.empty();
            }
            try {
                return Optional.of(number.parse(text));
            } catch (Parser.Unexpected e) {
                throw new Parser.Unexpected(e.getMessage() + ", or " + UNLIMITED);
            }
        };
    }
}
