package io.symphony.proxy;

import java.util.LinkedHashMap;
import java.util.Map;

/** One sample of a page in Prometheus' text format 0.0.4, read strictly. */
record PrometheusLine(String name, Map<String, String> labels, double value) {

    /** A line that is not what the format allows; the message says what was expected, and where. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** A whole line: name, labels, value, and perhaps a time, which is of no use here. */
    static PrometheusLine sample(String text) throws Malformed {
        Cursor cursor = new Cursor(text);
        String name = cursor.name();
        cursor.blanks();
        Map<String, String> labels = cursor.labels();
        cursor.blanks();
        double value = number(cursor.word());
        cursor.blanks();
        String time = cursor.word();
        if (!time.isEmpty() && !time.matches("-?\\d{1,18}")) {
            throw new Malformed("time: '" + time + "' (expected: milliseconds)");
        }
        cursor.blanks();
        cursor.end();
        return new PrometheusLine(name, labels, value);
    }

    /** Name and labels alone. */
    static PrometheusLine selector(String text) throws Malformed {
        Cursor cursor = new Cursor(text);
        String name = cursor.name();
        Map<String, String> labels = cursor.labels();
        cursor.end();
        return new PrometheusLine(name, labels, 0);
    }

    private static double number(String word) throws Malformed {
        switch (word) {
            case "NaN":
                return Double.NaN;
            case "+Inf", "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                if (!word.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
                    throw new Malformed("value: '" + word + "' (expected: a number)");
                }
                return Double.parseDouble(word);
        }
    }

    private static final class Cursor {

        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        /** The longest run of what a name may have; labels' names have no colon, and need none here. */
        String name() throws Malformed {
            int begin = at;
            while (at < text.length() && isOfName(text.charAt(at), at == begin)) {
                at++;
            }
            if (at == begin) {
                throw expected("a name");
            }
            return text.substring(begin, at);
        }

        private static boolean isOfName(char c, boolean first) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            return letter || c == '_' || c == ':' || (!first && c >= '0' && c <= '9');
        }

        Map<String, String> labels() throws Malformed {
            Map<String, String> labels = new LinkedHashMap<>();
            if (!skip('{')) {
                return labels;
            }
            blanks();
            while (!skip('}')) {
                String name = name();
                blanks();
                require('=');
                blanks();
                if (labels.put(name, quoted()) != null) {
                    throw new Malformed("label " + name + " twice");
                }
                blanks();
                if (!skip(',') && peek() != '}') {
                    throw expected("',' or '}'");
                }
                blanks();
            }
            return labels;
        }

        private String quoted() throws Malformed {
            require('"');
            StringBuilder value = new StringBuilder();
            while (!skip('"')) {
                char c = next();
                value.append(c == '\\' ? escaped(next()) : c);
            }
            return value.toString();
        }

        private char escaped(char c) throws Malformed {
            switch (c) {
                case 'n':
                    return '\n';
                case '\\', '"':
                    return c;
                default:
                    throw expected("n, \\ or \" after \\");
            }
        }

        String word() {
            int begin = at;
            while (at < text.length() && peek() != ' ' && peek() != '\t') {
                at++;
            }
            return text.substring(begin, at);
        }

        void blanks() {
            while (at < text.length() && (peek() == ' ' || peek() == '\t')) {
                at++;
            }
        }

        void end() throws Malformed {
            if (at < text.length()) {
                throw expected("nothing more");
            }
        }

        private boolean skip(char c) {
            boolean found = peek() == c;
            at += found ? 1 : 0;
            return found;
        }

        private void require(char c) throws Malformed {
            if (!skip(c)) {
                throw expected("'" + c + "'");
            }
        }

        private char next() throws Malformed {
            if (at == text.length()) {
                throw expected("a closing '\"'");
            }
            return text.charAt(at++);
        }

        /** Zero at the end, which no line has inside. */
        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private Malformed expected(String what) {
            return new Malformed("at character " + (at + 1) + " (expected: " + what + ")");
        }
    }
}
