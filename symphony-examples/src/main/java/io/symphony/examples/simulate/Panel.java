package io.symphony.examples.simulate;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * One diagram of a chart: values over the seconds of a trace, from nought up to the largest.
 *
 * @param title what the values are
 * @param top where it begins
 * @param height how high its diagram is
 * @param seconds how many seconds it covers
 * @param most the largest value
 */
record Panel(String title, int top, int height, int seconds, double most) {
    static final int LEFT = 56;
    static final int WIDTH = 880;
    private static final int HEADING = 26;
    private static final int LINES = 4;

    int bottom() {
        return top + HEADING + height;
    }

    private double x(int column) {
        return LEFT + (double) WIDTH * column / columns();
    }

    private double y(double value) {
        return bottom() - height * value / ceiling();
    }

    private int columns() {
        return Math.min(seconds, WIDTH / 2);
    }

    private double ceiling() {
        return Math.max(1, Math.ceil(most / step())) * step();
    }

    /** A distance of lines that a person can add up: 1, 2 or 5 times a power of ten. */
    private double step() {
        double least = Math.max(1, most / LINES);
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return least <= power ? power : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
    }

    /** Its heading, and a line for each step. */
    String frame() {
        StringBuilder svg = new StringBuilder();
        svg.append(format("<text class=\"heading\" x=\"%d\" y=\"%d\">%s</text>%n", LEFT, top + 14, title));
        for (double value = 0; value <= ceiling(); value += step()) {
            svg.append(format(
                    "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    value == 0 ? "axis" : "grid", LEFT, LEFT + WIDTH, y(value), y(value)));
            svg.append(
                    format("<text class=\"number\" x=\"%d\" y=\"%.1f\">%,.0f</text>%n", LEFT - 8, y(value) + 4, value));
        }
        return svg.toString();
    }

    /** The values as a line of steps; of several seconds that share a place it shows the highest. */
    String line(String style, IntToDoubleFunction valueOf) {
        return format("<path class=\"line %s\" d=\"%s\"/>%n", style, path(valueOf));
    }

    /** The same, filled down to nought. */
    String area(IntToDoubleFunction valueOf) {
        return format("<path class=\"area\" d=\"%sV%.1fH%dZ\"/>%n", path(valueOf), y(0), LEFT);
    }

    private String path(IntToDoubleFunction valueOf) {
        StringBuilder path = new StringBuilder();
        double former = Double.NaN;
        for (int column = 0; column < columns(); column++) {
            double value = highest(column, valueOf);
            if (column == 0) {
                path.append(format("M%d %.1f", LEFT, y(value)));
            } else if (value != former) {
                path.append(format("H%.1fV%.1f", x(column), y(value)));
            }
            former = value;
        }
        return path.append(format("H%d", LEFT + WIDTH)).toString();
    }

    private double highest(int column, IntToDoubleFunction valueOf) {
        int from = (int) ((long) seconds * column / columns());
        int to = (int) ((long) seconds * (column + 1) / columns());
        double highest = 0;
        for (int second = from; second < to; second++) {
            highest = Math.max(highest, valueOf.applyAsDouble(second));
        }
        return highest;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
