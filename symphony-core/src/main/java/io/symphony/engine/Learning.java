package io.symphony.engine;

import io.symphony.fleet.Checks;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Target;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.ProbeResult.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** One reading of new facts: the state that they leave behind, and what there is to say about them. */
final class Learning {

    /** A gap between two ticks from which on we were away ourselves, and do not blame others for being late. */
    private static final long STALL = Duration.ofSeconds(1).toNanos();

    private final Rules rules;
    private final State before;
    private final long now;
    private final Fleet.Edit fleet;
    private final List<Note> notes = new ArrayList<>();
    private final long stalledNanos;

    private long highestNumber;
    private Target target;
    private OptionalInt ordered;
    private Backoff backoff;
    private State.Survey survey;
    private boolean ending;
    private long goneNanos;

    Learning(Rules rules, State before, long now) {
        this.rules = rules;
        this.before = before;
        this.now = now;
        this.fleet = before.fleet().edit();
        this.stalledNanos = now - before.tickedNanos() > STALL ? now : before.stalledNanos();
        this.highestNumber = before.highestNumber();
        this.target = before.target();
        this.ordered = before.ordered();
        this.backoff = before.backoff().forgivenBy(now);
        this.survey = before.survey();
        this.ending = before.ending();
        this.goneNanos = before.goneNanos();
    }

    State state() {
        return new State(
                before.spec(),
                fleet.done(),
                highestNumber,
                target,
                ordered,
                backoff,
                survey,
                ending,
                before.beganNanos(),
                now,
                stalledNanos,
                goneNanos);
    }

    List<Note> notes() {
        return notes;
    }

    void learn(Fact fact) {
        if (fact instanceof Fact.Probed probed) {
            probed(probed);
        } else if (fact instanceof Fact.Started started) {
            started(started);
        } else if (fact instanceof Fact.StartFailed failed) {
            startFailed(failed);
        } else if (fact instanceof Fact.Drained drained) {
            drained(drained);
        } else if (fact instanceof Fact.Stopped stopped) {
            stopped(stopped);
        } else if (fact instanceof Fact.StopFailed failed) {
            stopFailed(failed);
        } else if (fact instanceof Fact.Vanished vanished) {
            vanished(vanished);
        } else if (fact instanceof Fact.Surveyed surveyed) {
            surveyed(surveyed);
        } else if (fact instanceof Fact.SurveyFailed failed) {
            surveyFailed(failed);
        } else if (fact instanceof Fact.ScaleOrdered order) {
            ordered = order.replicas();
        } else if (fact instanceof Fact.DrainOrdered order) {
            drainOrdered(order);
        } else if (fact instanceof Fact.EndOrdered) {
            ending = true;
        } else {
            throw new AssertionError("unknown fact: " + fact);
        }
    }

    private void started(Fact.Started fact) {
        Replica replica = fleet.find(fact.id()).orElse(null);
        if (replica == null) {
            unowned(fact.id(), "came up after it had been given up");
        } else if (replica.phase() == Phase.STARTING && replica.errand().failures() > 0) {
            failedToStart(replica, "ended before its start was confirmed");
        } else if (replica.phase() == Phase.STARTING) {
            fleet.put(replica.warmingAt(fact.endpoint(), now));
            say(fact.id(), Kind.WARMING, "runs at " + fact.endpoint() + " " + ago(replica) + " after its start");
        }
    }

    private void startFailed(Fact.StartFailed fact) {
        Replica replica = fleet.find(fact.id()).orElse(null);
        if (replica != null && replica.phase() == Phase.STARTING) {
            failedToStart(replica, fact.reason());
        }
    }

    /** What is left of a failed start is cleared away by an ordinary stop. */
    private void failedToStart(Replica replica, String reason) {
        backoff = backoff.failed(now);
        fleet.put(replica.entered(Phase.STOPPING, now));
        say(replica.id(), Kind.START_FAILED, reason + "; " + backoff.inWords(now));
    }

    private void probed(Fact.Probed fact) {
        Replica replica = fleet.find(fact.id()).orElse(null);
        if (replica == null || !replica.checks().underWay()) {
            return; // gone, or moved meanwhile: the check was of its former address
        }
        Checks checks = judged(replica.checks(), fact.result());
        Replica next = replica.with(checks);
        if (replica.phase() == Phase.READY && rules.health().isSick(checks)) {
            next = next.entered(Phase.SUSPECT, now);
            say(
                    replica.id(),
                    Kind.SUSPECT,
                    failedChecks(checks) + ": " + fact.result().detail());
        } else if (replica.phase() == Phase.WARMING && rules.health().isWell(checks)) {
            next = next.entered(Phase.READY, now);
            say(replica.id(), Kind.READY, "well " + ago(replica) + " after it came up");
        } else if (replica.phase() == Phase.SUSPECT && rules.health().isWell(checks)) {
            next = next.entered(Phase.READY, now);
            say(replica.id(), Kind.READY, "well again after " + ago(replica));
        }
        fleet.put(next);
    }

    /** A check that was under way while we ourselves stood still proves nothing against the replica. */
    private Checks judged(Checks checks, ProbeResult result) {
        if (result.isWell()) {
            return checks.passed();
        }
        long begun = checks.dueNanos() - rules.health().interval().toNanos();
        return begun - stalledNanos < 0 ? checks.discarded() : checks.failed(result.verdict() == Verdict.UNWELL);
    }

    private void drained(Fact.Drained fact) {
        fleet.find(fact.id()).filter(each -> each.phase() == Phase.DRAINING).ifPresent(replica -> {
            fleet.put(replica.entered(Phase.STOPPING, now));
            say(replica.id(), Kind.STOPPING, "empty " + ago(replica) + " after its gate was shut");
        });
    }

