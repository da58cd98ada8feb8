package io.symphony.proxy.admin;

import io.symphony.Orchestrator;
import io.symphony.Participation;
import io.symphony.spi.Colleagues.Counts;
import java.util.Map;

/** What a listener that serves together with others tells the one that leads. Short, since it is asked for each second. */
final class ParticipationPage {

    static final String PATH = "/ensemble";

    private ParticipationPage() {}

    static Reply of(Orchestrator orchestrator) {
        Participation part = orchestrator
                .participation()
                .orElseThrow(
                        () -> new IllegalStateException(orchestrator.name() + " is served by this listener alone"));
        return Reply.text(200, Exposition.MEDIA_TYPE, text(part));
    }

    private static String text(Participation part) {
        Counts counts = part.counts();
        Exposition text = new Exposition()
                .sample("symphony_listener_mandate", Map.of("listener", part.name()), part.mandate())
                .sample("symphony_listener_term", part.term())
                .sample("symphony_listener_leads", part.leads() ? 1 : 0)
                .sample("symphony_listener_begun_total", counts.begun())
                .sample("symphony_listener_ended_total", counts.ended())
                .sample("symphony_listener_inside", counts.inside())
                .sample("symphony_listener_waiting", counts.waiting());
        part.held()
                .forEach((id, inside) ->
                        text.sample("symphony_listener_held", Map.of("replica", id.toString()), inside));
        return text.toString();
    }
}
