package io.symphony.proxy.cache;

import java.util.ArrayList;
import java.util.List;

/** The members of a field that is a list. A comma between quotes separates nothing. */
final class ListMembers {

    private ListMembers() {}

    static List<String> of(String value) {
        List<String> members = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == '\\' && quoted) {
                at++;
            } else if (character == ',' && !quoted) {
                add(members, value.substring(from, at));
                from = at + 1;
            }
        }
        add(members, value.substring(from));
        return members;
    }

    private static void add(List<String> members, String member) {
        String stripped = member.strip();
        if (!stripped.isEmpty()) {
            members.add(stripped);
        }
    }
}