    private void stopped(Fact.Stopped fact) {
        fleet.find(fact.id()).ifPresent(replica -> {
            fleet.remove(fact.id());
            goneNanos = now;
            say(fact.id(), Kind.GONE, fact.output().isEmpty() ? "gone" : "gone; its last output:\n" + fact.output());
        });
    }

    private void stopFailed(Fact.StopFailed fact) {
        fleet.find(fact.id()).filter(each -> each.phase() == Phase.STOPPING).ifPresent(replica -> {
            long pause = Backoff.pauseAfter(replica.errand().failures());
            fleet.put(replica.with(replica.errand().failedUntil(now + pause)));
            say(fact.id(), Kind.TROUBLE, "could not be stopped: " + fact.reason() + "; again in " + seconds(pause));
        });
    }

    private void vanished(Fact.Vanished fact) {
        Replica replica = fleet.find(fact.id()).orElse(null);
        if (replica == null || replica.phase() == Phase.STOPPING) {
            return;
        }
        if (replica.phase() == Phase.STARTING) {
            fleet.put(replica.with(replica.errand().failed())); // only one call may be out for it: wait for this one
            say(replica.id(), Kind.DIED, "ended while it was being started: " + fact.reason());
            return;
        }
        if (replica.phase() == Phase.WARMING) {
            failedToStart(replica, "ended before it was well: " + fact.reason());
            return;
        }
        if (now - replica.sinceNanos() < Backoff.YOUNG) {
            backoff = backoff.failed(now);
        }
        fleet.put(replica.entered(Phase.STOPPING, now));
        say(replica.id(), Kind.DIED, "ended by itself: " + fact.reason());
    }

    private void surveyed(Fact.Surveyed fact) {
        boolean first = !survey.done();
        survey = survey.cameBack(now + rules.surveyEvery().toNanos());
        Set<ReplicaId> seen = new HashSet<>();
        for (Sighting sighting : fact.sightings()) {
            seen.add(sighting.id());
            highestNumber = Math.max(highestNumber, sighting.id().number());
            if (fleet.find(sighting.id()).isPresent()) {
                confirm(sighting, fact.askedNanos());
            } else if (first) {
                adopt(sighting);
            } else if (goneNanos - fact.askedNanos() < 0) {
                unowned(sighting.id(), "runs but belongs to nobody");
            }
        }
        before.fleet().forEach(replica -> missMaybe(replica, seen, fact.askedNanos()));
        if (first) {
            keep(seen.size());
        }
    }

    /** Until there is traffic to judge by, as many as a former run had needed are not too many. */
    private void keep(int found) {
        if (found > target.replicas()) {
            target = new Target(found, found + " were found running").within(rules.min(), rules.max());
        }
    }

    private void adopt(Sighting sighting) {
        fleet.put(Replica.running(sighting.id(), sighting.version(), 1, sighting.endpoint(), now));
        boolean same = sighting.version().equals(before.spec().version());
        say(
                sighting.id(),
                Kind.ADOPTED,
                "taken over at " + sighting.endpoint() + (same ? "" : ", made from another version of the service"));
    }

    /** An address may change under a replica that was restarted behind our back: it has to show itself well anew. */
    private void confirm(Sighting sighting, long asked) {
        fleet.find(sighting.id())
                .filter(each -> ranBefore(each, asked) && !each.phase().leaving())
                .filter(each -> !sighting.endpoint().equals(each.address()))
                .ifPresent(each -> {
                    fleet.put(each.warmingAt(sighting.endpoint(), now));
                    say(each.id(), Kind.WARMING, "moved from " + each.address() + " to " + sighting.endpoint());
                });
    }

    private void missMaybe(Replica then, Set<ReplicaId> seen, long asked) {
        if (!seen.contains(then.id()) && ranBefore(then, asked)) {
            vanished(new Fact.Vanished(then.id(), "it is not among what runs"));
        }
    }

    private static boolean ranBefore(Replica replica, long asked) {
        return replica.phase() != Phase.STARTING
                && replica.phase() != Phase.STOPPING
                && replica.sinceNanos() - asked < 0;
    }

    private void surveyFailed(Fact.SurveyFailed fact) {
        long pause = Backoff.pauseAfter(survey.failures());
        survey = survey.failed(now + pause);
        if (survey.failures() == 1) {
            notes.add(Note.general(
                    Kind.TROUBLE,
                    "the runtime cannot say what runs: " + fact.reason() + "; what is known serves on, again in "
                            + seconds(pause)));
        }
    }

    private void drainOrdered(Fact.DrainOrdered fact) {
        fleet.find(fact.id()).filter(each -> !each.phase().leaving()).ifPresent(replica -> {
            if (replica.phase() == Phase.READY || replica.phase() == Phase.SUSPECT) {
                fleet.put(replica.entered(Phase.DRAINING, now));
                say(replica.id(), Kind.DRAINING, "leaves, as was ordered");
            } else if (replica.phase() == Phase.WARMING) {
                fleet.put(replica.entered(Phase.STOPPING, now));
                say(replica.id(), Kind.STOPPING, "leaves before it was well, as was ordered");
            }
        });
    }

    private void unowned(ReplicaId id, String finding) {
        fleet.put(Replica.starting(id, before.spec().version(), now).entered(Phase.STOPPING, now));
        say(id, Kind.STOPPING, finding + ", so it is stopped");
    }

    private static String failedChecks(Checks checks) {
        return checks.failedInRow() == 1 ? "failed a check" : "failed " + checks.failedInRow() + " checks in a row";
    }

    private String ago(Replica replica) {
        return seconds(now - replica.sinceNanos());
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private void say(ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text));
    }
}
