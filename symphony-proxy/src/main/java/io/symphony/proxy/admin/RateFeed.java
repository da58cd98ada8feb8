package io.symphony.proxy.admin;

/** Requests per second, one event a second. */
final class RateFeed implements Feed {

    private final Pulse pulse;
    private long seenMillis;

    RateFeed(Pulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public String next() {
        Sample second = pulse.now().second();
        if (second.at().toEpochMilli() == seenMillis) {
            return "";
        }
        seenMillis = second.at().toEpochMilli();
        return "data: "
                + new Json()
                        .object()
                        .put("rps", second.rps())
                        .put("timestamp", second.at())
                        .endObject()
                + "\n\n";
    }
}
