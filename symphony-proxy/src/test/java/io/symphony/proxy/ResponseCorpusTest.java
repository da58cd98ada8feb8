package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.proxy.StrictReader.Message;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays {@code responses.corpus} at a listener: a client never takes a broken response for a whole one, and never gets
 * what was meant for another.
 *
 * <p>The words of a case:
 *
 * <ul>
 *   <li>{@code pass 200 hello}: the client gets this status and this body, whole
 *   <li>{@code refuse}: the client gets a 502
 *   <li>{@code cut}: the client sees that something is missing
 *   <li>{@code broken}: one of these two
 *   <li>{@code ask HEAD /case HTTP/1.1}: the request, where it is not a GET with HTTP/1.1
 *   <li>{@code reset} or {@code stay}: how the replica goes on, where it does not close
 *   <li>{@code sends text} and {@code hides text}: what stands, or does not, in what the client gets
 *   <li>{@code see}: the paragraph
 * </ul>
 */
class ResponseCorpusTest {

    private static final List<Corpus.Case> CASES = Corpus.read("responses.corpus");
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

    /** A listener before a replica that says what it is told to. */
    private record Lane(Scripted scripted, Setup setup) implements Closeable {

        static Lane open() throws IOException {
            Scripted scripted = new Scripted();
            return new Lane(scripted, Setup.before(builder -> builder.retries(100, 1_000), scripted.backend()));
        }

        @Override
        public void close() throws IOException {
            setup.close();
            scripted.close();
        }
    }

    /** What a client has read, and whether its connection was broken then. */
    private record Heard(List<Message> answers, boolean cut, String text) {}

    private static Lanes<Lane> lanes;

    @BeforeAll
    static void open() throws Exception {
        lanes = new Lanes<>(Lane::open);
    }

    @AfterAll
    static void close() throws IOException {
        lanes.close();
    }

    @Test
    void everyCaseHasItsOwnNameAndItsParagraph() {
        assertThat(new HashSet<>(CASES.stream().map(Corpus.Case::id).toList())).hasSameSizeAs(CASES);
        assertThat(CASES).allMatch(sent -> sent.has("see")).hasSizeGreaterThan(100);
    }

    @TestFactory
    List<DynamicTest> aBrokenResponseIsNeverTakenForAWholeOneNorForAnother() {
        return lanes.play(CASES, (lane, said) -> {
            play(lane, said, List.of(Scripted.bytes(said.text())));
            play(lane, said, cut(said));
        });
    }

    private static List<byte[]> cut(Corpus.Case said) {
        int middle = new Random(said.id().hashCode()).nextInt(said.text().length() + 1);
        return List.of(
                Scripted.bytes(said.text().substring(0, middle)),
                Scripted.bytes(said.text().substring(middle)));
    }

    private static void play(Lane lane, Corpus.Case said, List<byte[]> pieces) throws IOException {
        lane.scripted().say(pieces, then(said));
        String ask = said.all("ask").stream().findFirst().orElse("GET /case HTTP/1.1");
        // The next request is there already when the response ends: it must not get what is left over.
        Heard heard = exchange(lane, ask.substring(0, ask.indexOf(' ')), ask + "\r\nHost: h\r\n\r\n" + NEXT);
        judge(said, heard);
        said.all("sends").forEach(text -> assertThat(heard.text()).contains(text));
        said.all("hides").forEach(text -> assertThat(heard.text()).doesNotContain(text));
        for (int i = 0; i < 2; i++) {
            Heard next = exchange(lane, "GET", NEXT);
            assertThat(next.answers())
                    .as(next.text())
                    .singleElement()
                    .matches(one -> one.body().equals("/next"));
        }
    }

    private static Scripted.Then then(Corpus.Case said) {
        if (said.has("reset")) {
            return Scripted.Then.RESET;
        }
        return said.has("stay") ? Scripted.Then.STAY : Scripted.Then.CLOSE;
    }

    private static Heard exchange(Lane lane, String method, String requests) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean closed = false;
        try (Wire client = lane.setup().connect()) {
            client.send(requests).end();
            closed = readAll(client.in(), text);
        }
        List<Message> answers = new ArrayList<>();
        StrictReader reader = new StrictReader(text.toString());
        String asked = method;
        try {
            while (!reader.atEnd()) {
                Message answer = reader.response(asked, closed);
                if (answer.status() >= 200) {
                    answers.add(answer);
                    asked = "GET";
                }
            }
            return new Heard(answers, false, text.toString());
        } catch (StrictReader.Cut cut) {
            return new Heard(answers, true, text.toString());
        }
    }

    /** Whether the stream came to its end; else it was broken off. */
    private static boolean readAll(InputStream in, StringBuilder text) throws IOException {
        byte[] bytes = new byte[65_536];
        try {
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                text.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            }
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static void judge(Corpus.Case said, Heard heard) {
        String[] expected = said.words().get(0).split(" ", 3);
        boolean answered = !heard.answers().isEmpty();
        switch (expected[0]) {
            case "pass" -> {
                assertThat(answered).as(heard.text()).isTrue();
                assertThat(heard.answers().get(0).status()).isEqualTo(Integer.parseInt(expected[1]));
                assertThat(heard.answers().get(0).body()).isEqualTo(expected.length > 2 ? expected[2] : "");
            }
            case "refuse" -> assertThat(refused(heard)).as(heard.text()).isTrue();
            case "cut" -> assertThat(answered).as(heard.text()).isFalse();
            case "broken" ->
                assertThat(!answered || refused(heard)).as(heard.text()).isTrue();
            default -> throw new IllegalArgumentException("first word: " + said.words());
        }
        assertThat(heard.answers().stream().skip(1))
                .as("the next request's answer: %s", heard.text())
                .allMatch(next -> next.body().equals("/next"));
    }

    private static boolean refused(Heard heard) {
        return !heard.answers().isEmpty() && heard.answers().get(0).status() == 502;
    }
}
