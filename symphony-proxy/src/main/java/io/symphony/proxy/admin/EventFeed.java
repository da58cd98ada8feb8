package io.symphony.proxy.admin;

import io.symphony.Orchestrator;
import io.symphony.spi.Event;
import java.util.List;
import java.util.Optional;

/**
 * Every decision and change with its reason. It reads the orchestrator's own history from where its client is, so
 * one that comes back with the number of the last event that it got misses nothing that is still known. Numbers carry
 * the mark of this run: those of a former one begin again at 1.
 */
final class EventFeed implements Feed {

    private final Orchestrator orchestrator;
    private final String run;
    private long seen;

    EventFeed(Orchestrator orchestrator, String run, Optional<String> lastEventId) {
        this.orchestrator = orchestrator;
        this.run = run;
        this.seen = lastEventId.map(this::number).orElse(0L);
    }

    private long number(String id) {
        String mark = run + "-";
        try {
            return id.startsWith(mark) ? Long.parseLong(id.substring(mark.length())) : 0;
        } catch (NumberFormatException e) {
            return 0; // no id of ours: the whole history is the answer that misses nothing
        }
    }

    @Override
    public String next() {
        List<Event> history = orchestrator.events();
        StringBuilder news = new StringBuilder();
        for (Event event : history) {
            if (event.number() > seen) {
                if (seen > 0 && event.number() > seen + 1) {
                    news.append(": ").append(event.number() - seen - 1).append(" events are no longer known\n\n");
                }
                seen = event.number();
                news.append("id: ").append(run).append('-').append(seen).append("\ndata: ");
                news.append(EventText.of(event)).append("\n\n");
            }
        }
        return news.toString();
    }
}
