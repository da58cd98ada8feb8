package io.symphony.docker;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Engine's API, such as 1.44. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** What we speak where the daemon lets us choose: Engine 25's. Engine 29 takes nothing older. */
    static final ApiVersion PREFERRED = new ApiVersion(1, 44);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    static ApiVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("apiVersion: '" + text + "' (expected: such as 1.44)");
        }
        return new ApiVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** The one to speak with a daemon that takes versions from the oldest to the newest. */
    static ApiVersion negotiate(ApiVersion oldest, ApiVersion newest) {
        ApiVersion known = PREFERRED.compareTo(newest) < 0 ? PREFERRED : newest;
        return known.compareTo(oldest) < 0 ? oldest : known;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
