package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the public suite at cache-tests.fyi says of which responses a shared cache gives to whom, as tables: a
 * response, a pause, a second request, and whether that is answered from the cache (reused), goes to the origin (asked),
 * or does so with a question (validated).
 */
class PublicReuseCasesTest {

    private final Story story = new Story();

    private String second(int status, String response, int pauseSeconds, String requestFields) {
        story.fetch("GET /a", "", status, response, "body");
        story.after(pauseSeconds);
        return story.ask("GET /a", requestFields);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        private                                   | 200 | Cache-Control: private, max-age=3600             | asked
        no-store                                  | 200 | Cache-Control: no-store                          | asked
        no-store in mixed case                    | 200 | Cache-Control: No-StOrE                          | asked
        no-store against max-age and Expires      | 200 | Cache-Control: max-age=10000, no-store & Expires: @10000 | asked
        no-cache against max-age and Expires      | 200 | Cache-Control: max-age=10000, no-cache & Expires: @10000 | asked
        no-cache in mixed case                    | 200 | Cache-Control: max-age=10000, No-CaChE           | asked
        no-cache with a validator                 | 200 | Cache-Control: no-cache & ETag: "abcd"           | validated
        no-cache with a validator and max-age     | 200 | Cache-Control: no-cache, max-age=10000 & ETag: "abcd" | validated
        must-revalidate while fresh               | 200 | Cache-Control: max-age=10000, must-revalidate & ETag: "abcd" | reused
        must-understand of what is understood     | 200 | Cache-Control: max-age=3600, no-store, must-understand | reused
        must-understand of what is not            | 599 | Cache-Control: max-age=3600, no-store, must-understand | asked
        a download                                | 200 | Cache-Control: max-age=3600 & Content-Disposition: attachment; filename=a | reused
        a part                                    | 206 | Cache-Control: max-age=3600 & Content-Range: bytes 0-3/9 | asked
        a cookie is set                           | 200 | Cache-Control: max-age=3600 & Set-Cookie: a=b    | asked
        a cookie is set for everybody             | 200 | Cache-Control: max-age=3600, public & Set-Cookie: a=b | reused
        Pragma on a response                      | 200 | Cache-Control: max-age=3600 & Pragma: no-cache   | reused
        """)
    void aResponseSaysWhetherItMayBeKept(String what, int status, String response, String becomes) {
        assertThat(second(status, response, 1, "")).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        max-age=0                               | Cache-Control: max-age=3600                   | 3 | Cache-Control: max-age=0         | asked
        max-age=1                               | Cache-Control: max-age=3600                   | 3 | Cache-Control: max-age=1         | asked
        max-age against Age                     | Cache-Control: max-age=3600 & Age: 1800       | 0 | Cache-Control: max-age=600       | asked
        max-age that it keeps                   | Cache-Control: max-age=3600                   | 3 | Cache-Control: max-age=600       | reused
        max-stale                               | Cache-Control: max-age=1 & ETag: "a"          | 3 | Cache-Control: max-stale=1000    | reused
        max-stale without a number              | Cache-Control: max-age=1 & ETag: "a"          | 3 | Cache-Control: max-stale         | reused
        max-stale that is too little            | Cache-Control: max-age=1 & ETag: "a"          | 9 | Cache-Control: max-stale=5       | validated
        max-stale against Age                   | Cache-Control: max-age=1500 & Age: 2000 & ETag: "a" | 0 | Cache-Control: max-stale=1000 | reused
        max-stale against must-revalidate       | Cache-Control: max-age=1, must-revalidate & ETag: "a" | 3 | Cache-Control: max-stale | validated
        min-fresh                               | Cache-Control: max-age=1500                   | 0 | Cache-Control: min-fresh=2000    | asked
        min-fresh that it keeps                 | Cache-Control: max-age=1500                   | 0 | Cache-Control: min-fresh=1000    | reused
        min-fresh against Age                   | Cache-Control: max-age=1500 & Age: 1000       | 0 | Cache-Control: min-fresh=1000    | asked
        no-cache                                | Cache-Control: max-age=3600                   | 0 | Cache-Control: no-cache          | asked
        no-cache of what has a date             | Cache-Control: max-age=3600 & Last-Modified: @-10000 | 0 | Cache-Control: no-cache   | validated
        no-cache of what has a tag              | Cache-Control: max-age=3600 & ETag: "abc"     | 0 | Cache-Control: no-cache          | validated
        no-store                                | Cache-Control: max-age=3600                   | 0 | Cache-Control: no-store          | asked
        only-if-cached of what is here          | Cache-Control: max-age=3600                   | 0 | Cache-Control: only-if-cached    | reused
        only-if-cached of what is stale         | Cache-Control: max-age=1 & ETag: "a"          | 3 | Cache-Control: only-if-cached    | refused
        only-if-cached of what is not           | Cache-Control: no-store                       | 0 | Cache-Control: only-if-cached    | refused
        Pragma: no-cache                        | Cache-Control: max-age=3600                   | 0 | Pragma: no-cache                 | asked
        Pragma beside Cache-Control             | Cache-Control: max-age=3600                   | 0 | Pragma: no-cache & Cache-Control: max-age=9 | reused
        Pragma of another kind                  | Cache-Control: max-age=3600                   | 0 | Pragma: unrecognised             | reused
        a cookie is no reason                   | Cache-Control: max-age=3600                   | 0 | Cookie: a=b                      | reused
        a range is the origin's business        | Cache-Control: max-age=3600                   | 0 | Range: bytes=0-1                 | asked
        """)
    void aRequestSaysWhatItTakes(String what, String response, int pause, String request, String becomes) {
        assertThat(second(200, response, pause, request)).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        alone              | max-age=3600                  | asked
        public             | max-age=3600, public          | reused
        must-revalidate    | max-age=3600, must-revalidate | reused
        s-maxage           | s-maxage=3600                 | reused
        """)
    void anAnswerToSomebodyWhoIsKnownIsKeptOnlyWhereItSaysSo(String what, String control, String becomes) {
        story.fetch("GET /a", "Authorization: FOO", 200, "Date: @0 & Cache-Control: " + control, "");

        assertThat(story.ask("GET /a", "")).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same                           | Foo           | Foo: 1                        | Foo: 1                      | reused
        another                            | Foo           | Foo: 1                        | Foo: 2                      | asked
        missing at first                   | Foo           | Bar: 1                        | Foo: 1                      | asked
        missing then                       | Foo           | Foo: 1                        | Bar: 1                      | asked
        what is not named                  | Foo           | Foo: 1 & Other: 2             | Foo: 1 & Other: 3           | reused
        two of two                         | Foo, Bar      | Foo: 1 & Bar: abc             | Foo: 1 & Bar: abc           | reused
        one of two                         | Foo, Bar      | Foo: 1 & Bar: abc             | Foo: 2 & Bar: abc           | asked
        three of three                     | Foo, Bar, Baz | Foo: 1 & Bar: abc & Baz: 789  | Foo: 1 & Bar: abc & Baz: 789 | reused
        in another order                   | Foo, Bar, Baz | Foo: 1 & Bar: abc & Baz: 789  | Baz: 789 & Foo: 1 & Bar: abc | reused
        in another order, not the same     | Foo, Bar, Baz | Foo: 1 & Bar: abc & Baz: 789  | Foo: 1 & Baz: 789 & Bar: abcde | asked
        missing in both                    | Foo, Bar, Baz | Foo: 1 & Baz: 789             | Foo: 1 & Baz: 789           | reused
        a star                             | *             | Foo: 1                        | Foo: 1                      | asked
        two stars                          | *, *          | Foo: 1                        | Foo: 1                      | asked
        two stars on two lines             | * & Vary: *   | Foo: 1                        | Foo: 1                      | asked
        nothing and a star                 | , *           | Foo: 1                        | Foo: 1                      | asked
        a star and a name                  | *, Foo        | Foo: 1                        | Foo: 1                      | asked
        a name and a star                  | Foo, *        | Foo: 1                        | Foo: 1                      | asked
        two lines are one list             | Foo           | Foo: 1, 2                     | Foo: 1 & Foo: 2             | reused
        spaces in a list                   | Foo           | Foo: 1,2                      | Foo: 1, 2                   | reused
        spaces in a list of languages      | Accept-Language | Accept-Language: en, de     | Accept-Language: en ,   de  | reused
        languages in another case          | Accept-Language | Accept-Language: en, de     | Accept-Language: eN, De     | reused
        languages in another order         | Accept-Language | Accept-Language: en, de     | Accept-Language: de, en     | asked
        what we write ourselves            | X-Forwarded-For | Foo: 1                      | Foo: 1                      | asked
        """)
    void varySaysWhichRequestsAreAlike(String what, String vary, String first, String second, String becomes) {
        story.fetch("GET /a", first, 200, "Cache-Control: max-age=5000 & Date: @0 & Vary: " + vary, "");

        assertThat(story.ask("GET /a", second)).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same tag                       | ETag: "abcdef"                          | If-None-Match: "abcdef"                   | 304
        another tag                        | ETag: "abcdef"                          | If-None-Match: "ghi"                      | 200
        a tag against a date               | ETag: "abcdef" & Last-Modified: @-5000  | If-None-Match: "abcdef" & If-Modified-Since: @-9000 | 304
        another tag against a date         | ETag: "abcdef" & Last-Modified: @-5000  | If-None-Match: "x" & If-Modified-Since: @-1 | 200
        a weak tag                         | ETag: W/"abcdef"                        | If-None-Match: W/"abcdef"                 | 304
        a weak tag for a strong one        | ETag: "abcdef"                          | If-None-Match: W/"abcdef"                 | 304
        tags without quotes                | ETag: abcdef                            | If-None-Match: abcdef                     | 304
        quotes on one side                 | ETag: "abcdef"                          | If-None-Match: abcdef                     | 200
        the first of three                 | ETag: "abcdef"                          | If-None-Match: "abcdef", "1234", "5678"   | 304
        the second of three                | ETag: "abcdef"                          | If-None-Match: "1234", "abcdef", "5678"   | 304
        the last of three                  | ETag: "abcdef"                          | If-None-Match: "1234", "5678", "abcdef"   | 304
        any                                | ETag: "abcdef"                          | If-None-Match: *                          | 304
        the same date                      | Last-Modified: @-3000 & Date: @0        | If-Modified-Since: @-3000                 | 304
        a later date                       | Last-Modified: @-3000 & Date: @0        | If-Modified-Since: @-2000                 | 304
        an earlier date                    | Last-Modified: @-3000 & Date: @0        | If-Modified-Since: @-4000                 | 200
        no Last-Modified, before Date      | Date: @0                                | If-Modified-Since: @-3000                 | 200
        no Last-Modified, at Date          | Date: @0                                | If-Modified-Since: @0                     | 304
        no date                            | Last-Modified: @-3000 & Date: @0        | If-Modified-Since: yesterday              | 200
        """)
    void aClientThatHasItIsToldSo(String what, String response, String request, int status) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=100000 & " + response, "body");

        Answer answer = story.reuse("GET /a", request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Story.text(answer)).isEqualTo(status == 304 ? "" : "body");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "POST, 200, asked", "PUT, 204, asked", "DELETE, 303, asked", "M-SEARCH, 200, asked", "POST, 500, reused",
        "PUT, 404, reused", "DELETE, 502, reused", "M-SEARCH, 400, reused", "OPTIONS, 200, reused", "TRACE, 200, reused"
    })
    void whatMayHaveChangedSomethingInvalidatesItWhereItSucceeded(String method, int status, String becomes) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1000", "");

        story.fetch(method + " /a", "", status, "", "");

        assertThat(story.ask("GET /a", "")).isEqualTo(becomes);
    }

    @ParameterizedTest
    @CsvSource({
        "Location, /b/c, asked",
        "Content-Location, /b/c, asked",
        "Location, c, asked",
        "Location, http://example.org/b/c, asked",
        "Location, HTTP://EXAMPLE.org/b/c, asked",
        "Location, http://example.com/b/c, reused",
        "Location, https://example.org/b/c, reused",
        "Content-Location, //example.org/b/c, asked",
        "Location, http://a b/, reused",
        "Location, mailto:b, reused"
    })
    void soItDoesWhatItNamesOfTheSameOrigin(String field, String reference, String becomes) {
        story.fetch("GET /b/c", "", 200, "Cache-Control: max-age=1000", "");

        story.fetch("POST /b/a", "", 201, field + ": " + reference, "");

        assertThat(story.ask("GET /b/c", "")).isEqualTo(becomes);
    }
}
