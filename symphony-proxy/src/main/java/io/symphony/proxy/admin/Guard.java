package io.symphony.proxy.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may ask what. The Host has to be one that is ours, or a page of somebody else could reach us through a name of
 * its own that points here. Other origins may neither order nor read. Where there is a token, it is demanded.
 */
final class Guard {

    /** What anybody may ask who reaches us under our own name: it tells nothing about the service. */
    private static final Set<String> FREE = Set.of("/health", "/ready");

    private static final String SCHEME = "bearer ";

    private final Set<String> names;
    private final Optional<byte[]> token;
    private final Set<String> open;

    /**
     * @param names the host names besides {@code localhost} and addresses that are ours
     * @param open paths that need no token
     */
    Guard(Set<String> names, Optional<String> token, Set<String> open) {
        Set<String> all = new TreeSet<>(Set.of("localhost"));
        names.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        this.names = Set.copyOf(all);
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        Set<String> paths = new TreeSet<>(FREE);
        paths.addAll(open);
        this.open = Set.copyOf(paths);
    }

    /** Why this request gets nothing; empty when it may pass. */
    Optional<Reply> refusal(Call call) {
        String host = call.field("Host").orElse("");
        if (!isOurs(host)) {
            return refused(421, "Host: '" + host + "' (expected: an address, localhost, or a name that we were told)");
        }
        if (isFromElsewhere(call, host)) {
            return refused(403, "a page of another origin may not ask this");
        }
        if (token.isPresent() && !open.contains(call.path()) && !knowsToken(call, token.get())) {
            return Optional.of(Reply.refused(401, "a token is needed: Authorization: Bearer TOKEN")
                    .with("WWW-Authenticate", "Bearer realm=\"symphony\""));
        }
        return Optional.empty();
    }

    /** An address cannot be somebody else's name for us, so each one is as good as another. */
    private boolean isOurs(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return names.contains(name) || isAddress(name);
    }

    private static boolean isFromElsewhere(Call call, String host) {
        Optional<String> origin = call.field("Origin");
        if (origin.isPresent() && !origin.get().replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
            return true;
        }
        String site = call.field("Sec-Fetch-Site").orElse("none");
        boolean here = site.equals("same-origin") || site.equals("none");
        boolean follows =
                call.isRead() && call.field("Sec-Fetch-Mode").orElse("").equals("navigate");
        return !here && !follows;
    }

    private static boolean knowsToken(Call call, byte[] token) {
        String given = call.field("Authorization").orElse("");
        if (given.length() <= SCHEME.length()
                || !given.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME)) {
            return false;
        }
        byte[] bytes = given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(digest(bytes), digest(token));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static Optional<Reply> refused(int status, String message) {
        return Optional.of(Reply.refused(status, message));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isAddress(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.indexOf(':') > 0;
        }
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
