package io.symphony.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.symphony.spi.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The first answers to requests with a key, and the keys whose first request is still under way. Those are as many as
 * requests may be inside, and must not be forgotten; the answers may.
 */
final class FirstAnswers {

    private static final FieldName KEY = new FieldName("key", "Idempotency-Key");
    private static final FieldName AUTHORIZATION = new FieldName("key", "Authorization");

    private final IdempotencyKeys rules;
    private final Cache<String, KeptAnswer> answers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    FirstAnswers(IdempotencyKeys rules, Ticker ticker) {
        this.rules = rules;
        answers = Caffeine.newBuilder()
                .maximumWeight(rules.mostBytes())
                .weigher((String key, KeptAnswer answer) -> answer.bytes())
                .expireAfterWrite(rules.kept())
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** What a request with a key is; null for one that keys do not concern. */
    @Nullable
    KeyedRequest of(RequestHead head, String service) {
        RequestMethod.Meaning method = head.method().meaning();
        if (method != RequestMethod.Meaning.POST && method != RequestMethod.Meaning.PATCH) {
            return null;
        }
        int field = KEY.in(head);
        if (field >= 0 && head.fields().kind(field) != FieldLines.HOP) {
            return claim(key(head, field, service), Fingerprint.of(head));
        }
        return rules.required() ? new KeyedRequest.Refused(Reply.of(400, "there is no Idempotency-Key")) : null;
    }

    /** Whoever adds a key to those under way is the first, unless there is an answer by then. */
    private KeyedRequest claim(String key, Fingerprint fingerprint) {
        if (!underWay.add(key)) {
            return new KeyedRequest.Refused(Reply.of(409, "a request with this Idempotency-Key is still under way", 1));
        }
        KeptAnswer answer = answers.getIfPresent(key);
        if (answer == null) {
            return new FirstRequest(this, key, fingerprint);
        }
        underWay.remove(key);
        return new RepeatedRequest(answer, fingerprint);
    }

    /** A key is one client's: another, with other credentials, must not get this one's answer. */
    private static String key(RequestHead head, int field, String service) {
        Fingerprint key = new Fingerprint();
        key.add(service.getBytes(StandardCharsets.UTF_8));
        key.add(head, AUTHORIZATION.in(head));
        key.add(head, field);
        return key.text();
    }

    IdempotencyKeys rules() {
        return rules;
    }

    void keep(String key, KeptAnswer answer) {
        answers.put(key, answer);
    }

    /** The first request has ended, and what is to be kept of it is kept. */
    void release(String key) {
        underWay.remove(key);
    }
}
