package io.symphony.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener.Member;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpstreamRulesTest {

    @Test
    void theBlockHasEachReplicaWithTheRulesForItsFailures() {
        UpstreamRules rules = UpstreamRules.of("acts")
                .withBalancing(NginxBalancing.leastConnections())
                .withFailures(3, Duration.ofSeconds(10))
                .withKeepAlive(8);

        assertThat(rules.block(List.of(member(1, 1), member(2, 5)))).isEqualTo("""
                # Symphony writes this file whenever the replicas of acts change.
                upstream symphony_acts {
                    zone symphony_acts 256k;
                    least_conn;
                    server 127.0.0.1:20001 max_fails=3 fail_timeout=10s;
                    server 127.0.0.1:20002 weight=5 max_fails=3 fail_timeout=10s;
                    keepalive 8;
                    keepalive_timeout 4s;
                }
                """);
    }

    @Test
    void withNobodyInItNginxStillFindsItGood() {
        assertThat(UpstreamRules.of("acts").withKeepAlive(0).block(List.of())).isEqualTo("""
                # Symphony writes this file whenever the replicas of acts change.
                upstream symphony_acts {
                    zone symphony_acts 256k;
                    server 127.0.0.1:1 down; # nobody serves, and nginx wants a name
                }
                """);
    }

    @Test
    void theZoneGrowsWithTheReplicas() {
        List<Member> hundred = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> member(number, 1))
                .toList();

        assertThat(UpstreamRules.of("acts").block(hundred)).contains("zone symphony_acts 400k;");
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        Member six = new Member(new ReplicaId("acts", 1), new Endpoint("::1", 80), 1);

        assertThat(UpstreamRules.of("acts").block(List.of(six))).contains("server [::1]:80 ");
    }

    @Test
    void theUpstreamHasANameThatNginxReads() {
        assertThat(UpstreamRules.of("my-acts.v2").upstream()).isEqualTo("symphony_my_acts_v2");
    }

    @Test
    void anAddressThatWouldBreakOutOfItsLineIsRefused() {
        Member evil = new Member(new ReplicaId("acts", 1), new Endpoint("a; include /etc/x", 80), 1);

        assertThatThrownBy(() -> UpstreamRules.of("acts").block(List.of(evil)))
                .hasMessage("acts-1 answers at 'a; include /etc/x:80', which cannot be written into nginx's"
                        + " configuration. Give it a plain name or address.");
        assertThatThrownBy(() -> NginxBalancing.hash("X; }")).hasMessageStartingWith("header: 'X; }'");
    }

    @Test
    void whatIsWrongIsRefusedWithItsName() {
        UpstreamRules rules = UpstreamRules.of("acts");

        assertThatThrownBy(() -> UpstreamRules.of("Acts!")).hasMessageStartingWith("name: 'Acts!'");
        assertThatThrownBy(() -> rules.withFailures(-1, Duration.ofSeconds(1)))
                .hasMessage("maxFails: -1 (expected: >= 0)");
        assertThatThrownBy(() -> rules.withFailures(1, Duration.ofMillis(999)))
                .hasMessage("failTimeout: PT0.999S (expected: >= 1 s)");
        assertThatThrownBy(() -> rules.withKeepAlive(-1)).hasMessage("keepAlive: -1 (expected: >= 0)");
    }

    private static Member member(int number, int weight) {
        return new Member(new ReplicaId("acts", number), Endpoint.local(20_000 + number), weight);
    }
}
