package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.Test;

/**
 * Our reading of a head against HttpCore's, on the corpora and on damaged heads from fixed seeds. Whatever both accept
 * they read the same way; we accept nothing that it does not, and a table says why where it is the other way round. A
 * row that nothing shows any more fails, too.
 */
class DifferentialTest {

    private static final int ROUNDS = 30_000;
    /** As many as HttpCore lets pass when it is told nothing. */
    private static final int MOST_FIELDS = 100;

    private static final int SHOWN = 300;
    private static final long REQUEST_SEED = 9110;
    private static final long RESPONSE_SEED = 9112;

    /** What we refuse in a request and HttpCore's parser lets pass, and why we do not. */
    private static final Map<Refusal, String> STRICTER_WITH_REQUESTS = Map.ofEntries(
            Map.entry(Refusal.BAD_METHOD, "any byte but a blank passes there; a method is a token (RFC 9110, 9.1)"),
            Map.entry(Refusal.LONG_METHOD, "no method that is known is so long (RFC 9110, 9.1 leaves it to us)"),
            Map.entry(Refusal.BAD_TARGET, "its form and its bytes are not looked at there (RFC 9112, 3.2)"),
            Map.entry(Refusal.BAD_LINE, "several blanks pass there; one SP stands between the parts (RFC 9112, 3)"),
            Map.entry(Refusal.BAD_VERSION, "the version is checked behind the parser there (RFC 9110, 2.5)"),
            Map.entry(
                    Refusal.BARE_LF,
                    "a line may end in LF alone there; what others take for one line would be two (RFC 9112, 2.2)"),
            Map.entry(Refusal.BARE_CR, "it stays in the line there; to some it ends one (RFC 9112, 2.2)"),
            Map.entry(Refusal.BAD_NAME, "any byte passes there; a name is a token (RFC 9110, 5.1)"),
            Map.entry(
                    Refusal.BLANK_BEFORE_COLON,
                    "a name may hold a blank there; a server must refuse it (RFC 9112, 5.1)"),
            Map.entry(
                    Refusal.FOLDED,
                    "lines are unfolded there; a server may refuse instead, and must before a field (RFC 9112, 5.2)"),
            Map.entry(Refusal.BAD_VALUE, "control characters pass there (RFC 9110, 5.5)"),
            Map.entry(Refusal.NO_HOST, "Host is checked behind the parser there (RFC 9112, 3.2)"),
            Map.entry(Refusal.MANY_HOSTS, "Host is checked behind the parser there (RFC 9112, 3.2)"),
            Map.entry(Refusal.BAD_HOST, "Host is checked behind the parser there (RFC 9112, 3.2)"),
            Map.entry(Refusal.BAD_LENGTH, "signs and folded lines pass there (RFC 9112, 6.3)"),
            Map.entry(
                    Refusal.LENGTH_AND_CODING,
                    "the coding wins there; whoever lets the length win sees two requests (RFC 9112, 6.1)"),
            Map.entry(Refusal.BAD_CODING, "empty elements of the list and folded lines pass there (RFC 9112, 6.1)"),
            Map.entry(Refusal.MANY_CODINGS, "a second field may pass there (RFC 9112, 6.1)"),
            Map.entry(Refusal.OLD_CODING, "the version does not count there; the framing is faulty (RFC 9112, 6.1)"),
            Map.entry(Refusal.BAD_CONNECTION, "not looked at by the parser there (RFC 9110, 7.6.1)"),
            Map.entry(
                    Refusal.BAD_EXPECTATION,
                    "left to the handler there; only 100-continue can be met (RFC 9110, 10.1.1)"),
            Map.entry(
                    Refusal.CONNECT,
                    "a method like any other there; nothing here makes such tunnels (RFC 9110, 9.3.6)"),
            Map.entry(Refusal.BAD_HOPS, "left to the handler there (RFC 9110, 7.6.2)"));

