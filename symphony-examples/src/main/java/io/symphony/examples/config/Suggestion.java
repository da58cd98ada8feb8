package io.symphony.examples.config;

import java.util.Collection;
import java.util.Comparator;

/** The known word that somebody may have meant. */
public final class Suggestion {
    private static final int FARTHEST = 2;

    private Suggestion() {}

    /** A clause that proposes the nearest of the known words; empty where none is near. */
    public static String of(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= FARTHEST)
                .min(Comparator.comparingInt(each -> distance(word, each)))
                .map(each -> " (did you mean " + each + "?)")
                .orElse("");
    }

    /** Levenshtein's distance, with two neighbours swapped counting as one step. */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int cheapest(int[][] steps, String a, String b, int i, int j) {
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
