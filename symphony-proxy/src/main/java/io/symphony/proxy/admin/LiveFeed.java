package io.symphony.proxy.admin;

import java.util.List;

/**
 * All that the dashboard shows, in one stream: a browser has six connections to a host, and each tab takes one. First
 * the last minutes, then how things stand whenever that changes, and what happens.
 */
final class LiveFeed implements Feed {

    private final Pulse pulse;
    private final EventFeed events;
    private boolean begun;
    private long seen = -1;

    LiveFeed(Pulse pulse, EventFeed events) {
        this.pulse = pulse;
        this.events = events;
    }

    @Override
    public String next() {
        StringBuilder news = new StringBuilder();
        if (!begun) {
            begun = true;
            news.append("event: past\ndata: ").append(past()).append("\n\n");
        }
        Now now = pulse.now();
        if (now.number() != seen) {
            seen = now.number();
            news.append("event: now\ndata: ").append(now.text()).append("\n\n");
        }
        return news.append(events.next()).toString();
    }

    private String past() {
        Json json = new Json().object().array("seconds");
        List<Sample> samples = pulse.chart().samples();
        samples.forEach(sample -> sample.writeRow(json));
        return json.endArray().endObject().toString();
    }
}
