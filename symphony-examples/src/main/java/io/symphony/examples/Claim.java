package io.symphony.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a second program from running the same service on this machine: both would take each other's replicas for
 * their own. It is the lock of a file, which the kernel takes back however its holder ends, so who follows a crash waits
 * for nothing. The file stays: if it were deleted, two could hold a lock each, on two files of one name.
 */
final class Claim {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int MOST_DIGITS = 20;

    /** A program that was killed may take a moment to be gone. */
    private static final int LOOKS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final String service;
    private final FileChannel file;

    private Claim(String service, FileChannel file) {
        this.service = service;
        this.file = file;
    }

    /**
     * Claims a service for this program; empty where there is nothing to fight over, those who serve it agree who decides, or
     * nobody can tell.
     */
    static Optional<Claim> lay(ServicePlan plan) throws CannotStart, InterruptedException {
        String service = plan.spec().name();
        if (plan.isFixedPool() || plan.together().isPresent()) {
            return Optional.empty();
        }
        try {
            Claim claim = on(service);
            if (plan.front().sharesPort()) {
                claim.takeOver();
            } else {
                claim.take();
            }
            return Optional.of(claim);
        } catch (IOException e) {
            LOG.warn("{}: whether another program runs it, too, cannot be told: {}", service, e.toString());
            return Optional.empty();
        }
    }

    /** The file of a service, which nobody but this user may open. */
    private static Claim on(String service) throws IOException {
        String name = "symphony-" + System.getProperty("user.name") + "-" + service + ".lock";
        return new Claim(
                service,
                FileChannel.open(
                        Path.of(System.getProperty("java.io.tmpdir"), name),
                        OPTIONS,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    private void take() throws CannotStart, IOException, InterruptedException {
        if (!isFree() && !isFreeSoon()) {
            String holder = holder();
            end();
            throw new CannotStart(service + " is run by another program of yours already, process " + holder
                    + ". End it, choose another --name, or start both with --reuse-port, to hand it over.");
        }
        sign();
    }

    /** From a predecessor, who may still drain. */
    private void takeOver() throws IOException {
        if (isFree()) {
            sign();
            return;
        }
        Thread heir = new Thread(this::inherit, "symphony-claim");
        heir.setDaemon(true);
        heir.start();
    }

    private void inherit() {
        try {
            file.lock();
            sign();
        } catch (ClosedChannelException e) {
            LOG.debug("{}: ended before its predecessor", service);
        } catch (IOException | OverlappingFileLockException e) {
            LOG.warn("{}: another program may run it, too: {}", service, e.toString());
        }
    }

    private boolean isFree() throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // we ourselves have it
        }
    }

    private boolean isFreeSoon() throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            if (isFree()) {
                return true;
            }
        }
        return false;
    }

    private void sign() throws IOException {
        file.truncate(0);
        file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    }

    private String holder() throws IOException {
        ByteBuffer digits = ByteBuffer.allocate(MOST_DIGITS);
        file.read(digits, 0);
        return new String(digits.array(), 0, digits.position(), StandardCharsets.US_ASCII);
    }

    /** Lets go of it. */
    void end() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("{}: letting go of it", service, e);
        }
    }
}
