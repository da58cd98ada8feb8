package io.symphony.testing;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds of the machine. What grows with each round of a test is a leak. Needs {@code /proc}.
 *
 * @param threads their names
 * @param connections sockets, pipes, and what waits for them
 * @param files open ones, and folders
 * @param children processes that it has started
 */
public record Holdings(List<String> threads, long connections, long files, long children) {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    public static Holdings now() throws IOException {
        return new Holdings(
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .sorted()
                        .toList(),
                descriptors().filter(target -> !target.isAbsolute()).count(),
                descriptors().filter(Path::isAbsolute).count(),
                ProcessHandle.current().children().count());
    }

    /** Memory that is still in use after a collection: the heap, and buffers outside it. */
    public static long liveBytes() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    public List<String> threadsNamed(String... beginnings) {
        return threads.stream()
                .filter(name -> Stream.of(beginnings).anyMatch(name::startsWith))
                .toList();
    }

    private static Stream<Path> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.toList().stream().flatMap(Holdings::target);
        }
    }

    private static Stream<Path> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            return Stream.empty(); // the one that the list was read by, or closed since
        }
    }
}
