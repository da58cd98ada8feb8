package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.Orchestrator;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.proxy.Listener;
import io.symphony.proxy.admin.Admin;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.testing.OnChromium;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a service under load, in a real browser. */
@ExtendWith(OnChromium.class)
@Timeout(180)
class DashboardIT {

    /** Far above what is aimed at, which is 1.5 s: this machine may have other things to do. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String READY = "document.querySelectorAll('.replica[data-phase=READY]:not(.gone)').length";

    private final String name = "it-dashboard-" + ProcessHandle.current().pid();
    private final HttpHealthProbe probe = HttpHealthProbe.at("/health");
    private Orchestrator acts;
    private Listener listener;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        List<String> sample = Parsers.command().parse(List.of(Launched.sampleCommand()));
        acts = Orchestrator.of(ServiceSpec.command(name, sample.toArray(String[]::new)))
                .between(0, 4)
                .scaling(ScalingPolicy.fixed(2))
                .rollingOut(RollOutPolicy.inStepsOf(3).withWatch(Duration.ZERO).withSettle(Duration.ZERO))
                .drain(Duration.ofSeconds(2))
                .probe(probe)
                .start();
        listener = Listener.forwarding(acts).at("127.0.0.1", 0).start();
        admin = Admin.over(acts, listener).at("127.0.0.1", 0).start();
        assertThat(acts.awaitReady(2, Duration.ofSeconds(60))).isTrue();
    }

    @AfterEach
    void close() {
        listener.close();
        admin.close();
        acts.close();
        probe.close();
        Launched.replicasOf(name).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void eachChangeIsSeenSoonAfterItHappens(@TempDir Path profile) throws Exception {
        String page = url(admin.address().getPort());
        try (LoadRun load = load();
                Browser browser = Browser.open(page, profile)) {
            Browser.answer(browser.when("document.getElementById('link').dataset.state === 'live'"));
            Browser.answer(browser.when("Number(document.getElementById('rps').textContent) > 0"));
            watchDecisions(browser);

            seen("the button for one more", browser, target(3), () -> browser.click("#more"));
            Browser.answer(browser.when(READY + " === 3"));
            seen(
                    "a kill",
                    browser,
                    "document.getElementById('events').textContent.includes('SIGKILL')",
                    () -> Launched.replicasOf(name).get(0).destroyForcibly());
            Browser.answer(browser.when(READY + " === 3"));
            seen(
                    "a roll-out",
                    browser,
                    "!document.getElementById('moving').hidden",
                    () -> acts.rollOut(acts.spec().withEnv("COLOUR", "green")));
            Browser.answer(browser.when("document.getElementById('moving').hidden && " + READY + " === 3"));

            assertThat(load.progress().succeeded()).isPositive();
            assertThat(latestDecision(browser)).isLessThan(SOON.toMillis());
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().allMatch(request -> request.startsWith(page));
        }
    }

    @Test
    void theLastReplicaCanBeTakenAwayByItsButton(@TempDir Path profile) throws Exception {
        try (Browser browser = Browser.open(url(admin.address().getPort()), profile)) {
            Browser.answer(browser.when(target(2)));
            browser.click("#fewer");
            Browser.answer(browser.when(target(1)));
            browser.click("#fewer");
            Browser.answer(browser.when(target(0)));

            assertThat(browser.value("document.getElementById('fewer').disabled"))
                    .isEqualTo("true");
        }
    }

    private static String target(int replicas) {
        return "document.getElementById('target').textContent === '" + replicas + "'";
    }

    /** Has something happen, and measures how long it takes until it is seen. */
    private static void seen(String what, Browser browser, String condition, Runnable happening) {
        CompletableFuture<Instant> seen = browser.when(condition);
        Instant happened = Instant.now();
        happening.run();
        Duration lag = Duration.between(happened, Browser.answer(seen));
        System.out.println("Dashboard: " + what + " is seen after " + lag.toMillis() + " ms");
        assertThat(lag).as(what).isLessThan(SOON);
    }

    /** Notes how old each decision is when it appears. */
    private static void watchDecisions(Browser browser) {
        browser.value("""
            (window.ages = [],
            new MutationObserver(all => all.flatMap(each => [...each.addedNodes]).forEach(
              item => ages.push(Date.now() - Date.parse(item.querySelector('time').dateTime))))
            .observe(document.getElementById('events'), { childList: true }))\
            """);
    }

    private static long latestDecision(Browser browser) {
        long millis = Long.parseLong(browser.value("Math.max(...ages)"));
        System.out.println("Dashboard: the latest of " + browser.value("ages.length") + " decisions is seen after "
                + millis + " ms");
        return millis;
    }

    private LoadRun load() throws Exception {
        Request request = Request.of("GET", URI.create(url(listener.address().getPort())), List.of(), "");
        Schedule schedule = Schedule.evenly(200, Long.MAX_VALUE);
        return LoadRun.start(new LoadPlan(request, schedule, 16, 1, LoadPlan.WITHOUT_END, Duration.ofSeconds(10)));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/";
    }
}
