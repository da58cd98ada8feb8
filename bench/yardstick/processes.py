"""Processes that this program starts, what they use, and how they end."""
import http.client
import os
import resource
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
CPUS = sorted(os.sched_getaffinity(0))


class Running:
    """A process of ours with its children. Leaving it ends all of them."""

    def __init__(self, name, command, log, cpu=None):
        self.name = name
        self.log = log
        pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]
        with open(log, "w") as output:
            self.process = subprocess.Popen(pinned + list(command), stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *why):
        for what in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, what)
                try:
                    self.process.wait(5)
                except subprocess.TimeoutExpired:
                    pass

    def await_answer(self, port, seconds=60):
        deadline = time.monotonic() + seconds
        while not answers(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                with open(self.log) as log:
                    raise SystemExit(f"{self.name} does not answer on port {port}:\n{log.read()[-2000:]}")
            time.sleep(0.1)

    def pids(self):
        return tree(self.process.pid)

    def cpu_seconds(self):
        """User and system time of all processes together."""
        user = system = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rpartition(")")[2].split()
            user += int(fields[11])
            system += int(fields[12])
        return user / TICKS, system / TICKS

    def resident_mb(self):
        """Megabytes of a million bytes; what several processes share counts for each of them."""
        pages = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/statm") as statm:
                pages += int(statm.read().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def tree(pid):
    pids = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as children:
            for child in children.read().split():
                pids += tree(int(child))
    return pids


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def raise_file_limit():
    """As far as this user may; what is started from now on inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def free_ports(count):
    """Ports that nobody listens on; held together until all are known, so that they differ."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in held]
    for server in held:
        server.close()
    return ports
