package io.symphony.fleet;

import java.util.List;

/**
 * What a replica is made from: a container image, a command, or nothing because somebody else runs it.
 *
 * <pre>{@code
 * new Source.Command(List.of("java", "-jar", "acts.jar")).toString(); // java -jar acts.jar
 * }</pre>
 */
public sealed interface Source {

    /** A container image. */
    record Image(String reference) implements Source {
        public Image {
            if (reference.isBlank()) {
                throw new IllegalArgumentException(
                        "image: '" + reference + "' (expected: a reference such as acts:1.4)");
            }
        }

        @Override
        public String toString() {
            return reference;
        }
    }

    /** A command, run as a child process without a shell. */
    record Command(List<String> words) implements Source {
        public Command {
            words = List.copyOf(words);
            if (words.isEmpty() || words.get(0).isBlank() || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException(
                        "command: " + words + " (expected: a program and its arguments, without NUL)");
            }
        }

        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    /** A fixed pool that somebody else runs: it is watched and balanced over, never started or stopped. */
    record Backends(List<Backend> members) implements Source {
        public Backends {
            members = List.copyOf(members);
            if (members.isEmpty()) {
                throw new IllegalArgumentException("backends: none (expected: at least one HOST:PORT)");
            }
        }

        @Override
        public String toString() {
            return members.size() + " backends";
        }
    }

    /** One member of a fixed pool and its share of the requests. */
    record Backend(Endpoint endpoint, int weight) {
        public Backend {
            Weight.require(weight);
        }
    }
}
