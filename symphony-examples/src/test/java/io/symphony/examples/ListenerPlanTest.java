package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.ClientSettings.ClientPlan;
import io.symphony.examples.HeaderSettings.RetryPlan;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.HeaderPolicy;
import io.symphony.proxy.HeaderPolicy.Claims;
import io.symphony.proxy.HeaderPolicy.RequestIds;
import io.symphony.proxy.IdempotencyKeys;
import io.symphony.proxy.Limits;
import io.symphony.proxy.RateLimit;
import io.symphony.proxy.SessionAffinity;
import io.symphony.proxy.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Everything that the listener can be told, by way of {@code up}. */
class ListenerPlanTest {

    private final Printed printed = new Printed();

    @Test
    void withoutAWordTheLibrarysDefaultsHold() throws Exception {
        ListenerPlan plan = ListenerPlan.of(configured());

        assertThat(plan.limits()).isEqualTo(Limits.defaults());
        assertThat(plan.timeouts()).isEqualTo(Timeouts.defaults());
        assertThat(plan.headers()).isEqualTo(HeaderPolicy.defaults());
        assertThat(plan.retries()).isEqualTo(new RetryPlan(20, 10));
        assertThat(plan.tls()).isEmpty();
        assertThat(plan.clients()).isEqualTo(new ClientPlan(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(plan.mostWaiting()).isEqualTo(1_000);
        assertThat(plan.mostInside()).as("as many as come").isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void eachLimitCanBeSet() throws Exception {
        assertThat(ListenerPlan.of(configured(
                                "--limit-head",
                                "16k",
                                "--limit-fields",
                                "50",
                                "--limit-target",
                                "4000",
                                "--limit-body",
                                "10m",
                                "--limit-trailers",
                                "1k",
                                "--limit-body-rate",
                                "0",
                                "--limit-connections",
                                "77",
                                "--limit-idle",
                                "5"))
                        .limits())
                .isEqualTo(new Limits(16_384, 50, 4_000, 10 << 20, 1_024, 0, 77, 5));
        assertThat(ListenerPlan.of(configured("--limit-head", "1k")).limits().targetBytes())
                .isEqualTo(1_024);
        assertThat(ListenerPlan.of(configured("--max-concurrency", "8")).mostInside())
                .isEqualTo(8);
        assertThat(ListenerPlan.of(configured("--limit-waiting", "3")).mostWaiting())
                .isEqualTo(3);
    }

    @Test
    void eachTimeoutCanBeSet() throws Exception {
        assertThat(ListenerPlan.of(configured(
                                "--timeout-first-byte",
                                "1s",
                                "--timeout-head",
                                "2s",
                                "--timeout-keep-alive",
                                "3s",
                                "--timeout-body",
                                "4s",
                                "--timeout-replica",
                                "0s",
                                "--timeout-connect",
                                "6s",
                                "--timeout-response",
                                "7s",
                                "--timeout-stream",
                                "8s",
                                "--timeout-tunnel",
                                "9s",
                                "--timeout-idle",
                                "10s"))
                        .timeouts())
                .isEqualTo(new Timeouts(
                        seconds(1),
                        seconds(2),
                        seconds(3),
                        seconds(4),
                        seconds(0),
                        seconds(6),
                        seconds(7),
                        seconds(8),
                        seconds(9),
                        seconds(10)));
    }

    @Test
    void headersAndRetriesCanBeSet() throws Exception {
        ListenerPlan plan = ListenerPlan.of(configured(
                "--via",
                "off",
                "--no-x-forwarded",
                "--forwarded",
                "--trust-forwarded",
                "--request-id",
                "keep",
                "--upgrade",
                "websocket, Foo",
                "--retry-percent",
                "5",
                "--retry-floor",
                "1"));

        assertThat(plan.headers())
                .isEqualTo(new HeaderPolicy(
                        "", false, true, Claims.TRUSTED, RequestIds.KEPT_OR_MADE, Set.of("websocket", "foo")));
        assertThat(plan.retries()).isEqualTo(new RetryPlan(5, 1));
        assertThat(ListenerPlan.of(configured("--no-retries")).retries()).isEqualTo(new RetryPlan(0, 0));
        assertThat(ListenerPlan.of(configured("--upgrade", "none")).headers().upgrades())
                .isEmpty();
    }

    @Test
    void whatIsRememberedOfClientsCanBeSet() throws Exception {
        ClientPlan plan = ListenerPlan.of(configured(
                        "--affinity",
                        "header:X-Session",
                        "--affinity-sessions",
                        "7",
                        "--affinity-idle",
                        "1h",
                        "--rate-limit",
                        "100/1m",
                        "--rate-burst",
                        "5",
                        "--rate-by",
                        "header:X-Key",
                        "--rate-clients",
                        "9",
                        "--idempotency-keys",
                        "required",
                        "--idempotency-kept",
                        "1h",
                        "--idempotency-answer",
                        "1k",
                        "--idempotency-memory",
                        "1m"))
                .clients();

        assertThat(plan.affinity()).hasValue(new SessionAffinity(Optional.of("X-Session"), 7, Duration.ofHours(1)));
        assertThat(plan.rate()).hasValue(new RateLimit(100, Duration.ofMinutes(1), 5, Optional.of("X-Key"), 9));
        assertThat(plan.keys()).hasValue(new IdempotencyKeys(true, Duration.ofHours(1), 1_024, 1 << 20));
        assertThat(ListenerPlan.of(configured("--affinity", "cookie")).clients().affinity())
                .hasValue(SessionAffinity.cookie());
        assertThat(ListenerPlan.of(configured("--rate-limit", "10/1s"))
                        .clients()
                        .rate())
                .hasValue(RateLimit.of(10, Duration.ofSeconds(1)));
        assertThat(ListenerPlan.of(configured("--idempotency-keys", "optional"))
                        .clients()
                        .keys())
                .hasValue(IdempotencyKeys.optional());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit-head 9m | --limit-head: 9m (expected: a size of 256 to 60k, such as 512, 8k or 10m)",
                "--limit-target 40k | --limit-target: 40k (expected: at most limit-head, which is 32k)",
                "--timeout-head 0s | --timeout-head: 0s (expected: a duration of 1ms or more",
                "--upgrade 'a b' | --upgrade: a b (expected: names such as websocket, between commas, or none)",
                "--affinity header: | --affinity: header: (expected: cookie, or header: and a name",
                "--affinity cookie --balance hash:X-User | --affinity: cookie (expected: not together with balance"
                        + " hash:HEADER)",
                "--affinity cookie --proxy nginx | --affinity: cookie (expected: not together with proxy nginx)",
                "--rate-limit 100 | --rate-limit: 100 (expected: a number and a time of at most a day",
                "--rate-limit 1/25h | --rate-limit: 1/25h (expected: a number and a time of at most a day",
                "--idempotency-answer 1m | --idempotency-answer: 1m (expected: a size of 0 to 64k",
                "--tls-cert pom.xml | --tls-cert: pom.xml (expected: together with tls-key)",
                "--tls-pkcs12 pom.xml --tls-cert pom.xml --tls-key pom.xml | --tls-pkcs12: pom.xml (expected: not"
                        + " together",
                "--tls-password secret | (expected: together with tls-pkcs12)"
            })
    void whatIsWrongIsSaidWithWhatIsExpected(String flags, String problem) throws Exception {
        assertThat(run(("--dry-run " + flags).split(" (?=--)|(?<=--[a-z0-9-]{1,20}) ", -1)))
                .isEqualTo(Command.WRONG);
        assertThat(printed.err()).contains(problem);
    }

    @Test
    void aPasswordIsNotShown() throws Exception {
        assertThat(run("--dry-run", "--tls-pkcs12", "pom.xml", "--tls-password", "geheim"))
                .isEqualTo(Command.DONE);
        assertThat(printed.out()).contains("tls-password").doesNotContain("geheim");
    }

    @Test
    void thePageNamesEachOption() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "listener.md"));

