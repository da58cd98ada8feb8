package io.symphony.scaling;

import java.util.Optional;

/**
 * One decision with all that went into it: what was measured, who there was, what the policy answered, and what stood in
 * the end. A list of them, from the start of an orchestrator on, is a recording; {@link Replay} decides it again.
 *
 * <pre>{@code
 * List<Deliberation> recording = new ArrayList<>();
 * Orchestrator acts = Orchestrator.of(spec).deliberations(recording::add).start();
 * }</pre>
 *
 * @param sample what was measured
 * @param counted whether the requests could be counted; where not, the sample did not go on record
 * @param staff the replicas
 * @param answer what the policy answered; empty where it was not asked, or threw
 * @param decided what stood in the end, whatever held it back or somebody ordered
 * @param readyAfter how many replicas served then
 */
public record Deliberation(
        Sample sample, boolean counted, Staff staff, Optional<Target> answer, Target decided, int readyAfter) {}
