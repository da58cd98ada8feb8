package io.symphony.proxy;

/**
 * What a listener has done since it began. At rest {@code accepted} is the sum of the four outcomes.
 *
 * @param accepted requests whose head was sound
 * @param completed see {@link Outcome#COMPLETED}
 * @param abandoned see {@link Outcome#ABANDONED}
 * @param shed see {@link Outcome#SHED}
 * @param failed see {@link Outcome#FAILED}
 * @param refused heads that were no sound request; they are not among the accepted
 * @param retried attempts beyond the first
 * @param turnedAway connections beyond the limit
 */
public record ListenerTraffic(
        long accepted,
        long completed,
        long abandoned,
        long shed,
        long failed,
        long refused,
        long retried,
        long turnedAway) {

    static final ListenerTraffic NONE = new ListenerTraffic(0, 0, 0, 0, 0, 0, 0, 0);

    /** The requests that are inside now, when nothing moves. */
    public long inside() {
        return accepted - completed - abandoned - shed - failed;
    }
}
