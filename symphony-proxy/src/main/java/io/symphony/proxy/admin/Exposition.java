package io.symphony.proxy.admin;

import java.util.Map;

/** Writes Prometheus' text format: families, each with its help and type, and their samples. */
final class Exposition {

    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder(8 * 1024);

    Exposition family(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ');
        escape(help, false);
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    Exposition sample(String name, long value) {
        return sample(name, Map.of(), value);
    }

    Exposition sample(String name, Map<String, String> labels, long value) {
        series(name, labels).append(value).append('\n');
        return this;
    }

    Exposition sample(String name, Map<String, String> labels, double value) {
        series(name, labels).append(value).append('\n');
        return this;
    }

    private StringBuilder series(String name, Map<String, String> labels) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{');
            String comma = "";
            for (Map.Entry<String, String> label : labels.entrySet()) {
                out.append(comma).append(label.getKey()).append("=\"");
                escape(label.getValue(), true);
                out.append('"');
                comma = ",";
            }
            out.append('}');
        }
        return out.append(' ');
    }

    private void escape(String text, boolean quotes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || (quotes && c == '"')) {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else {
                out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
