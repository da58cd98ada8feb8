package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.proxy.StrictReader.Message;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * What must hold of a listener whatever a client and a replica send. The input is what the client sends, then {@link
 * #BETWEEN}, then what the replica answers to each whole request.
 */
final class ExchangeTarget implements Closeable {

    static final String BETWEEN = "\u00ff|\u00ff";

    private static final String NEXT = "GET /next-one HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int LONGEST = 32_768;
    private static final int ROUNDS_BETWEEN_COUNTS = 64;

    private final List<Message> forwarded = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final Backend backend;
    private final Setup setup;
    private volatile String answer = "";
    private int rounds;

    ExchangeTarget() throws IOException {
        backend = Backend.playing(this::play);
        setup = Setup.before(builder -> builder.retries(100, 1_000_000), backend);
    }

    void run(byte[] input) throws IOException {
        String text = new String(input, 0, Math.min(input.length, LONGEST), StandardCharsets.ISO_8859_1);
        int between = text.indexOf(BETWEEN);
        String said = between < 0 ? "" : text.substring(between + BETWEEN.length());
        // Silence would be asked again, and this could not tell which of the two requests an answer is for.
        answer = said.isEmpty() ? Scripted.own("/") : said;
        forwarded.clear();
        whatTheClientGetsIsSound(between < 0 ? text : text.substring(0, between));
        assertThat(breaches).isEmpty();
        theNextClientGetsItsOwn();
        if (++rounds % ROUNDS_BETWEEN_COUNTS == 0) {
            nothingIsLeft();
        }
    }

    private void whatTheClientGetsIsSound(String sent) throws IOException {
        StringBuilder got = new StringBuilder();
        boolean closed = send(sent, got);
        StrictReader reader = new StrictReader(got.toString());
        int answers = 0;
        try {
            while (!reader.atEnd() && answers < forwarded.size()) {
                Message read = reader.response(forwarded.get(answers).method(), closed);
                if (read.status() == ResponseHead.SWITCHING_PROTOCOLS) {
                    return;
                }
                answers += read.status() < 200 ? 0 : 1;
            }
            if (!reader.atEnd()) {
                theRestIsOneAnswerOfTheListenersOwn(got.substring(reader.at()));
            }
        } catch (StrictReader.Cut cut) {
            assertThat(answers).as("whole answers in %s", got).isLessThanOrEqualTo(forwarded.size());
        }
    }

    /** To a request that was not forwarded. It has content unless that was a HEAD, and it is the last. */
    private static void theRestIsOneAnswerOfTheListenersOwn(String rest) {
        StrictReader reader = new StrictReader(rest);
        Message head = reader.responseHead();
        assertThat(head.status()).as(rest).isBetween(200, 599);
        assertThat(rest.length() - reader.at()).as(rest).isIn(0, Integer.parseInt(StrictReader.framing(head)));
    }

    private void theNextClientGetsItsOwn() throws IOException {
        StringBuilder got = new StringBuilder();
        send(NEXT, got);
        assertThat(got.toString()).endsWith("\r\n\r\n/next-one");
    }

    private boolean send(String sent, StringBuilder got) throws IOException {
        byte[] bytes = new byte[65_536];
        try (Wire client = setup.connect()) {
            client.socket().setSoTimeout(10_000);
            client.send(sent).end();
            InputStream in = client.in();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                got.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            }
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    private void nothingIsLeft() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> setup.listener().connections() == 0
                        && setup.listener().traffic().inside() == 0);
    }

    private void play(Wire wire) throws IOException {
        StringBuilder unread = new StringBuilder();
        byte[] bytes = new byte[65_536];
        for (int length = wire.in().read(bytes); length > 0; length = wire.in().read(bytes)) {
            unread.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            while (unread.length() > 0) {
                StrictReader reader = new StrictReader(unread.toString());
                try {
                    Message request = reader.request();
                    unread.delete(0, reader.at());
                    if (!answerGoesOn(request, wire)) {
                        return;
                    }
                } catch (StrictReader.Cut cut) {
                    break;
                } catch (StrictReader.Breach breach) {
                    breaches.add(breach.getMessage() + " in: " + unread);
                    return;
                }
            }
        }
    }

    /** Answers; true when the connection may go on, because the answer is whole in every way. */
    private boolean answerGoesOn(Message request, Wire wire) throws IOException {
        forwarded.add(request);
        if (request.target().equals("/next-one")) {
            wire.send(Scripted.own("/next-one"));
            return true;
        }
        wire.send(answer);
        try {
            StrictReader reader = new StrictReader(answer);
            Message read = reader.response(request.method(), false);
            return read.status() >= 200 && reader.atEnd();
        } catch (StrictReader.Cut | StrictReader.Breach broken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        setup.close();
        backend.close();
    }
}
