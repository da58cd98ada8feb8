package io.symphony.examples.simulate;

import io.symphony.rehearsal.Moment;
import io.symphony.rehearsal.Trace;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Outcomes as one SVG: the traffic, and beneath it the replicas and the waiting requests of each policy. It follows its
 * reader to light or dark.
 */
public final class Chart {
    private static final int WIDTH = 960;
    private static final int LEGEND = 64;
    private static final int ROW = 18;
    private static final int MOST_TICKS = 12;
    private static final int[] TICK_SECONDS = {1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400};

    private static final String STYLE = """
        <style>
        svg { --paper: #ffffff; --ink: #1f2933; --faint: #6b7785; --grid: #e4e8ed; --crowd: #c9d3df;
          --a: #1f6fd6; --b: #c2570c; --c: #0f8a5f; --d: #8b3fd1; --e: #8a6a00; --f: #5c6570;
          font: 12px system-ui, sans-serif; }
        @media (prefers-color-scheme: dark) {
          svg { --paper: #12171d; --ink: #e3e9f0; --faint: #94a1b0; --grid: #27303a; --crowd: #3a4654;
            --a: #6db0ff; --b: #ff9d57; --c: #45cf9d; --d: #c49bff; --e: #e6c75a; --f: #aeb8c4; } }
        .paper { fill: var(--paper); }
        text { fill: var(--ink); }
        .title { font-size: 15px; font-weight: 600; }
        .heading { font-weight: 600; }
        .number, .note { fill: var(--faint); font-size: 11px; }
        .number { text-anchor: end; }
        .time { text-anchor: middle; }
        .axis { stroke: var(--faint); }
        .grid { stroke: var(--grid); }
        .area { fill: var(--crowd); }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .a { stroke: var(--a); } .b { stroke: var(--b); } .c { stroke: var(--c); }
        .d { stroke: var(--d); } .e { stroke: var(--e); } .f { stroke: var(--f); stroke-dasharray: 5 3; }
        </style>
        """;

    private final Trace trace;
    private final List<Act> acts;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Trace trace, List<Act> acts) {
        this.trace = trace;
        this.acts = acts;
    }

    public static String of(Trace trace, List<Act> acts) {
        Chart chart = new Chart(trace, acts);
        chart.draw();
        return chart.svg.toString();
    }

    private void draw() {
        int top = LEGEND + ROW * acts.size();
        Panel traffic = panel("requests a second", top, 80, Moment::requests);
        Panel replicas = panel("replicas that serve", traffic.bottom() + ROW, 200, Moment::ready);
        Panel waiting = panel("requests that wait", replicas.bottom() + ROW, 120, Moment::waiting);
        begin(waiting.bottom() + 40);
        legend();
        svg.append(traffic.frame()).append(traffic.area(trace::requestsIn));
        lines(replicas, Moment::ready);
        lines(waiting, Moment::waiting);
        times(waiting);
        svg.append("</svg>\n");
    }

    private Panel panel(String title, int top, int height, ToDoubleFunction<Moment> value) {
        double most = acts.stream()
                .flatMap(act -> act.outcome().moments().stream())
                .mapToDouble(value)
                .max()
                .orElse(0);
        return new Panel(title, top, height, trace.seconds(), most);
    }

    private void begin(int height) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n", WIDTH, height);
        add("<title>%s</title>%n", escaped(trace.toString()));
        svg.append(STYLE);
        add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height);
        add("<text class=\"title\" x=\"%d\" y=\"30\">%s</text>%n", Panel.LEFT, escaped(trace.name()));
    }

    private void legend() {
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            int y = 52 + ROW * i;
            add("<path class=\"line %s\" d=\"M%d %dh24\"/>", style(i), Panel.LEFT, y - 4);
            add("<text x=\"%d\" y=\"%d\">%s</text>", Panel.LEFT + 32, y, escaped(act.name()));
            add(
                    "<text class=\"note\" x=\"%d\" y=\"%d\">%.2f %% late or shed, %,.0f replica-seconds, %d starts and"
                            + " stops</text>%n",
                    Panel.LEFT + 180,
                    y,
                    100 * act.outcome().lateShare(),
                    act.outcome().replicaSeconds(),
                    act.outcome().changes());
        }
    }

    private void lines(Panel panel, ToDoubleFunction<Moment> value) {
        svg.append(panel.frame());
        for (int i = 0; i < acts.size(); i++) {
            List<Moment> moments = acts.get(i).outcome().moments();
            svg.append(panel.line(style(i), second -> value.applyAsDouble(moments.get(second))));
        }
    }

    private void times(Panel lowest) {
        int step = 86_400;
        for (int i = TICK_SECONDS.length - 1; i >= 0 && trace.seconds() / TICK_SECONDS[i] <= MOST_TICKS; i--) {
            step = TICK_SECONDS[i];
        }
        for (int second = 0; second <= trace.seconds(); second += step) {
            add(
                    "<text class=\"note time\" x=\"%d\" y=\"%d\">%s</text>%n",
                    Panel.LEFT + Panel.WIDTH * (long) second / trace.seconds(),
                    lowest.bottom() + 18,
                    step < 60 ? second + " s" : step < 3_600 ? second / 60 + " min" : second / 3_600 + " h");
        }
    }

    /** The colours begin anew after the sixth. */
    private static String style(int index) {
        return Character.toString('a' + index % 6);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
