package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.Entrance;
import io.symphony.Status;
import io.symphony.Status.ReplicaStatus;
import io.symphony.Status.Requests;
import io.symphony.Status.RollOutStatus;
import io.symphony.examples.LivePicture.Letters;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.rollout.RollOutStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LivePictureTest {
    private final LivePicture picture = new LivePicture(new Printed().terminal(), Letters.ASCII);

    @Test
    void aServiceIsItsTrafficItsReplicasAndTheReason() {
        Status now = status(List.of(
                replica(1, Phase.READY, Optional.of(Endpoint.parse("127.0.0.1:20001")), 3, 61_234, 2, 192),
                replica(2, Phase.STARTING, Optional.empty(), 0, 0, 0, 1)));

        assertThat(picture.of(now, List.of(0L, 20L, 40L, 80L)))
                .containsExactly(
                        "",
                        "acts  1 of 2 ready  1,200 requests a second  _.-#",
                        "  61,231 completed, 2 failed, 0 turned away, 1 given up; 3 inside, 4 waiting",
                        "  acts-1           ready     127.0.0.1:20001          3 inside       61,234 requests      2"
                                + " failed    3m12s",
                        "  acts-2           starting  -                        0 inside            0 requests      0"
                                + " failed       1s",
                        "  why 2: 30 requests in the last 120 s at 20 a replica");
    }

    @Test
    void ofManyReplicasTheFirstOnesAreShownAndTheRestCounted() {
        List<ReplicaStatus> many = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> replica(number, Phase.READY, Optional.empty(), 0, 0, 0, 0))
                .toList();

        assertThat(picture.of(status(many), List.of())).hasSize(17).contains("  and 28 more");
    }

    @Test
    void anAgeIsReadAtAGlance() {
        assertThat(LivePicture.age(Duration.ofSeconds(59))).isEqualTo("59s");
        assertThat(LivePicture.age(Duration.ofSeconds(61))).isEqualTo("1m01s");
        assertThat(LivePicture.age(Duration.ofMinutes(303))).isEqualTo("5h03m");
    }

    private static Status status(List<ReplicaStatus> replicas) {
        return new Status(
                "acts",
                2,
                "30 requests in the last 120 s at 20 a replica",
                1,
                1_200,
                4,
                Entrance.OPEN,
                new RollOutStatus(RollOutStage.NONE, "1", Optional.empty(), 1, 2, "", "", Duration.ZERO),
                replicas,
                new Requests(61_241, 61_231, 1, Map.of(), Map.of(FailureReason.RESET, 2L), 7, 0));
    }

    private static ReplicaStatus replica(
            int number, Phase phase, Optional<Endpoint> endpoint, int inside, long requests, long failures, int age) {
        return new ReplicaStatus(
                new ReplicaId("acts", number),
                phase,
                endpoint,
                inside,
                requests,
                failures,
                "v1",
                Duration.ofSeconds(age),
                Optional.empty(),
                0,
                1);
    }
}
