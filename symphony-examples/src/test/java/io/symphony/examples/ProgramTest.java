package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private final Printed printed = new Printed();

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                wrong(
                        "updog",
                        "updog: unknown command (expected: demo, up, config print, load, simulate, sample,"
                                + " sample-image, completion)"),
                wrong(
                        "laod",
                        "laod: unknown command (did you mean load?) (expected: demo, up, config print, load,"
                                + " simulate, sample, sample-image, completion)"),
                wrong(
                        "up",
                        "--image, --process, --backends: none is given (expected: one of them, such as --image"
                                + " acts:1.4)"),
                wrong("up --image a*b", "--image: a*b (expected: an image such as acts:1.4)"),
                wrong("up --image a --process b", "--process: b (expected: not together with image)"),
                wrong("up --process a --memory 64m", "--memory: 64m (expected: together with image)"),
                wrong("up --process a --runtime docker", "--runtime: docker (expected: process, for a command)"),
                wrong("up --image a --runtime process", "--runtime: process (expected: docker or swarm, for an image)"),
                wrong("up --process x --runtime swarm", "--runtime: swarm (expected: process, for a command)"),
                wrong(
                        "up --image a --runtime swarm --adopt",
                        "--adopt: true (expected: none on a swarm, where only our own replicas are taken over)"),
                wrong("up --image a --container-port 0", "--container-port: 0 (expected: a whole number, 1 to 65535)"),
                wrong("up --image a --volume data", "--volume: data (expected: SOURCE:/PATH[:ro])"),
                wrong(
                        "up --image a --network host",
                        "--network: host (expected: a network in which each replica has an address of its own)"),
                wrong(
                        "up --image a --network-alias b",
                        "--network-alias: b (expected: together with network; Docker's own bridge has no aliases)"),
                wrong("up --image a --link /", "--link: / (expected: NAME[:ALIAS] of a container that runs)"),
                wrong(
                        "up --image a --memory 5m",
                        "--memory: 5m (expected: a size from 6m on, such as 64m, 512m or 2g)"),
                wrong("up --image a --cpus 0.001", "--cpus: 0.001 (expected: a number from 0.01 on, such as 0.5 or 2)"),
                wrong("up --image a --pids 0", "--pids: 0 (expected: a whole number, 1 to 4194304, or unlimited)"),
                wrong("up --image a --cap-add FLY", "--cap-add: FLY (expected: a capability such as CHOWN)"),
                wrong("up --image a --pull often", "--pull: often (expected: always, missing or never)"),
                wrong("up --image a --build /none", "--build: /none (expected: a directory with a Dockerfile)"),
                wrong(
                        "up --image a --publish-on 0.0.0.0",
                        "--publish-on: 0.0.0.0 (expected: one address of the Docker Engine's machine; a wildcard opens"
                                + " the port to every network)"),
                wrong(
                        "up --image a --container-address --base-port 8000",
                        "--base-port: 8000 (expected: not together with container-address, which publishes no port)"),
                wrong("demo --link db", "--link: db (expected: together with image)"),
                wrong(
                        "up --process a --admin :1",
                        "--admin: :1 (expected: HOST:PORT, such as 127.0.0.1:8080; port 0 takes a free one)"),
                wrong("up --process a --admin-token é", "--admin-token: *** (expected: visible ASCII without spaces)"),
                wrong(
                        "up --process a --admin 0.0.0.0:9090",
                        "--admin: other machines can reach it (expected: a token too, in SYMPHONY_ADMIN_TOKEN, or"
                                + " 127.0.0.1)"),
                wrong("up --process a --max-fails -1", "--max-fails: -1 (expected: a whole number, 0 to 1000000)"),
                wrong(
                        "up --process a --fail-status 5xx",
                        "--fail-status: 5xx (expected: statuses and ranges of them, such as 500,502-504, or off)"),
                wrong("up --process a --backends b:1", "--backends: b:1 (expected: not together with process)"),
                wrong("up --backends b:1 --min 2", "--min: 2 (expected: not together with backends, a fixed pool)"),
                wrong("up --process a --min 3 --max 2", "--min: 3 (expected: at most max, which is 2)"),
                wrong("up --process a --min 11", "--min: 11 (expected: at most max, which is 10)"),
                wrong(
                        "up --process a --base-port 65530",
                        "--base-port: 65530 (expected: at most 65526, so that 10" + " replicas find a port)"),
                wrong(
                        "up --process a --strict-health --fall 2",
                        "--fall: 2 (expected: not together with" + " strict-health, where one failed check counts)"),
                wrong(
                        "up --process a --balance hash:",
                        "--balance: hash: (expected: hash: and a header's name, such" + " as hash:X-User)"),
                wrong("up --process a --access-log-format xml", "--access-log-format: xml (expected: json or common)"),
                wrong("up --process a --proxy apache", "--proxy: apache (expected: builtin or nginx)"),
                wrong(
                        "up --process a --nginx-status http://a/",
                        "--nginx-status: http://a/ (expected: only with proxy nginx)"),
                wrong(
                        "up --process a --proxy nginx --nginx-status here",
                        "--nginx-status: here (expected: http://HOST:PORT/PATH)"),
                wrong(
                        "up --process a --proxy nginx --fail-timeout 500ms",
                        "--fail-timeout: 500ms (expected: 1s or more with proxy nginx, which counts in seconds)"),
                wrong(
                        "up --process a --proxy nginx --limit-body 1m",
                        "--limit-body: 1m (expected: not together with proxy nginx)"),
                wrong(
                        "up --process a --proxy nginx --policy latency",
                        "--policy: latency (expected: no concurrency, latency or auto with proxy nginx, where we see"
                                + " neither)"),
                wrong(
                        "up --process a --proxy nginx --balance first",
                        "--balance: first (expected: round-robin, least-connections, two-choices or hash:HEADER with"
                                + " proxy nginx)"),
                wrong(
                        "up --process a --proxy nginx --nginx-upstream f",
                        "--nginx-status: not given (expected: nginx's stub_status page, to count requests by; or"
                                + " --count-from metrics, or --policy fixed)"),
                wrong(
                        "up --process a --proxy nginx --policy fixed --nginx-upstream f --listen a:1",
                        "--listen: a:1 (expected: not together with nginx-upstream: your nginx.conf says it)"),
                wrong(
                        "up --process a --count-from metrics",
                        "--metrics-counter: not given (expected with count-from metrics, such as"
                                + " http_requests_total)"),
                wrong(
                        "up --process a --metrics-counter c",
                        "--metrics-counter: c (expected: only with count-from metrics)"),
                wrong("up --process a extra", "extra: unexpected (expected: options only)"),
                wrong("up --process a --config", "--config: no value (expected: a file)"),
                wrong("load -n 0", "-n: 0 (expected: a whole number, 1 or more)"),
                wrong(
                        "load -u ftp://x",
                        "-u: ftp://x (expected: a URL such as http://localhost:8080/path; https is"
                                + " not supported)"),
                wrong("load -c 1 -c 2", "-c: 1, 2 (expected: one value, not 2)"),
                wrong("sample --port 65536", "--port: 65536 (expected: a whole number, 0 to 65535)"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void whatIsWrongIsSaidInOneSentence(List<String> words, String sentence) throws InterruptedException {
        assertThat(run(words.toArray(String[]::new))).isEqualTo(Command.WRONG);
        assertThat(printed.err().lines().findFirst()).contains(sentence);
        assertThat(printed.err()).contains("Try: symphony ");
        assertThat(printed.out()).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws InterruptedException {
        assertThat(run("up", "--mni", "3", "--min=x", "--process", "a 'b", "--window", "5"))
                .isEqualTo(Command.WRONG);
        assertThat(printed.err().lines())
                .containsExactly(
                        "--mni: unknown option (did you mean --min?)",
                        "--process: a 'b (expected: a closing ')",
                        "--min: x (expected: a whole number, 0 to 10000)",
                        "--window: 5 (expected: a duration such as 500ms, 2s, 5m or 1h)",
                        "Try: symphony up --help");
    }

    @Test
    void aDryRunSaysWhatEachValueIsAndWhereItCameFrom(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("acts.yaml"), "process: java -jar acts.jar\nmin: 2\nmax: 4\n");
        Program program = program(Map.of("SYMPHONY_MAX", "5", "SYMPHONY_ENV", "KEY=secret"));

        assertThat(program.run("up", "--config", file.toString(), "--rise", "2", "--dry-run"))
                .isZero();
        assertThat(printed.out())
                .containsPattern("process +java -jar acts.jar +\\S+acts.yaml:1: process\n")
                .containsPattern("min +2 +\\S+acts.yaml:2: min\n")
                .containsPattern("max +5 +SYMPHONY_MAX\n")
                .containsPattern("rise +2 +--rise\n")
                .containsPattern("fall +3 +default\n")
                .contains("KEY=***")
                .doesNotContain("secret");
        assertThat(printed.err()).isEmpty();
    }

    @Test
    void thePrintedConfigurationIsAFileThatMeansTheSame(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("acts.yaml"), """
            process: [java, -Dquote="a b", 'back\\slash: #', "line\\nend", "null"]
            fail-status: 500,502-504
            admin-name: [ops.example.com, "-"]
            """);
        Program program = program(Map.of("SYMPHONY_MAX", "5", "SYMPHONY_ENV", "KEY=secret"));
        String[] more = {"--timeout-replica", "2s", "--strict-health", "--listen", "[::1]:80"};

        program.run(words("config print --config " + file, more));
        String first = printed.out();
        program.run(words("up --dry-run --config " + file, more));
        Files.writeString(file, first);
        String asked = printed.out().substring(first.length());
        program.run(words("up --dry-run --config " + file));
        String again = printed.out().substring(first.length() + asked.length());

        assertThat(first)
                .contains(
                        "max: 5  # SYMPHONY_MAX\n", "# fall: 3  # default\n", "strict-health: true  # --strict-health")
                .contains("# env: KEY=***  # SYMPHONY_ENV, and to be given there again\n")
                .doesNotContain("secret")
                .doesNotContainPattern("(?m)^#? ?config:");
        assertThat(valuesOf(again)).isEqualTo(valuesOf(asked));
        assertThat(again).containsPattern("strict-health +true +\\S+acts.yaml:\\d+");
    }

    private static String[] words(String line, String... more) {
        return Stream.of(line.split(" "), more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The table of a dry run without its last column. */
    private static List<String> valuesOf(String table) {
        return table.lines()
                .map(line -> line.replaceFirst(" +(default|SYMPHONY_\\S+|--\\S+|\\S+acts.yaml:.*)$", ""))
                .toList();
    }

    @Test
    void aShellCompletesCommandsOptionsAndChoices(@TempDir Path directory) throws Exception {
        run("completion");
        Path script = Files.writeString(directory.resolve("completion"), printed.out());

        assertThat(completed(script, "symphony", "de")).containsExactly("demo");
        assertThat(completed(script, "symphony", "config", "")).contains("print");
        assertThat(completed(script, "symphony", "up", "--timeout-re"))
                .containsExactlyInAnyOrder("--timeout-replica", "--timeout-response");
        assertThat(completed(script, "symphony", "up", "--on-exit", "")).containsExactlyInAnyOrder("leave", "stop");
    }

    /** What bash offers for the last word. */
    private static List<String> completed(Path script, String... words) throws Exception {
        String array = Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "compopt() { :; }; source " + script + "; COMP_WORDS=(" + array + "); COMP_CWORD="
                                + (words.length - 1) + "; _complete_symphony; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
    }

    @Test
    void aFileThatCannotBeReadIsWrongConfiguration(@TempDir Path directory) throws Exception {
        assertThat(run("up", "--config", directory.resolve("nope.yaml").toString()))
                .isEqualTo(Command.WRONG);
        assertThat(printed.err().lines()).first().asString().matches("--config: .*nope.yaml: no such file");
        assertThat(run("up", "--config", directory.toString())).isEqualTo(Command.WRONG);
        assertThat(printed.err()).contains("cannot be read");
    }

    @Test
    void theFilesKeysAreCheckedWithTheirLines(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("acts.yaml"), "process: acts\n\nmni: 2\nbalance: random\n");

        assertThat(run("up", "--config", file.toString())).isEqualTo(Command.WRONG);
        assertThat(printed.err().lines())
                .startsWith(
                        file + ":3: mni: unknown key (did you mean min?)",
                        file + ":4: balance: random (expected: " + Balance.FORMS + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "help",
                "help up",
                "demo --help",
                "config print --help",
                "completion --help",
                "up --help",
                "load -h",
                "sample --help"
            })
    void helpTeachesByExample(String line) throws InterruptedException {
        assertThat(run(line.split(" "))).isZero();
        assertThat(printed.out()).contains("Usage: symphony").contains("Examples:\n  symphony ");
    }

    @Test
    void helpNamesEachSettingThatWorks() throws InterruptedException {
        run("up", "--help");

        UpSettings.all().stream().forEach(setting -> assertThat(printed.out()).contains(setting.key()));
        assertThat(printed.out()).contains("--image", "--admin=HOST:PORT|off");
    }

    @Test
    void theVersionIsSaid() throws InterruptedException {
        assertThat(run("--version")).isZero();
        assertThat(printed.out()).startsWith("symphony ");
    }

    private int run(String... words) throws InterruptedException {
        return program(Map.of()).run(words);
    }

    private Program program(Map<String, String> environment) {
        return new Program(Symphony.commands(new EndSignal()), environment, printed.terminal());
    }

    private static Arguments wrong(String line, String sentence) {
        return Arguments.of(List.of(line.split(" ")), sentence);
    }
}
