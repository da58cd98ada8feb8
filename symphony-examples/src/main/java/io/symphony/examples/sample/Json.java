package io.symphony.examples.sample;

/** Writes JSON strings; the service needs no more of JSON than that. */
final class Json {
    private Json() {}

    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < ' ' || c == 0x7f) {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            json.append(c);
        }
    }
}
