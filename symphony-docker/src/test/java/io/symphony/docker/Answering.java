package io.symphony.docker;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A replica for tests, in an image of its own: answers HTTP requests, unless its environment says otherwise. */
final class Answering {

    static final String BEHAVIOUR = "BEHAVIOUR";
    static final int PORT = 8_080;

    private Answering() {}

    public static void main(String[] args) throws IOException {
        String behaviour = System.getenv().getOrDefault(BEHAVIOUR, "answers");
        switch (behaviour) {
            case "exits" -> exit(System.getenv("COMPLAINT"), Integer.parseInt(System.getenv("EXIT_CODE")));
            case "hoards" -> hoard();
            case "deaf" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(Answering::waitForEver));
                System.out.println(System.getenv("DEAF"));
                answer();
            }
            default -> answer();
        }
    }

    private static void answer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    private static void exit(String complaint, int code) {
        System.err.println(complaint);
        System.exit(code);
    }

    /** Takes memory until there is none. */
    private static void hoard() {
        byte[][] hoarded = new byte[1_000][];
        for (int number = 0; number < hoarded.length; number++) {
            hoarded[number] = new byte[1 << 20];
            java.util.Arrays.fill(hoarded[number], (byte) 1);
        }
        System.out.println(hoarded.length);
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
