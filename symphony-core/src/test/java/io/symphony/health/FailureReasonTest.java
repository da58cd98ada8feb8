package io.symphony.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureReasonTest {

    @Test
    void theKindOfExceptionTells() {
        assertThat(FailureReason.of(new ConnectException("refused"))).isEqualTo(FailureReason.CONNECT);
        assertThat(FailureReason.of(new NoRouteToHostException())).isEqualTo(FailureReason.CONNECT);
        assertThat(FailureReason.of(new UnknownHostException("acts"))).isEqualTo(FailureReason.CONNECT);
        assertThat(FailureReason.of(new SocketException("Connection reset"))).isEqualTo(FailureReason.RESET);
        assertThat(FailureReason.of(new EOFException())).isEqualTo(FailureReason.RESET);
        assertThat(FailureReason.of(new ClosedChannelException())).isEqualTo(FailureReason.RESET);
        assertThat(FailureReason.of(new SocketTimeoutException())).isEqualTo(FailureReason.TIMEOUT);
        assertThat(FailureReason.of(new TimeoutException())).isEqualTo(FailureReason.TIMEOUT);
        assertThat(FailureReason.of(new IOException("what?"))).isEqualTo(FailureReason.OTHER);
    }

    @Test
    void soDoesTheCauseOfTheCause() {
        assertThat(FailureReason.of(new ExecutionException(new UncheckedIOException(new ConnectException("refused")))))
                .isEqualTo(FailureReason.CONNECT);
    }

    @Test
    void causesThatGoInACircleTellNothing() {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(FailureReason.of(one)).isEqualTo(FailureReason.OTHER);
    }
}
