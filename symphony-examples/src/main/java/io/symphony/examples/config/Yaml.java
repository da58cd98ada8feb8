package io.symphony.examples.config;

import java.util.regex.Pattern;

/** Texts as YAML has them: bare where that cannot be misread, else in quotes. */
final class Yaml {
    private static final Pattern BARE =
            Pattern.compile("(?!null$|~$)[A-Za-z0-9_./](?:[A-Za-z0-9_./:%+-]*[A-Za-z0-9_./%+-])?");

    private Yaml() {}

    static String scalar(String text) {
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
