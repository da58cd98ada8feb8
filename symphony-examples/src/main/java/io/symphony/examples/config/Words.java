package io.symphony.examples.config;

import io.symphony.examples.config.Parser.Unexpected;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words as a shell would: blanks part words, quotes hold them together, a backslash takes the next
 * character as it is. Nothing else is special, for no shell is run.
 */
final class Words {
    private static final char NONE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;

    private Words() {}

    static List<String> split(String command) throws Unexpected {
        return new Words().read(command);
    }

    private List<String> read(String command) throws Unexpected {
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
                escaped(command, i);
            } else {
                take(c);
            }
        }
        if (quote != NONE) {
            throw new Unexpected("a closing " + quote);
        }
        endWord();
        return List.copyOf(words);
    }

    private void take(char c) {
        if (c == quote) {
            quote = NONE;
        } else if (quote != NONE) {
            word.append(c);
        } else if (c == '\'' || c == '"') {
            quote = c;
            inWord = true;
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            word.append(c);
            inWord = true;
        }
    }

    private void escaped(String command, int at) throws Unexpected {
        if (at == command.length()) {
            throw new Unexpected("a character after the last backslash");
        }
        char c = command.charAt(at);
        // Within double quotes a backslash is itself, but before these.
        if (quote == '"' && "\"\\$`".indexOf(c) < 0) {
            word.append('\\');
        }
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
