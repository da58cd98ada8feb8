package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparesTest {

    private final Spares spares = new Spares(128 * 1024);

    @Test
    void aFewStandOutsideTheHeapAndAreUsedAgain() {
        ByteBuffer first = spares.take(10);
        assertThat(first.isDirect()).isTrue();
        spares.giveBack(first.put((byte) 1));
        assertThat(spares.take(100))
                .isSameAs(first)
                .extracting(ByteBuffer::position)
                .isEqualTo(0);
    }

    @Test
    void whenManyPeersAreSlowTheirPiecesAreExactAndReadsBecomeSmall() {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            taken.add(spares.take(60_000));
        }
        assertThat(taken.get(99).isDirect()).isFalse();
        assertThat(taken.get(99).capacity()).isEqualTo(60_000);
        assertThat(spares.isStrained()).isTrue();
        taken.forEach(spares::giveBack);
        assertThat(spares.isStrained()).isFalse();
    }
}
