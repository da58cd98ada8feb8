package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several who might lead, for many seeds. What must never happen fails within the simulation. */
class CandidatesTest {

    private static final int SEEDS = 200;

    @ParameterizedTest(name = "{0} of them")
    @ValueSource(ints = {2, 3, 7})
    void whateverGoesWrongOneDecidesAtATimeAndNothingIsDecidedTwice(int members) {
        int terms = 0;
        int started = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Candidates candidates = new Candidates(members, seed);
            candidates.run(120);
            candidates.heal();
            candidates.run(5);

            assertThat(candidates.leaders())
                    .as("5 s after the last fault, seed %d", seed)
                    .hasSize(1);
            terms += candidates.terms();
            started += candidates.started();
        }
        assertThat(terms).as("there were changes").isGreaterThan(SEEDS * 3);
        assertThat(started).as("there was work in between").isGreaterThan(SEEDS * 100);
    }

    @ParameterizedTest(name = "{0} of them")
    @ValueSource(ints = {2, 7})
    void aLeaderThatDiesIsSucceededWithinFiveSeconds(int members) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Candidates candidates = new Candidates(members, seed);
            candidates.heal();
            candidates.run(10 + seed / 100.0);
            candidates.killLeader();
            assertThat(candidates.leaders()).isEmpty();

            candidates.run(5);

            assertThat(candidates.leaders()).as("seed %d", seed).hasSize(1);
        }
    }
}
