"""System calls and allocated bytes, counted from outside."""
import os
import re
import signal
import subprocess
import time

KINDS = {
    "reads": {"read", "readv", "recvfrom", "recvmsg"},
    "writes": {"write", "writev", "sendto", "sendmsg", "sendfile"},
    "waits": {"epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "select"},
    "epoll_ctl": {"epoll_ctl"},
}


class SystemCalls:
    """Those that the processes make until this is left, by kind."""

    def __init__(self, pids, path):
        self.path = path
        self.command = ["strace", "-c", "-f", "-o", path] + [word for pid in pids for word in ("-p", str(pid))]

    def __enter__(self):
        self.strace = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        if self.strace.poll() is not None:
            raise SystemExit(f"strace: {self.strace.stderr.read()}")
        return self

    def __exit__(self, *why):
        self.strace.send_signal(signal.SIGINT)
        self.strace.communicate()

    def by_kind(self):
        counts = dict.fromkeys([*KINDS, "others"], 0)
        with open(self.path) as table:
            for line in table:
                words = line.split()
                if len(words) >= 5 and re.fullmatch(r"[\d.]+", words[0]) and words[-1] != "total":
                    kind = next((kind for kind, names in KINDS.items() if words[-1] in names), "others")
                    counts[kind] += int(words[3])
        return counts


def allocated_bytes(pid):
    """By all threads of a JVM that are alive; None when this is no JVM."""
    if os.path.basename(os.readlink(f"/proc/{pid}/exe")) != "java":
        return None  # jcmd would send it a signal that ends it
    dump = subprocess.run(["jcmd", str(pid), "Thread.print", "-e"], capture_output=True, text=True, check=True).stdout
    scale = {"B": 1, "K": 2**10, "M": 2**20, "G": 2**30}
    return sum(int(number) * scale[unit] for number, unit in re.findall(r" allocated=(\d+)([BKMG])", dump))
