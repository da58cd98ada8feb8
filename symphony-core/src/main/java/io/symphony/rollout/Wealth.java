package io.symphony.rollout;

import java.util.Arrays;

/**
 * What somebody would own who had begun with one coin and bet on "the new version is worse" in a game that is fair while
 * it is not. The coin is split among several ways to bet. However long the game goes on and whenever one looks, the
 * chance of ever owning {@code 1/p} coins in a fair game is {@code p} at the most (Ville's inequality). That is what
 * makes it right to look ten times a second and to stop at once.
 */
final class Wealth {

    private final double[] logs;

    private Wealth(double[] logs) {
        this.logs = logs;
    }

    static Wealth split(int ways) {
        double[] shares = new double[ways];
        Arrays.fill(shares, -Math.log(ways));
        return new Wealth(shares);
    }

    /** After a round in which each way of betting multiplied its share; the factors come as logarithms. */
    Wealth times(double... logFactors) {
        double[] next = new double[logs.length];
        Arrays.setAll(next, i -> logs[i] + logFactors[i]);
        return new Wealth(next);
    }

    /** Whether it is more than a fair game allows with this chance. */
    boolean exceeds(double chance) {
        return Arrays.stream(logs).map(Math::exp).sum() >= 1 / chance;
    }
}
