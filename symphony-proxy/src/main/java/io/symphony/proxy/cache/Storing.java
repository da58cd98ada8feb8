package io.symphony.proxy.cache;

import java.util.Set;

/** Which responses may be kept, and are worth it (RFC 9111, 3). */
final class Storing {

    /** Whose meaning for a cache is known here. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 203, 204, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410, 414, 500, 501, 502, 503, 504);

    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;

    private Storing() {}

    static boolean allows(CacheRequest request, int status, Fields response, Freshness freshness) {
        CacheControl control = CacheControl.of(response);
        return request.isGet()
                && !request.control().has("no-store")
                && isWhole(status)
                && isUnforbidden(status, control)
                && isForEverybody(request, response, control)
                && (Freshness.isExplicit(control, response) || Freshness.isGuessable(status, control))
                && isOfUse(response, freshness);
    }

    private static boolean isWhole(int status) {
        return status >= 200 && status != PARTIAL_CONTENT && status != NOT_MODIFIED;
    }

    private static boolean isUnforbidden(int status, CacheControl control) {
        boolean mustUnderstand = control.has("must-understand");
        boolean understood = UNDERSTOOD.contains(status);
        return mustUnderstand ? understood : !control.has("no-store");
    }

    /**
     * What goes to somebody who is known, or makes somebody known, is kept only where its author says that it is for
     * others, too. That goes beyond the RFC for Set-Cookie: a session that is handed to the next client is worse than
     * a request to a replica.
     */
    private static boolean isForEverybody(CacheRequest request, Fields response, CacheControl control) {
        boolean shared = control.has("public") || control.has("s-maxage");
        boolean authorized = request.fields().has("authorization");
        return !control.has("private")
                && (shared || !response.has("set-cookie"))
                && (shared || control.has("must-revalidate") || !authorized);
    }

    /** It lives for a moment, or it can be asked about once it does not. */
    private static boolean isOfUse(Fields response, Freshness freshness) {
        boolean lives = freshness.lifetime().compareTo(freshness.initialAge()) > 0
                && !CacheControl.of(response).has("no-cache");
        return lives || response.has("etag") || response.has("last-modified");
    }
}
