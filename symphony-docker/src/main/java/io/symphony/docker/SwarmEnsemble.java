package io.symphony.docker;

import io.symphony.docker.Notices.Notice;
import io.symphony.fleet.Endpoint;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Mandate;
import io.symphony.spi.RuntimeFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The orchestrators of one service on a swarm: the record that they share, and a notice of each. */
final class SwarmEnsemble implements Ensemble {

    private static final String MEMBER_OF = "io.symphony.listeners";
    private static final String NAME = "io.symphony.listener";
    private static final String ADMIN = "io.symphony.admin";

    private final String service;
    private final String name;
    private final Notices notices;

    SwarmEnsemble(String service, String name, Notices notices) {
        this.service = service;
        this.name = name;
        this.notices = notices;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Entry> read() throws RuntimeFailure, InterruptedException {
        Optional<Notice> found = Request.of(service, () -> notices.find(record()));
        return found.isEmpty() ? Optional.empty() : Optional.of(entry(found.get()));
    }

    @Override
    public boolean replace(Optional<Entry> read, Mandate next) throws RuntimeFailure, InterruptedException {
        Map<String, String> labels = MandateLabels.of(service, next);
        if (read.isEmpty()) {
            return Request.of(service, () -> notices.create(record(), labels));
        }
        String[] place = read.get().version().split("/", 2);
        return Request.of(service, () -> notices.replace(place[0], Long.parseLong(place[1]), record(), labels));
    }

    @Override
    public void announce(Endpoint admin) throws RuntimeFailure, InterruptedException {
        String mine = notice(name);
        Map<String, String> labels = Map.of(MEMBER_OF, service, NAME, name, ADMIN, admin.toString());
        Request.of(service, () -> notices.find(mine).isPresent() || notices.create(mine, labels));
    }

    @Override
    public List<Member> members() throws RuntimeFailure, InterruptedException {
        return Request.of(service, () -> notices.all(Map.of(MEMBER_OF, service))).stream()
                .flatMap(each -> member(each.labels()))
                .toList();
    }

    @Override
    public void forget(String member) throws RuntimeFailure, InterruptedException {
        Request.of(service, () -> {
            notices.remove(notice(member));
            return true;
        });
    }

    private Entry entry(Notice found) throws RuntimeFailure {
        try {
            return new Entry(MandateLabels.parse(found.labels()), found.id() + "/" + found.version());
        } catch (IllegalArgumentException e) {
            throw new RuntimeFailure(
                    "the service " + found.name() + " does not say who leads: " + e.getMessage()
                            + ". Remove it where no orchestrator runs; the next one writes it anew.",
                    e);
        }
    }

    /** What somebody else has written there is no member. */
    private static Stream<Member> member(Map<String, String> labels) {
        try {
            String admin = labels.getOrDefault(ADMIN, "");
            return Stream.of(new Member(labels.getOrDefault(NAME, ""), Endpoint.parse(admin)));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private String record() {
        return "symphony-" + service + "-mandate";
    }

    private String notice(String member) {
        return "symphony-" + service + "-listener-" + member;
    }

    @Override
    public String toString() {
        return name + " of " + service;
    }
}
