package io.symphony.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.testing.OnNginx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An nginx that somebody else set up and runs, which includes our file. */
@ExtendWith(OnNginx.class)
class NginxUpstreamIT {

    @TempDir
    Path folder;

    private Path theirs;
    private Path ours;
    private NginxCommand command;
    private NginxUpstream upstream;
    private Clients clients;
    private Site one;

    @BeforeEach
    void prepare() throws Exception {
        theirs = folder.resolve("nginx.conf");
        ours = folder.resolve("acts.conf");
        command = NginxCommand.of("nginx", "-p", folder.toString(), "-c", theirs.toString())
                .withDeadline(Duration.ofSeconds(30));
        upstream = NginxUpstream.of(ours, UpstreamRules.of("acts"), command);
        int port = freePort();
        Files.writeString(theirs, configuration(port, "include " + ours + ";"));
        clients = new Clients(URI.create("http://127.0.0.1:" + port));
        one = new Site(1);
    }

    @AfterEach
    void endIt() throws Exception {
        NginxMaster master = new NginxMaster(folder.resolve("nginx.pid"));
        NginxMaster.Generation workers = master.generation();
        master.process().ifPresent(ProcessHandle::destroyForcibly); // first, or it would start workers anew
        workers.kill();
        clients.close();
        one.close();
    }

    @Test
    void onlyOurFileIsWrittenAndNginxFollowsIt() throws Exception {
        String before = Files.readString(theirs);
        upstream.check(); // which makes the file that their include needs
        command.run();

        letGo(upstream.changed(List.of(one.member())));

        assertThat(clients.get("")).isEqualTo("1");
        assertThat(theirs).hasContent(before);
        assertThat(ours).content().contains("server " + one.member().endpoint() + " ");
    }

    @Test
    void aFileThatNginxRefusesIsTakenBackAndItGoesOn() throws Exception {
        upstream.check();
        command.run();
        letGo(upstream.changed(List.of(one.member())));
        String good = Files.readString(ours);
        Files.writeString(theirs, Files.readString(theirs) + "\nnonsense;\n");

        assertThatThrownBy(() -> upstream.changed(List.of()))
                .isInstanceOf(NginxException.class)
                .hasMessageContaining("unknown directive \"nonsense\"")
                .hasMessageEndingWith("; " + ours + " is as it was, and nginx goes on with that");

        assertThat(ours).hasContent(good);
        assertThat(clients.get("")).isEqualTo("1");
    }

    @Test
    void aRequestThatIsUnderWayOutlivesTheReload() throws Exception {
        upstream.check();
        command.run();
        letGo(upstream.changed(List.of(one.member())));
        var slow = clients.getLater("slow");
        one.awaitSlowOne();

        CompletionStage<?> letGo = upstream.changed(List.of());
        await().until(() -> clients.get("").equals("status 502")); // old workers accept for an instant
        assertThat(letGo.toCompletableFuture()).isNotDone();
        one.releaseSlowOne();

        assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("1");
        letGo(letGo);
    }

    @Test
    void theSameMembersAgainMakeNoReload() throws Exception {
        upstream.check();
        command.run();
        letGo(upstream.changed(List.of(one.member())));
        NginxMaster master = new NginxMaster(folder.resolve("nginx.pid"));
        NginxMaster.Generation workers = master.generation();

        letGo(upstream.changed(List.of(one.member())));

        assertThat(master.generation().workers()).isEqualTo(workers.workers());
    }

    @Test
    void aConfigurationThatDoesNotIncludeUsIsToldHowTo() throws Exception {
        Files.writeString(
                theirs,
                configuration(freePort(), "upstream symphony_acts { server 127.0.0.1:1; }")
                        .replace("symphony_acts", "other"));

        assertThatThrownBy(upstream::check)
                .hasMessage("nginx does not read " + ours + ". Put \"include " + ours
                        + ";\" into the http block of its configuration, and \"proxy_pass http://symphony_acts;\""
                        + " into a location.");
    }

    @Test
    void oneThatDoesNotRunIsSaid() throws Exception {
        upstream.check();

        assertThatThrownBy(() -> upstream.changed(List.of(one.member())))
                .isInstanceOf(NginxException.class)
                .hasMessageEndingWith(". Does nginx run? Start it; " + ours + " is up to date.");
    }

    private static void letGo(CompletionStage<?> stage) throws Exception {
        stage.toCompletableFuture().get(50, TimeUnit.SECONDS);
    }

    private String configuration(int port, String upstream) {
        return """
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    %2$s
                    server {
                        listen 127.0.0.1:%3$s;
                        location / {
                            proxy_pass http://symphony_acts;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                        }
                    }
                }
                """.formatted(folder, upstream, port);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
