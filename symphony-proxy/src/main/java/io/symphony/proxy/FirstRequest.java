package io.symphony.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The first request with a key, whose answer is kept. Several threads may have to do with it, one after another. */
final class FirstRequest implements KeyedRequest {

    /** What frames the content, is the connection's, or says when the answer was given. */
    private static final Set<String> NOT_KEPT =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "date");

    /** What asks the client to try again. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private static final int SERVER_ERROR = 500;

    private final FirstAnswers answers;
    private final String key;
    private final Fingerprint fingerprint;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private List<Field> fields = List.of();
    private String reason = "";
    private int status;
    private boolean tooLarge;
    private boolean over;

    FirstRequest(FirstAnswers answers, String key, Fingerprint fingerprint) {
        this.answers = answers;
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /** Its content comes from the beginning, perhaps not for the first time. */
    synchronized void begin() {
        fingerprint.restart();
    }

    @Override
    public synchronized void read(ByteBuffer piece) {
        fingerprint.add(piece);
    }

    /** The head of the answer has come. */
    synchronized void answered(int with, String because, List<Field> all) {
        status = with;
        reason = because;
        fields = all.stream()
                .filter(field -> !NOT_KEPT.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** A piece of the answer's content has come. */
    synchronized void record(ByteBuffer piece) {
        tooLarge |= content.size() + piece.remaining() > answers.rules().mostAnswerBytes();
        if (tooLarge) {
            content.reset();
        } else {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            content.writeBytes(bytes);
        }
    }

    /** Request and answer are whole. */
    synchronized void complete() {
        if (!over && isKept()) {
            Optional<byte[]> whole = tooLarge ? Optional.empty() : Optional.of(content.toByteArray());
            answers.keep(key, new KeptAnswer(fingerprint.text(), status, reason, fields, whole));
        }
        end();
    }

    private boolean isKept() {
        return status > 0 && status < SERVER_ERROR && !PASSING.contains(status);
    }

    /** There is no answer, or none that is whole: the next request with the key is the first one. */
    synchronized void end() {
        if (!over) {
            over = true;
            answers.release(key);
        }
    }
}
