package io.symphony.engine;

import java.util.List;

/**
 * The mind of the control side, and pure: it reads no clock, calls nothing outside, and keeps nothing between two
 * calls. The same state, facts and time give the same plan.
 */
final class Planner {

    private final Rules rules;

    Planner(Rules rules) {
        this.rules = rules;
    }

    /** What the facts leave behind; nothing is decided yet, so its actions are empty. */
    Plan learn(State before, List<Fact> facts, long now) {
        Learning learning = new Learning(rules, before, now);
        facts.forEach(learning::learn);
        return new Plan(learning.state(), List.of(), learning.notes(), Consultation.NONE);
    }

    /**
     * What to do about it: first what each replica needs, then how many there are to be, then the way there, and who
     * of the sick may leave. While somebody else decides, only what each needs, and who leaves. Planning its next state
     * again, without new facts, plans nothing.
     */
    Plan plan(State learned, Inputs inputs, long now) {
        Planning planning = new Planning(rules, learned, inputs, now);
        if (planning.leads()) {
            decide(planning);
        } else {
            new Following(planning).follow();
            new Tending(planning).tendEach();
        }
        planning.surveyIfDue();
        return planning.plan();
    }

    private static void decide(Planning planning) {
        new Tending(planning).tendEach();
        new Targeting(planning).decide();
        Succession succession = new Succession(planning);
        succession.judge();
        new Approach(planning, succession.moves()).approach();
        new Departures(planning).decide();
        if (succession.concludes()) {
            new Approach(planning, succession.moves()).approach(); // what had to wait for that
        }
    }
}
