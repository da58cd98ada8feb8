package io.symphony.proxy;

import java.util.Locale;

/** The name of a request's field whose value tells clients or sessions apart. */
final class FieldName {

    private static final int LONGEST = 64;

    private final byte[] name;

    /** The name, for the option that it was given with. */
    FieldName(String option, String name) {
        boolean token = name.chars().allMatch(c -> c < 128 && Octets.isToken((byte) c));
        if (name.isEmpty() || name.length() > LONGEST || !token) {
            throw new IllegalArgumentException(
                    option + ": '" + name + "' (expected: a field name of at most " + LONGEST + ")");
        }
        this.name = Octets.ascii(name.toLowerCase(Locale.ROOT));
    }

    /** The first such field that says something, or -1. */
    int in(RequestHead head) {
        FieldLines fields = head.fields();
        for (int field = 0; field < fields.count(); field++) {
            if (fields.nameLength(field) == name.length
                    && head.is(field, name)
                    && fields.valueStart(field) < fields.valueEnd(field)) {
                return field;
            }
        }
        return -1;
    }

    /** The hash of this field's value. */
    static long hash(RequestHead head, int field) {
        return Octets.hash(
                head.bytes(), head.fields().valueStart(field), head.fields().valueEnd(field));
    }
}
