package io.symphony.examples;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page.
 *
 * <pre>{@code
 * try (Browser browser = Browser.open("http://127.0.0.1:9090/", emptyFolder)) {
 *     browser.click("#more");
 * }
 * }</pre>
 */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** No sandbox, which root and containers cannot have: what is shown is ours. Nothing is asked of anybody else. */
    private static final List<String> COMMAND = List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--remote-debugging-port=0");

    private final Process process;
    private final DevTools page;

    private Browser(Process process, DevTools page) {
        this.process = process;
        this.page = page;
    }

    /** Shows a page, and waits until it is all there. */
    static Browser open(String url, Path profile) throws IOException, InterruptedException {
        Process process = start(profile);
        try {
            Browser browser = new Browser(process, DevTools.of(pageOf(profile)));
            browser.show(url);
            return browser;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            end(process);
            throw e;
        }
    }

    private static Process start(Path profile) throws IOException {
        List<String> command = Stream.concat(COMMAND.stream(), Stream.of("--user-data-dir=" + profile, "about:blank"))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(profile.resolve("chromium.log").toFile());
        builder.environment().put("TMPDIR", profile.toString());
        return builder.start();
    }

    /** The address of its page: Chromium writes down its port once it listens there. */
    private static URI pageOf(Path profile) throws IOException, InterruptedException {
        Path written = profile.resolve("DevToolsActivePort");
        await("a browser, which says:\n" + Files.readString(profile.resolve("chromium.log")))
                .atMost(PATIENCE)
                .until(() ->
                        Files.exists(written) && Files.readAllLines(written).size() == 2);
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(written).get(0) + "/json/list");
        String targets = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return DevTools.addressOfPage(targets);
    }

    private void show(String url) {
        for (String domain : List.of("Log", "Runtime", "Network", "Page")) {
            answer(page.order(domain + ".enable", "{}"));
        }
        answer(page.order("Page.navigate", "{\"url\":" + DevTools.quoted(url) + "}"));
        answer(when("document.readyState === 'complete' && location.href !== 'about:blank'"));
    }

    /** What an expression yields in the page, as text. */
    String value(String expression) {
        return answer(page.evaluate("String(" + expression + ")"));
    }

    void click(String selector) {
        answer(page.evaluate("document.querySelector('" + selector + "').click()"));
    }

    /** When this becomes true in the page, by its clock: now or after any change of what it shows. */
    CompletableFuture<Instant> when(String condition) {
        return page.evaluate("""
            new Promise(done => {
              const check = () => {
                if (!(%s)) return false;
                watch.disconnect();
                done(String(Date.now()));
                return true;
              };
              const watch = new MutationObserver(check);
              check() || watch.observe(document,
                { subtree: true, childList: true, attributes: true, characterData: true });
            })\
            """.formatted(condition))
                .thenApply(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    /** What the page complained of: errors, warnings, exceptions. */
    List<String> complaints() {
        return page.complaints();
    }

    /** The addresses that were asked for. */
    List<String> requests() {
        return page.requests();
    }

    static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer of the browser", e);
        }
    }

    @Override
    public void close() {
        end(process);
    }

    /** With its children: one that still wrote into the profile could keep it from being removed. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> answer(each.onExit()));
    }
}
