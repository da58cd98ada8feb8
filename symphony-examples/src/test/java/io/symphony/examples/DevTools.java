package io.symphony.examples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One page over Chromium's DevTools protocol: orders with their answers, and what the page does meanwhile. */
final class DevTools implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<Map<?, ?>>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    private DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    static DevTools of(URI page) {
        return new DevTools(page);
    }

    /** In the list of what can be steered, the one page. */
    static URI addressOfPage(String targets) {
        return ((List<?>) parsed(targets))
                .stream()
                        .map(target -> (Map<?, ?>) target)
                        .filter(target -> "page".equals(target.get("type")))
                        .map(target -> URI.create(String.valueOf(target.get("webSocketDebuggerUrl"))))
                        .findFirst()
                        .orElseThrow();
    }

    CompletableFuture<Map<?, ?>> order(String method, String parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        send("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}");
        return answer;
    }

    /** A WebSocket takes a text only once the one before it has gone. */
    private synchronized void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The value of an expression, or of what it promises. */
    CompletableFuture<String> evaluate(String expression) {
        String parameters = "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + quoted(expression) + "}";
        return order("Runtime.evaluate", parameters).thenApply(DevTools::value);
    }

    private static String value(Map<?, ?> answer) {
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(String.valueOf(answer.get("exceptionDetails")));
        }
        return String.valueOf(within(answer, "result").get("value"));
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            take((Map<?, ?>) parsed(message.toString()));
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
        answers.values().forEach(each -> each.completeExceptionally(cause));
    }

    private void take(Map<?, ?> told) {
        if (told.get("id") instanceof Integer id) {
            CompletableFuture<Map<?, ?>> answer = answers.remove(id);
            if (told.containsKey("error")) {
                answer.completeExceptionally(new AssertionError(String.valueOf(told.get("error"))));
            } else {
                answer.complete(within(told, "result"));
            }
            return;
        }
        Map<?, ?> parameters = within(told, "params");
        switch (String.valueOf(told.get("method"))) {
            case "Network.requestWillBeSent" ->
                requests.add(String.valueOf(within(parameters, "request").get("url")));
            case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
                complaints.add(parameters.toString());
            default -> {} // the rest of what a page does is no concern of ours
        }
    }

    /** JSON is YAML, of which we have a reader. */
    private static Object parsed(String json) {
        return new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** The protocol says where an object stands. */
    private static Map<?, ?> within(Map<?, ?> object, String name) {
        return (Map<?, ?>) object.get(name);
    }
}
