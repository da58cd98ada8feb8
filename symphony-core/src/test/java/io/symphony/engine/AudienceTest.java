package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.RotationListener;
import io.symphony.spi.RotationListener.Member;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private final List<Note> notes = new CopyOnWriteArrayList<>();
    private final List<List<Long>> heard = new CopyOnWriteArrayList<>();
    private Audience audience = new Audience(List.of(), notes::add);

    @AfterEach
    void close() {
        audience.close();
    }

    @Test
    void withoutListenersNobodyIsHeld() {
        audience.tell(rotation(1, 2));

        assertThat(audience.holds(Story.id(1))).isFalse();
    }

    @Test
    void aMemberIsHeldWhileItIsOneAndUntilEverybodyHasLetGo() {
        CompletableFuture<Void> quick = new CompletableFuture<>();
        CompletableFuture<Void> slow = new CompletableFuture<>();
        listen(hearing(quick), members -> slow);

        audience.tell(rotation(1, 2));
        assertThat(audience.holds(Story.id(1))).isTrue();
        audience.tell(rotation(2));
        await().until(() -> heard.contains(List.of(2L)));
        quick.complete(null);
        assertThat(audience.holds(Story.id(1))).as("one has not let go").isTrue();

        slow.complete(null);
        await().until(() -> !audience.holds(Story.id(1)));
        assertThat(audience.holds(Story.id(2))).as("a member").isTrue();
    }

    @Test
    void whoComesBackIsHeldAgain() {
        listen(hearing(CompletableFuture.completedFuture(null)));

        audience.tell(rotation(1));
        audience.tell(rotation());
        await().until(() -> !audience.holds(Story.id(1)));
        audience.tell(rotation(1));

        assertThat(audience.holds(Story.id(1))).isTrue();
    }

    @Test
    void whatChangesDuringACallIsToldAsOne() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        listen(members -> {
            heard.add(numbers(members));
            busy.await();
            return CompletableFuture.completedFuture(null);
        });

        audience.tell(rotation(1));
        await().until(() -> heard.size() == 1);
        audience.tell(rotation(1, 2));
        audience.tell(rotation(1, 2, 3));
        busy.countDown();

        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly(List.of(1L), List.of(1L, 2L, 3L));
    }

    @Test
    void aListenerThatWantsToBeLeftAloneHearsTheNewestAfterwards() {
        listen(new RotationListener() {
            @Override
            public CompletionStage<?> changed(List<Member> members) {
                heard.add(numbers(members));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public Duration pace() {
                return Duration.ofMillis(300);
            }
        });

        audience.tell(rotation(1)); // within its pause before the first call
        audience.tell(rotation(1, 2));

        await().until(() -> !heard.isEmpty());
        assertThat(heard.get(0)).containsExactly(1L, 2L);
    }

    @Test
    void oneThatThrowsIsToldAgainAndThatIsSaid() {
        AtomicReference<String> fault = new AtomicReference<>("the disk is full");
        listen(new RotationListener() {
            @Override
            public CompletionStage<?> changed(List<Member> members) {
                String reason = fault.getAndSet(null);
                if (reason != null) {
                    throw new IllegalStateException(reason);
                }
                heard.add(numbers(members));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public String toString() {
                return "balancer";
            }
        });

        audience.tell(rotation(1));

        await().until(() -> heard.contains(List.of(1L)));
        assertThat(notes)
                .extracting(Note::text)
                .containsExactly("balancer does not follow the rotation: the disk is full; again in 1.0 s");
    }

    @Test
    void oneThatCannotSayWhenItLetsGoHoldsAndThatIsSaid() {
        listen(members -> CompletableFuture.failedStage(new IllegalStateException("no process 7")));

        audience.tell(rotation(1));
        audience.tell(rotation());

        await().until(() -> !notes.isEmpty());
        assertThat(notes.get(0).text()).endsWith("does not say when it lets go of those who left: no process 7");
        assertThat(audience.holds(Story.id(1))).isTrue();
    }

    private void listen(RotationListener... listeners) {
        audience = new Audience(List.of(listeners), notes::add);
    }

    private RotationListener hearing(CompletableFuture<Void> letGo) {
        return members -> {
            heard.add(numbers(members));
            return letGo;
        };
    }

    private static List<Long> numbers(List<Member> members) {
        return members.stream().map(each -> each.id().number()).toList();
    }

    private static List<Slot> rotation(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(each -> new Slot(Story.id(each), Endpoint.local(20_000 + each), 1))
                .toList();
    }
}
