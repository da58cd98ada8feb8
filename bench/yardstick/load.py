"""The clients: wrk for as much as goes, paced for a fixed rate, and sockets that lie idle."""
import json
import os
import socket
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    method: str
    path: str
    body: int


WORKS = {"small": Work("GET", "/", 0), "big": Work("GET", "/big", 0), "post": Work("POST", "/", 1024)}

SCRIPT = """
wrk.method = "{work.method}"
if {work.body} > 0 then wrk.body = string.rep("x", {work.body}) end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\nRESULT {{"requests": %d, "seconds": %f, "p50": %d, "p99": %d, "failed": %d}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.timeout + e.status))
end
"""


class Load:
    """Puts load on a port from one CPU, or from wherever the system likes."""

    def __init__(self, directory, connections, cpu):
        self.directory = directory
        self.connections = connections
        self.pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]

    def full(self, port, work, seconds):
        """Each connection sends its next request when the last one is answered."""
        script = os.path.join(self.directory, f"{work}.lua")
        with open(script, "w") as file:
            file.write(SCRIPT.format(work=WORKS[work]))
        output = run(self.pinned + ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s", "-s", script,
                                    f"http://127.0.0.1:{port}{WORKS[work].path}"])
        return json.loads(output.rpartition("RESULT ")[2])

    def paced(self, port, work, seconds, rate):
        """Requests are due at this rate; latency counts from when each was due."""
        kind = WORKS[work]
        return json.loads(run(self.pinned + [os.path.join(self.directory, "paced")] + [
            str(word) for word in (port, kind.method, kind.path, kind.body, rate, seconds, self.connections)]))


class Idlers:
    """Connections that have had one answer each and stay open."""

    REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    def __init__(self, port, count):
        self.port = port
        self.count = count
        self.sockets = []

    def __enter__(self):
        for _ in range(self.count):
            self.sockets.append(socket.create_connection(("127.0.0.1", self.port), timeout=10))
            self.ask(self.sockets[-1])
        return self

    def __exit__(self, *why):
        for idle in self.sockets:
            idle.close()

    def ask(self, idle):
        idle.sendall(self.REQUEST)
        answer = idle.recv(65536)
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise SystemExit(f"idle connection: {answer[:60]!r} (expected: a 200)")

    def ask_some(self):
        """Makes sure that they are still served."""
        for idle in self.sockets[::100]:
            self.ask(idle)


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