    private static final Map<Refusal, String> STRICTER_WITH_RESPONSES = Map.ofEntries(
            Map.entry(Refusal.BAD_LINE, "several blanks pass there; one SP stands between the parts (RFC 9112, 4)"),
            Map.entry(Refusal.BAD_VERSION, "the version is checked behind the parser there (RFC 9110, 2.5)"),
            Map.entry(Refusal.BAD_STATUS, "numbers below 100 pass there (RFC 9110, 15)"),
            Map.entry(Refusal.BARE_LF, "a line may end in LF alone there (RFC 9112, 2.2)"),
            Map.entry(Refusal.BARE_CR, "it stays in the line there (RFC 9112, 2.2)"),
            Map.entry(Refusal.BAD_NAME, "any byte passes there; a name is a token (RFC 9110, 5.1)"),
            Map.entry(Refusal.BLANK_BEFORE_COLON, "a name may hold a blank there (RFC 9112, 5.1)"),
            Map.entry(Refusal.FOLDED, "lines are unfolded there; a gateway may answer 502 instead (RFC 9112, 5.2)"),
            Map.entry(Refusal.BAD_VALUE, "control characters pass there (RFC 9110, 5.5)"),
            Map.entry(Refusal.BAD_LENGTH, "a sign may stand before the digits there (RFC 9112, 6.3)"),
            Map.entry(Refusal.LENGTH_AND_CODING, "the coding wins there (RFC 9112, 6.3)"),
            Map.entry(
                    Refusal.BAD_CODING,
                    "empty elements of the list, and codings where no body is, pass there (RFC 9112, 6.1)"),
            Map.entry(Refusal.OLD_CODING, "the version does not count there; the framing is faulty (RFC 9112, 6.1)"),
            Map.entry(Refusal.BAD_CONNECTION, "not looked at by the parser there (RFC 9110, 7.6.1)"));

    /** What is seen in the inputs of one kind: who accepts what the other does not, with one input for each reason. */
    private record Differences(Map<Refusal, String> onlyTheirs, Map<String, String> onlyOurs, int agreed) {}

    @Test
    void aRequestIsReadAsHttpCoreReadsItOrNotAtAll() {
        Damage damage = new Damage(REQUEST_SEED);
        Stream<byte[]> inputs = Stream.concat(
                Corpus.read("requests.corpus").stream().map(Corpus.Case::bytes),
                IntStream.range(0, ROUNDS).mapToObj(round -> damage.to(Damage.REQUESTS)));
        Differences seen = compare(inputs, new RequestHead(MOST_FIELDS, 100_000), HttpCoreReading::ofRequest);
        check(seen, STRICTER_WITH_REQUESTS);
    }

    @Test
    void aResponseIsReadAsHttpCoreReadsItOrNotAtAll() {
        Damage damage = new Damage(RESPONSE_SEED);
        Stream<byte[]> inputs = Stream.concat(
                Corpus.read("responses.corpus").stream().map(Corpus.Case::bytes),
                IntStream.range(0, ROUNDS).mapToObj(round -> damage.to(Damage.RESPONSES)));
        Differences seen = compare(inputs, new ResponseHead(MOST_FIELDS), HttpCoreReading::ofResponse);
        check(seen, STRICTER_WITH_RESPONSES);
    }

    private static void check(Differences seen, Map<Refusal, String> stricter) {
        assertThat(seen.onlyOurs()).isEmpty();
        assertThat(seen.onlyTheirs().keySet())
                .as("only HttpCore accepts: %s", seen.onlyTheirs())
                .isEqualTo(stricter.keySet());
        assertThat(seen.agreed()).isGreaterThan(1_000);
    }

    /** HttpCore's way with one kind of head. */
    private interface Theirs {
        HttpCoreReading read(byte[] bytes, int length) throws IOException, HttpException;
    }

    private static Differences compare(Stream<byte[]> inputs, Head head, Theirs theirs) {
        Map<Refusal, String> onlyTheirs = new TreeMap<>();
        Map<String, String> onlyOurs = new TreeMap<>();
        List<byte[]> agreed = new ArrayList<>();
        inputs.forEach(bytes -> {
            int length = head.parse(bytes, 0, bytes.length);
            if (length == Head.INCOMPLETE) {
                return;
            }
            String shown = new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.ISO_8859_1);
            try {
                HttpCoreReading their = theirs.read(bytes, length > 0 ? length : bytes.length);
                if (length == Head.REFUSED) {
                    onlyTheirs.putIfAbsent(head.refusal(), shown);
                } else {
                    assertThat(HttpCoreReading.ofOurs(head)).as(shown).isEqualTo(their);
                    agreed.add(bytes);
                }
            } catch (IOException | HttpException | IllegalArgumentException refused) {
                if (length > 0) {
                    onlyOurs.putIfAbsent(String.valueOf(refused.getMessage()), shown);
                }
            }
        });
        return new Differences(onlyTheirs, onlyOurs, agreed.size());
    }
}
