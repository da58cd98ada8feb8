/*
 * The backend behind every contender: HTTP/1.1 with keep-alive, one receive and one send a request, so that it is not
 * what limits them. It answers GET /big with 10 KB and everything else with a little JSON, and reads bodies that have a
 * Content-Length.
 *
 *     backend PORT...
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, EVENTS = 256, BIG = 10 * 1024 };

struct answer {
    char bytes[BIG + 512];
    size_t length;
};

struct peer {
    int socket;
    int listens;
    size_t filled;
    char buffer[BUFFER + 1];
};

static struct answer small, big;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void prepare(struct answer *answer, const char *type, const char *body, size_t length) {
    int head = snprintf(answer->bytes, sizeof answer->bytes,
                        "HTTP/1.1 200 OK\r\nServer: backend\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                        "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, length);
    memcpy(answer->bytes + head, body, length);
    answer->length = head + length;
}

static void watch(int epoll, struct peer *peer) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, peer->socket, &event) < 0) fail("epoll_ctl");
}

static void add(int epoll, int socket, int listens) {
    struct peer *peer = malloc(sizeof *peer);
    if (!peer) fail("malloc");
    peer->socket = socket;
    peer->listens = listens;
    peer->filled = 0;
    watch(epoll, peer);
}

static void listen_at(int epoll, int port) {
    int one = 1, server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server, (struct sockaddr *) &here, sizeof here) < 0 || listen(server, 4096) < 0) fail("listen");
    add(epoll, server, 1);
}

static void take_in(int epoll, struct peer *server) {
    int one = 1, client = accept4(server->socket, NULL, NULL, SOCK_NONBLOCK);
    if (client < 0) return;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    add(epoll, client, 0);
}

/* Where the request that begins here ends, or NULL while some of it is missing. */
static char *request_end(char *from, char *to) {
    char *head_end = memmem(from, to - from, "\r\n\r\n", 4);
    if (!head_end) return NULL;
    size_t body = 0;
    if (*from != 'G') {
        *head_end = 0;
        char *length = strcasestr(from, "\ncontent-length:");
        *head_end = '\r';
        if (length) body = strtoul(length + 16, NULL, 10);
    }
    char *end = head_end + 4;
    return (size_t) (to - end) < body ? NULL : end + body;
}

/* A peer that does not read its answer is none of ours: it is cut off. */
static int answer(struct peer *peer, const char *request) {
    const struct answer *chosen = strncmp(request, "GET /big", 8) ? &small : &big;
    return send(peer->socket, chosen->bytes, chosen->length, MSG_NOSIGNAL) == (ssize_t) chosen->length;
}

/* False when the connection has ended. */
static int serve(struct peer *peer) {
    ssize_t got = recv(peer->socket, peer->buffer + peer->filled, BUFFER - peer->filled, 0);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    peer->filled += got;
    char *from = peer->buffer, *to = peer->buffer + peer->filled, *end;
    *to = 0;
    while ((end = request_end(from, to))) {
        if (!answer(peer, from)) return 0;
        from = end;
    }
    peer->filled = to - from;
    memmove(peer->buffer, from, peer->filled);
    return peer->filled < BUFFER;
}

int main(int count, char **arguments) {
    const char *text = "{\"id\":7,\"name\":\"oboe\",\"section\":\"woodwinds\",\"chair\":1,\"seated\":true,\"tunes\":[\"A4\",440.0]}";
    static char filler[BIG];
    memset(filler, 'x', sizeof filler);
    prepare(&small, "application/json", text, strlen(text));
    prepare(&big, "text/plain", filler, sizeof filler);
    int epoll = epoll_create1(0);
    for (int i = 1; i < count; i++) listen_at(epoll, atoi(arguments[i]));
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct peer *peer = events[i].data.ptr;
            if (peer->listens) {
                take_in(epoll, peer);
            } else if (!serve(peer)) {
                close(peer->socket);
                free(peer);
            }
        }
    }
}
