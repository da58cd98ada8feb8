package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.proxy.StrictReader.Message;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays {@code requests.corpus} through a listener: what is ambiguous stops there, and what goes on means one thing.
 *
 * <p>The words of a case:
 *
 * <ul>
 *   <li>{@code accept 2}: so many requests reach the replica and are answered
 *   <li>{@code reject 400 after 1}: after so many, a request is refused with this status and the connection ends
 *   <li>{@code close}: the connection ends without an answer, and no whole request reaches the replica
 *   <li>{@code safe}: accepted or refused, but nothing that is not strictly HTTP/1.1 is sent to either side
 *   <li>{@code sends text} and {@code hides text}: what stands, or does not, in what the replica gets
 *   <li>{@code see}: the paragraph
 * </ul>
 */
class RequestCorpusTest {

    private static final List<Corpus.Case> CASES = Corpus.read("requests.corpus");

    /** A listener before a recorder. */
    private record Lane(Recorder recorder, Setup setup) implements Closeable {

        static Lane open() throws IOException {
            Recorder recorder = new Recorder();
            return new Lane(recorder, Setup.before(recorder.backend()));
        }

        @Override
        public void close() throws IOException {
            setup.close();
            recorder.close();
        }
    }

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
    void everyCaseHasItsOwnNameAndOneExpectation() {
        assertThat(new HashSet<>(CASES.stream().map(Corpus.Case::id).toList())).hasSameSizeAs(CASES);
        assertThat(CASES).allMatch(sent -> sent.has("see")).allMatch(sent -> expectations(sent) == 1);
        assertThat(CASES).hasSizeGreaterThan(300);
    }

    private static long expectations(Corpus.Case sent) {
        return List.of("accept", "reject", "close", "safe").stream()
                .filter(sent::has)
                .count();
    }

    @TestFactory
    List<DynamicTest> whatIsAmbiguousStopsAndTheRestMeansOneThing() {
        return lanes.play(CASES, (lane, sent) -> {
            play(lane, sent, List.of(sent.text()));
            play(lane, sent, cut(sent));
        });
    }

    /** The same bytes in three pieces, cut in places that depend on nothing but the case. */
    private static List<String> cut(Corpus.Case sent) {
        Random random = new Random(sent.id().hashCode());
        int first = random.nextInt(sent.text().length());
        int second = first + random.nextInt(sent.text().length() - first);
        return List.of(
                sent.text().substring(0, first),
                sent.text().substring(first, second),
                sent.text().substring(second));
    }

    private static void play(Lane lane, Corpus.Case sent, List<String> pieces) throws IOException {
        lane.recorder().clear();
        String answer = exchange(lane, pieces);
        List<Message> got = lane.recorder().messages();
        assertThat(lane.recorder().breaches()).isEmpty();
        List<Message> answers = answers(answer, sent, got);
        judge(sent, statuses(answers), got);
        assertThat(answers.subList(0, Math.max(0, answers.size() - 1)))
                .as("before the last: %s", answer)
                .allMatch(one -> one.values("connection").isEmpty());
        checkWhatWasSent(sent, got);
        checkNextClient(lane);
    }

    private static String exchange(Lane lane, List<String> pieces) throws IOException {
        try (Wire client = lane.setup().connect()) {
            for (String piece : pieces) {
                client.send(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
            return client.end().rest();
        } catch (SocketException reset) {
            return "";
        }
    }

    private static List<Message> answers(String text, Corpus.Case sent, List<Message> got) {
        StrictReader reader = new StrictReader(text);
        List<Message> answers = new ArrayList<>();
        while (!reader.atEnd()) {
            int number = answers.size();
            String method = number < got.size() ? got.get(number).method() : sent.text();
            answers.add(reader.response(method.startsWith("HEAD") ? "HEAD" : method, true));
        }
        return answers;
    }

    private static List<Integer> statuses(List<Message> answers) {
        return answers.stream().map(Message::status).toList();
    }

    private static void judge(Corpus.Case sent, List<Integer> statuses, List<Message> got) {
        String expected = sent.words().get(0);
        String[] words = expected.split(" ", -1);
        List<Integer> wanted = new ArrayList<>();
        switch (words[0]) {
            case "accept" -> wanted.addAll(oks(words.length > 1 ? words[1] : "1"));
            case "reject" -> {
                wanted.addAll(oks(words.length > 3 ? words[3] : "0"));
                wanted.add(Integer.valueOf(words[1]));
            }
            case "close" -> wanted.addAll(oks(words.length > 2 ? words[2] : "0"));
            case "safe" -> wanted.addAll(statuses);
            default -> throw new IllegalArgumentException("first word: " + expected);
        }
        assertThat(statuses).as(expected).isEqualTo(wanted);
        long answered = wanted.stream().filter(status -> status == 200).count();
        assertThat(got).as(expected).hasSize((int) answered);
    }

    private static List<Integer> oks(String number) {
        return Collections.nCopies(Integer.parseInt(number), 200);
    }

    private static void checkWhatWasSent(Corpus.Case sent, List<Message> got) {
        String all = got.toString();
        sent.all("sends").forEach(text -> assertThat(all).contains(text));
        sent.all("hides").forEach(text -> assertThat(all).doesNotContain(text));
    }

    /** Whatever stood before, on whatever connection the replica now gets it. */
    private static void checkNextClient(Lane lane) throws IOException {
        lane.recorder().clear();
        String answer = exchange(lane, List.of("GET /next HTTP/1.1\r\nHost: next\r\n\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok");
        assertThat(lane.recorder().messages())
                .singleElement()
                .matches(got -> got.target().equals("/next"));
    }
}
