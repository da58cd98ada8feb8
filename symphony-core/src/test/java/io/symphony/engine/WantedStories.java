package io.symphony.engine;

import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stories in which a test says how many are wanted. */
abstract class WantedStories {

    static final Duration SECOND = Duration.ofSeconds(1);

    /** What the policy wants; a test changes its mind. */
    final AtomicInteger wanted = new AtomicInteger(1);

    final List<ScalingView> views = new ArrayList<>();

    Rules rules(int min, int max) {
        return Story.rules(min, max, policy());
    }

    private ScalingPolicy policy() {
        return view -> {
            views.add(view);
            return new Target(wanted.get(), "wanted");
        };
    }
}
