package io.symphony.proxy;

import java.util.Optional;

/**
 * How long the requests took that have these things in common. There are few different ones, whatever clients and
 * replicas send.
 *
 * @param method one of those in RFC 9110 and PATCH, or {@code _OTHER}
 * @param status the response's, 0 where there was none; one that is not registered counts as the first of its class
 * @param errorType what was wrong: the status where that says it, else a word; empty where nothing was
 */
public record DurationSeries(String method, int status, Optional<String> errorType, DurationHistogram durations) {}
