package io.symphony.proxy;

/**
 * What a {@link ResponseCache} has done since it was made, and what is in it.
 *
 * @param hits requests that a fresh response answered
 * @param stale requests that a stale response answered, as its author or the client allows
 * @param revalidated requests that a response answered after a replica said that it still holds
 * @param collapsed requests that the response to another one answered, which they waited for
 * @param misses requests that a replica answered
 * @param bypassed requests that a replica answered because they are none for a cache
 * @param evictions resources that had to leave for others
 * @param resources how many resources something is known of, about
 * @param bytes what all that takes, about
 */
public record CacheTraffic(
        long hits,
        long stale,
        long revalidated,
        long collapsed,
        long misses,
        long bypassed,
        long evictions,
        long resources,
        long bytes) {}
