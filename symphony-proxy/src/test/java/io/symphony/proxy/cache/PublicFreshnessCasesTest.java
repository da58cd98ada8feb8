package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the public suite at cache-tests.fyi says of how long a shared cache keeps a response, as tables: a
 * response, a pause, a second request, and whether that is answered from the cache (reused), goes to the origin (asked),
 * or does so with a question (validated).
 */
class PublicFreshnessCasesTest {

    private final Story story = new Story();

    private String second(int status, String response, int pauseSeconds, String requestFields) {
        story.fetch("GET /a", "", status, response, "body");
        story.after(pauseSeconds);
        return story.ask("GET /a", requestFields);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        nothing is said                        | X-A: b                                               | 3 | asked
        max-age                                | Cache-Control: max-age=3600                          | 3 | reused
        max-age is over                        | Cache-Control: max-age=2                             | 3 | asked
        max-age is just over                   | Cache-Control: max-age=3                             | 3 | asked
        max-age of 0                           | Cache-Control: max-age=0                             | 0 | asked
        2^31 - 1                               | Cache-Control: max-age=2147483647                    | 3 | reused
        2^31                                   | Cache-Control: max-age=2147483648                    | 3 | reused
        2^31 + 1                               | Cache-Control: max-age=2147483649                    | 3 | reused
        far more than 2^31                     | Cache-Control: max-age=99999999999                   | 3 | reused
        older than max-age when it came        | Cache-Control: max-age=3600 & Date: @0 & Age: 7200   | 0 | asked
        dated before max-age                   | Cache-Control: max-age=3600 & Date: @-7200           | 0 | asked
        max-age against an Expires that is over | Cache-Control: max-age=3600 & Expires: @-7200 & Date: @0 | 3 | reused
        max-age against an Expires that is none | Cache-Control: max-age=3600 & Expires: 0 & Date: @0 | 3 | reused
        max-age of 0 against Expires           | Cache-Control: max-age=0 & Expires: @3600 & Date: @0 | 0 | asked
        beside an unknown directive            | Cache-Control: foobar, max-age=3600                  | 3 | reused
        in mixed case                          | Cache-Control: MaX-aGe=3600                          | 3 | reused
        negative                               | Cache-Control: max-age=-3600                         | 0 | asked
        s-maxage                               | Cache-Control: s-maxage=3600                         | 3 | reused
        a shorter s-maxage                     | Cache-Control: max-age=3600, s-maxage=1              | 3 | asked
        a shorter s-maxage first               | Cache-Control: s-maxage=1, max-age=3600              | 3 | asked
        a shorter s-maxage on another line     | Cache-Control: max-age=3600 & Cache-Control: s-maxage=1 | 3 | asked
        a longer s-maxage                      | Cache-Control: max-age=1, s-maxage=3600              | 3 | reused
        a longer s-maxage against Expires      | Expires: @-10 & Cache-Control: max-age=0, s-maxage=3600 | 3 | reused
        """)
    void cacheControlSaysHowLongAResponseLives(String what, String response, int pause, String becomes) {
        assertThat(second(200, response, pause, "")).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        the first of two counts                | Cache-Control: max-age=1800, max-age=1               | reused
        the first line of two counts           | Cache-Control: max-age=1800 & Cache-Control: max-age=1 | reused
        the first of two counts when stale     | Cache-Control: max-age=1, max-age=1800               | asked
        the first line counts when stale       | Cache-Control: max-age=1 & Cache-Control: max-age=1800 | asked
        quoted                                 | Cache-Control: max-age="3600"                        | reused
        inside a quoted string before          | Cache-Control: extension="max-age=3600", max-age=1   | asked
        inside a quoted string behind          | Cache-Control: max-age=1, extension="max-age=3600"   | asked
        a space before the sign                | Cache-Control: max-age =3600                         | asked
        a space behind the sign                | Cache-Control: max-age= 3600                         | asked
        leading zeros                          | Cache-Control: max-age=003600                        | reused
        single quotes                          | Cache-Control: max-age='3600'                        | asked
        a decimal point                        | Cache-Control: max-age=3600.0                        | asked
        a fraction                             | Cache-Control: max-age=3600.5                        | asked
        a letter in front                      | Cache-Control: max-age=a3600                         | asked
        a letter behind                        | Cache-Control: max-age=3600a                         | asked
        """)
    void cacheControlIsReadStrictly(String what, String response, String becomes) {
        assertThat(second(200, response, 3, "")).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no number is no age              | abc            | reused
        negative                         | -7200          | reused
        a fraction                       | 7200.0         | reused
        2^31 - 1                         | 2147483647     | asked
        2^31                             | 2147483648     | asked
        2^31 + 1                         | 2147483649     | asked
        the first of two counts          | 7200, 0        | asked
        the first of two counts if young | 0, 7200        | reused
        the first line counts            | 7200 & Age: 0  | asked
        the first line counts if young   | 0 & Age: 7200  | reused
        twice zero                       | 0, 0           | reused
        twice zero on two lines          | 0 & Age: 0     | reused
        a parameter makes it no number   | 7200;foo=bar   | reused
        """)
    void ageIsReadStrictly(String what, String age, String becomes) {
        assertThat(second(200, "Cache-Control: max-age=3600 & Date: @0 & Age: " + age, 3, ""))
                .isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        in a month                       | Expires: @2592000 & Date: @0              | reused
        a month ago                      | Expires: @-2592000 & Date: @0             | asked
        now                              | Expires: @0 & Date: @0                    | asked
        before Date, both ahead          | Expires: @300 & Date: @400                | asked
        no date                          | Expires: 0 & Date: @0                     | asked
        beside a Date that is none       | Expires: @10 & Date: foo                  | reused
        older by Age, Date slow          | Expires: @10 & Date: @-10 & Age: 25       | asked
        older by Age, Date fast          | Expires: @20 & Date: @10 & Age: 15        | asked
        beyond 32 bits                   | Expires: Tue, 19 Jan 2038 14:14:08 GMT    | reused
        far ahead                        | Expires: Sun, 21 Nov 2286 04:46:39 GMT    | reused
        as RFC 850 writes it             | Expires: Thursday, 18-Aug-50 02:01:18 GMT | reused
        as asctime writes it             | Expires: Thu Aug  8 02:01:18 2050         | reused
        another case of the day          | Expires: THU, 18 Aug 2050 02:01:18 GMT    | reused
        another case of the month        | Expires: Thu, 18 AUG 2050 02:01:18 GMT    | reused
        another case of the zone         | Expires: Thu, 18 Aug 2050 02:01:18 gMT    | reused
        UTC                              | Expires: Thu, 18 Aug 2050 02:01:18 UTC    | asked
        another zone                     | Expires: Thu, 18 Aug 2050 02:01:18 AEST   | asked
        two digits of the year           | Expires: Thu, 18 Aug 50 02:01:18 GMT      | asked
        no comma                         | Expires: Thu 18 Aug 2050 02:01:18 GMT     | asked
        several spaces                   | Expires: Thu, 18  Aug  2050 02:01:18 GMT  | asked
        dashes                           | Expires: Thu, 18-Aug-2050 02:01:18 GMT    | asked
        periods in the time              | Expires: Thu, 18 Aug 2050 02.01.18 GMT    | asked
        one digit of the hour            | Expires: Thu, 18 Aug 2050 2:01:18 GMT     | asked
        two lines                        | Expires: Thu, 18 Aug 2050 2:01:18 GMT & Expires: Thu, 18 Aug 2050 2:01:19 GMT | asked
        a 32nd of a month                | Expires: Thu, 32 Aug 2050 02:01:18 GMT    | asked
        """)
    void expiresSaysUntilWhenAResponseLives(String what, String response, String becomes) {
        assertThat(second(200, response, 1, "")).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "200, '', reused",
        "201, '', asked",
        "202, '', asked",
        "203, '', reused",
        "204, '', reused",
        "403, '', asked",
        "404, '', reused",
        "405, '', reused",
        "410, '', reused",
        "414, '', reused",
        "501, '', reused",
        "502, '', asked",
        "503, '', asked",
        "504, '', asked",
        "599, '', asked",
        "599, ' & Cache-Control: public', reused"
    })
    void aResponseThatSaysNothingLivesATenthOfItsAgeWhereItsStatusAllowsIt(int status, String more, String becomes) {
        assertThat(second(status, "Last-Modified: @-86400 & Date: @0" + more, 1, ""))
                .isEqualTo(becomes);
    }

    @ParameterizedTest
    @CsvSource({"5, 3, validated", "60, 3, reused", "60, 7, validated", "3600, 300, reused", "31536000, 3601, validated"
    })
    void aGuessIsATenthAndAnHourAtTheMost(int ageSeconds, int pause, String becomes) {
        assertThat(second(200, "Last-Modified: @-" + ageSeconds + " & Date: @0", pause, ""))
                .isEqualTo(becomes);
    }

    @ParameterizedTest
    @CsvSource({
        "200", "203", "204", "299", "301", "302", "303", "307", "308", "400", "404", "410", "499", "500", "502", "503",
        "504", "599"
    })
    void everyStatusLivesAsLongAsItSays(int status) {
        assertThat(second(status, "Cache-Control: max-age=100", 50, "")).isEqualTo("reused");
        story.after(51);
        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }
}
