package io.symphony.proxy.nginx;

import io.symphony.fleet.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * What an nginx of ours is to do: where it listens, and how it forwards.
 *
 * <pre>{@code
 * ServerRules.at(new Endpoint("0.0.0.0", 8080), UpstreamRules.of("acts")).withWorkers(2);
 * }</pre>
 *
 * @param listen where clients come in
 * @param upstream how it shares out what comes
 * @param workers how many processes serve; empty for one a core
 * @param drain how long old workers may finish what is inside them
 */
public record ServerRules(Endpoint listen, UpstreamRules upstream, Optional<Integer> workers, Duration drain) {

    public ServerRules {
        workers.ifPresent(count -> {
            if (count < 1) {
                throw new IllegalArgumentException("workers: " + count + " (expected: >= 1)");
            }
        });
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: >= 0)");
        }
    }

    /** One worker a core, 30 s of drain. */
    public static ServerRules at(Endpoint listen, UpstreamRules upstream) {
        return new ServerRules(listen, upstream, Optional.empty(), Duration.ofSeconds(30));
    }

    public ServerRules withWorkers(int count) {
        return new ServerRules(listen, upstream, Optional.of(count), drain);
    }

    public ServerRules withDrain(Duration limit) {
        return new ServerRules(listen, upstream, workers, limit);
    }

    /**
     * The whole configuration. Bodies have no limit, as with the built-in listener; retries are nginx's own rule.
     *
     * @param newer directives that only newer versions know
     */
    String configuration(NginxFolder folder, Endpoint status, String newer) {
        return """
                # Symphony writes this file at each start; what you change here is lost.
                worker_processes %1$s;
                worker_shutdown_timeout %2$ss;
                pid "%3$s";
                error_log "%4$s" warn;

                events {
                    worker_connections 8192;
                }

                http {
                    access_log off;
                    server_tokens off;
                    client_max_body_size 0;
                    %10$s
                    client_body_temp_path "%5$s/body";
                    proxy_temp_path "%5$s/proxy";
                    fastcgi_temp_path "%5$s/fastcgi";
                    uwsgi_temp_path "%5$s/uwsgi";
                    scgi_temp_path "%5$s/scgi";

                    map $http_upgrade $connection_to_replica {
                        default upgrade;
                        '' '';
                    }

                    include "%6$s";

                    server {
                        listen %7$s;
                        location / {
                            proxy_pass http://%8$s;
                            proxy_http_version 1.1;
                            proxy_set_header Host $http_host;
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $connection_to_replica;
                            proxy_set_header X-Forwarded-For $remote_addr;
                            proxy_set_header X-Forwarded-Host $http_host;
                            proxy_set_header X-Forwarded-Proto $scheme;
                            proxy_connect_timeout 2s;
                        }
                    }

                    server {
                        listen %9$s;
                        location = /status {
                            stub_status;
                        }
                        location / {
                            return 404;
                        }
                    }
                }
                """.formatted(
                        workers.map(String::valueOf).orElse("auto"),
                        Math.max(1, drain.toSeconds()),
                        folder.pid(),
                        folder.errorLog(),
                        folder.path(),
                        folder.upstream(),
                        listen,
                        upstream.upstream(),
                        status,
                        newer);
    }
}
