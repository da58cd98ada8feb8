package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.rehearsal.Rehearsal;
import io.symphony.rehearsal.Trace;
import io.symphony.scaling.Replay.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    static List<ScalingPolicy> policies() {
        return List.of(
                ScalingPolicy.auto().steady(),
                ScalingPolicy.concurrency(5.6).steady(),
                ScalingPolicy.requests(400, TEN_SECONDS),
                ScalingPolicy.largestOf(
                        ScalingPolicy.requestsPerSecond(112, TEN_SECONDS),
                        ScalingPolicy.latency(Duration.ofMillis(100))));
    }

    private static List<Deliberation> recorded(ScalingPolicy policy) {
        int[] requests = IntStream.range(0, 240)
                .map(second -> 100 + 400 * (second / 60 % 2))
                .toArray();
        List<Deliberation> recording = new ArrayList<>();
        Rehearsal.of(Trace.of("waves", requests)).between(0, 20).play(policy, recording::add);
        return recording;
    }

    private static List<Difference> replayed(List<Deliberation> recording, ScalingPolicy policy) {
        Replay replay = new Replay(policy);
        return recording.stream().map(replay::of).flatMap(Optional::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aRecordingIsDecidedAgainAsItWas(ScalingPolicy policy) {
        List<Deliberation> recording = recorded(policy);

        assertThat(recording)
                .hasSizeGreaterThan(2_400)
                .allMatch(each -> each.answer().isPresent());
        assertThat(replayed(recording, policy)).isEmpty();
    }

    @Test
    void anotherPolicyDiffersWhereItAnswersSomethingElse() {
        List<Deliberation> recording = recorded(ScalingPolicy.requestsPerSecond(100, TEN_SECONDS));

        Difference first = replayed(recording, ScalingPolicy.requestsPerSecond(101, TEN_SECONDS))
                .get(0);

        assertThat(first.then().reason()).endsWith("over the last 10 s at 100 a replica");
        assertThat(first.now().reason()).endsWith("over the last 10 s at 101 a replica");
    }

    @Test
    void whatWasNotAskedIsNotCompared() {
        List<Deliberation> byHand = recorded(ScalingPolicy.fixed(2)).stream()
                .map(each -> new Deliberation(
                        each.sample(), each.counted(), each.staff(), Optional.empty(), each.decided(), 2))
                .toList();

        assertThat(replayed(byHand, ScalingPolicy.fixed(3))).isEmpty();
    }
}