        Stream.of(
                        LimitSettings.all(),
                        TimeoutSettings.all(),
                        HeaderSettings.all(),
                        ClientSettings.all(),
                        TlsSettings.all())
                .flatMap(List::stream)
                .map(Setting::key)
                .forEach(key -> assertThat(page).containsPattern("--(no-)?" + key + "\\b"));
    }

    @Test
    void theHelpIsGroupedAndCompact() {
        String help = Grammar.of(new UpCommand(new EndSignal())).getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help.lines())
                .containsSubsequence(
                        "What runs:",
                        "Clients:",
                        "HTTPS:",
                        "Timeouts, and what happens then:",
                        "Limits, and the status beyond them:")
                .allMatch(line -> line.length() <= 110);
        UpSettings.all().stream().forEach(setting -> assertThat(help).contains(setting.key()));
    }

    private int run(String... flags) throws InterruptedException {
        String[] words = Stream.concat(Stream.of("up", "--process", "acts"), Stream.of(flags))
                .map(word -> word.replace("'", ""))
                .toArray(String[]::new);
        return new Program(Symphony.commands(new EndSignal()), Map.of(), printed.terminal()).run(words);
    }

    private static Configuration configured(String... words) {
        Problems problems = new Problems();
        Flags flags = new Flags(Grammar.of(new UpCommand(new EndSignal())).parseArgs(words));
        Configuration values = Configuration.resolve(UpSettings.all(), List.of(flags, Layer.fallbacks()), problems);
        problems.throwIfAny();
        return values;
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }
}
