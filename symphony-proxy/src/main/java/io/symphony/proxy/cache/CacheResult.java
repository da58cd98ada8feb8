package io.symphony.proxy.cache;

/** How the cache dealt with a request. */
public enum CacheResult {
    /** It had a fresh response. */
    HIT,
    /** It gave a stale one, as its author or the client allows. */
    STALE,
    /** A replica said that what it had still holds. */
    REVALIDATED,
    /** The response that another request was waiting for answered this one, too. */
    COLLAPSED,
    /** A replica answered. */
    MISS,
    /** It has nothing to do with such a request. */
    BYPASS
}
