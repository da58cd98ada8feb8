/*
 * An open-loop client: requests are due at a fixed rate whatever the answers do, and latency counts from the time that a
 * request was due. So a server that stalls is charged for everything that should have happened meanwhile.
 *
 *     paced PORT METHOD PATH BODY_BYTES RATE SECONDS CONNECTIONS
 *
 * prints one line of JSON, times in microseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, EVENTS = 256 };
static const int64_t SECOND = 1000000000, PATIENCE = 3 * 1000000000LL;

struct connection {
    int socket;
    int64_t due;
    size_t filled;
    char buffer[BUFFER + 1];
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void open_at(int epoll, struct connection *connection, int port) {
    int one = 1;
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->socket, (struct sockaddr *) &there, sizeof there) < 0) fail("connect");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, connection->socket, &event) < 0) fail("epoll_ctl");
}

/* 1 when the whole answer is there, 0 while it is not, -1 when it is none or not a good one. */
static int take(struct connection *connection) {
    ssize_t got = recv(connection->socket, connection->buffer + connection->filled, BUFFER - connection->filled,
                       MSG_DONTWAIT);
    if (got <= 0) return got < 0 && errno == EAGAIN ? 0 : -1;
    connection->filled += got;
    connection->buffer[connection->filled] = 0;
    char *head_end = strstr(connection->buffer, "\r\n\r\n");
    if (!head_end) return connection->filled < BUFFER ? 0 : -1;
    char *length = strcasestr(connection->buffer, "\ncontent-length:");
    if (strncmp(connection->buffer, "HTTP/1.1 200 ", 13) || !length || length > head_end) return -1;
    size_t whole = head_end + 4 - connection->buffer + strtoul(length + 16, NULL, 10);
    return connection->filled == whole ? 1 : connection->filled < whole ? 0 : -1;
}

static int ascending(const void *left, const void *right) {
    int64_t a = *(const int64_t *) left, b = *(const int64_t *) right;
    return (a > b) - (a < b);
}

static int64_t percentile(const int64_t *sorted, long count, double share) {
    return count ? sorted[(long) ((count - 1) * share)] / 1000 : -1;
}

static struct timespec until(int64_t nanos) {
    int64_t left = nanos > 0 ? nanos : 0;
    return (struct timespec) {.tv_sec = left / SECOND, .tv_nsec = left % SECOND};
}

int main(int count, char **arguments) {
    if (count != 8) {
        fprintf(stderr, "usage: paced PORT METHOD PATH BODY_BYTES RATE SECONDS CONNECTIONS\n");
        return 2;
    }
    int port = atoi(arguments[1]), body = atoi(arguments[4]), connections = atoi(arguments[7]);
    double rate = atof(arguments[5]), seconds = atof(arguments[6]);
    static char request[BUFFER];
    int length = snprintf(request, sizeof request - body, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", arguments[2],
                          arguments[3], port);
    length += body ? sprintf(request + length, "Content-Length: %d\r\n\r\n", body) : sprintf(request + length, "\r\n");
    memset(request + length, 'x', body);
    length += body;

    prctl(PR_SET_TIMERSLACK, 1L);
    int epoll = epoll_create1(0);
    struct connection *all = calloc(connections, sizeof *all), **free_ring = calloc(connections, sizeof *free_ring);
    for (int i = 0; i < connections; i++) {
        open_at(epoll, &all[i], port);
        free_ring[i] = &all[i];
    }
    long total = (long) (rate * seconds), sent = 0, answered = 0, failed = 0, taken = 0, given = connections;
    int64_t *latencies = malloc((total + 1) * sizeof *latencies);
    double gap = SECOND / rate;
    int64_t start = now() + SECOND / 20, end = start + (int64_t) (seconds * SECOND) + PATIENCE;
    struct epoll_event events[EVENTS];
    while (answered + failed < total && now() < end) {
        while (sent < total && taken < given && start + (int64_t) (sent * gap) <= now()) {
            struct connection *next = free_ring[taken++ % connections];
            next->due = start + (int64_t) (sent++ * gap);
            next->filled = 0;
            if (send(next->socket, request, length, MSG_NOSIGNAL) != length) fail("send");
        }
        int64_t wake = sent < total && taken < given ? start + (int64_t) (sent * gap) : end;
        struct timespec wait = until(wake - now());
        int ready = epoll_pwait2(epoll, events, EVENTS, &wait, NULL);
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            int outcome = take(connection);
            if (outcome > 0) {
                latencies[answered++] = now() - connection->due;
                free_ring[given++ % connections] = connection;
            } else if (outcome < 0) {
                failed++;
                close(connection->socket);
            }
        }
    }
    failed = total - answered;
    qsort(latencies, answered, sizeof *latencies, ascending);
    printf("{\"requests\": %ld, \"failed\": %ld, \"p50\": %ld, \"p90\": %ld, \"p99\": %ld, \"p999\": %ld}\n", answered,
           failed, percentile(latencies, answered, 0.5), percentile(latencies, answered, 0.9),
           percentile(latencies, answered, 0.99), percentile(latencies, answered, 0.999));
    return 0;
}
