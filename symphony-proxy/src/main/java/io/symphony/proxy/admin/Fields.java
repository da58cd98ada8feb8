package io.symphony.proxy.admin;

import java.util.Map;
import org.apache.hc.core5.http.HttpResponse;

/** The fields that every answer has: a browser that shows one shall do nothing else with it. */
final class Fields {

    private static final Map<String, String> COMMON = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private Fields() {}

    static void common(HttpResponse head) {
        COMMON.forEach(head::setHeader);
    }
}
