package io.symphony.rehearsal;

/**
 * A second of a rehearsal, as it stood at its end.
 *
 * @param second counted from the first request's
 * @param requests how many came in it
 * @param wanted how many replicas were wanted
 * @param ready how many served
 * @param waiting how many requests waited for a replica or for one of its workers
 * @param shed how many were lost in it: refused, or left because they had waited too long
 */
public record Moment(int second, int requests, int wanted, int ready, long waiting, long shed) {}
