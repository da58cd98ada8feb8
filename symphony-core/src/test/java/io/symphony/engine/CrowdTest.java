package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many listeners with many replicas, and what that costs. For the table of docs/scale-out.md run it with
 * {@code -Dsymphony.crowd.listeners=200 -Dsymphony.crowd.replicas=10000}.
 */
@Timeout(1_800)
class CrowdTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrowdTest.class);
    private static final int LISTENERS = Integer.getInteger("symphony.crowd.listeners", 20);
    private static final int REPLICAS = Integer.getInteger("symphony.crowd.replicas", 100);

    @Test
    void oneDecidesForAllAndItsSuccessorGoesOn() throws InterruptedException {
        Crowd crowd = new Crowd(LISTENERS, REPLICAS);
        crowd.run(Duration.ofSeconds(12));
        assertThat(crowd.leaders()).isEqualTo(1);
        assertThat(crowd.running()).isEqualTo(REPLICAS);
        assertThat(crowd.ready()).containsExactly(REPLICAS);

        crowd.forgetCosts();
        crowd.run(Duration.ofSeconds(5));
        LOG.info("what a second costs:\n{}", crowd.costs());

        crowd.killLeader();
        crowd.run(Duration.ofSeconds(5));
        assertThat(crowd.leaders()).isEqualTo(1);
        crowd.run(Duration.ofSeconds(2));
        assertThat(crowd.running()).as("nothing is started twice").isEqualTo(REPLICAS);
        assertThat(crowd.ready()).containsExactly(REPLICAS);
    }
}
