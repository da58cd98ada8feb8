"""The proxies that are compared, each told to do the same work: keep-alive on both sides, round robin over the same
backends, X-Forwarded-For and Via on every request, no log."""
import os
import shlex
from dataclasses import dataclass

SYMPHONY = ("java -Xms16m -Xmx64m -XX:+UseSerialGC -jar {jar} up --backends {backends} --listen 127.0.0.1:{port}"
            " --workers {workers} --health-path / --health-interval 1s --plain")

NGINX = """
daemon off; {user}
worker_processes {workers};
pid {directory}/nginx.pid;
error_log {directory}/nginx.log warn;
events {{ worker_connections 32768; }}
http {{
  access_log off;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  upstream backends {{
    {servers}
    keepalive 256;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
  }}
  server {{
    listen 127.0.0.1:{port} reuseport backlog=4096;
    location / {{
      proxy_pass http://backends;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Via "1.1 nginx";
    }}
  }}
}}
"""

HAPROXY = """
global
  nbthread {workers}
  maxconn 32768
  no strict-limits
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  timeout http-keep-alive 600s
  option http-keep-alive
  option forwardfor
frontend clients
  bind 127.0.0.1:{port} backlog 4096
  http-request set-header Via "1.1 haproxy"
  default_backend backends
backend backends
  balance roundrobin
  http-reuse always
  {servers}
"""


@dataclass(frozen=True)
class Contender:
    name: str
    command: tuple
    port: int


def nginx(port, backends, workers, directory):
    path = write(directory, "nginx.conf", NGINX.format(
        port=port, workers=workers, directory=directory, user="user root;" if os.getuid() == 0 else "",
        servers="\n    ".join(f"server 127.0.0.1:{backend};" for backend in backends)))
    return Contender("nginx", ("nginx", "-e", f"{directory}/nginx.log", "-p", directory, "-c", path), port)


def haproxy(port, backends, workers, directory):
    path = write(directory, "haproxy.cfg", HAPROXY.format(
        port=port, workers=workers,
        servers="\n  ".join(f"server b{backend} 127.0.0.1:{backend}" for backend in backends)))
    return Contender("haproxy", ("haproxy", "-db", "-f", path), port)


def other(name, template, port, backends, workers, jar):
    """A contender by its command, with {port}, {backends}, {workers} and {jar} in the places where they belong."""
    values = {"port": port, "workers": workers, "jar": jar,
              "backends": ",".join(f"127.0.0.1:{backend}" for backend in backends)}
    for key, value in values.items():
        template = template.replace("{" + key + "}", str(value))
    return Contender(name, tuple(shlex.split(template)), port)


def write(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w") as file:
        file.write(text)
    return path
