package io.symphony.proxy.cache;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the cache sees of a request.
 *
 * @param method a token such as GET
 * @param origin the scheme, the host and perhaps a port that it is for, such as http://example.org
 * @param target the path with its query
 * @param fields those that a replica gets to see as well
 */
public record CacheRequest(String method, String origin, String target, Fields fields) {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    public CacheRequest {
        origin = origin.toLowerCase(Locale.ROOT);
    }

    /** What all responses to the same resource lie under. */
    String key() {
        return origin + target;
    }

    /** The host, and perhaps a port, that it is for. */
    public String host() {
        return origin.substring(origin.indexOf("//") + 2);
    }

    boolean isGet() {
        return method.equals("GET");
    }

    /** Whether a kept response may answer it, by its method. */
    boolean reads() {
        return isGet() || isHead();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether it changes nothing; a method that nobody knows may change anything. */
    boolean isSafe() {
        return SAFE.contains(method);
    }

    /** The same request with this question in place of its own conditions. */
    CacheRequest refreshing(Fields question) {
        return new CacheRequest(
                "GET", origin, target, fields.without(Conditions.OURS).and(question));
    }

    CacheControl control() {
        // Pragma says what Cache-Control says where that is missing (RFC 9111, 5.4).
        boolean pragma = !fields.has("cache-control")
                && fields.joined("pragma").toLowerCase(Locale.ROOT).contains("no-cache");
        return CacheControl.of(pragma ? Fields.of("cache-control", "no-cache") : fields);
    }

    /** The key of the resource that a response's Location or Content-Location names, where it is of the same origin. */
    Optional<String> keyOf(String reference) {
        try {
            URI named = new URI(key()).resolve(new URI(reference));
            boolean same = (named.getScheme() + "://" + named.getRawAuthority()).equalsIgnoreCase(origin);
            return same ? Optional.of(origin + pathAndQuery(named)) : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
