"""A real Elasticsearch for tests, without Docker: the official server from Maven Central, one node, 512 MB of heap.

The distribution that Elastic publishes for integration tests lacks its optional modules; the plugin beside this file
gives back the few analysis parts that our template uses. Nothing is installed: the download and the compiled plugin
are cached under `$XDG_CACHE_HOME/vigie`, all the rest is in a temporary folder that goes away.
"""

import base64
import hashlib
import os
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.certificates import make_certificates
from tests.servers.processes import ServerUnavailable, as_plain_user, free_port, give_away, stop_group

VERSION = "9.2.8"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
PLUGIN_SOURCE = Path(__file__).parent / "analysis_plugin"
START_TIMEOUT_S = 120.0

PASSWORD = "only-for-tests"
"""Of the user `elastic` on the secured server."""

STARTS_SOON = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"
"""The quick compiler only: the start took 17 s instead of 40 s on two busy cores."""
RUNS_FAST = "-Xms2g -Xmx2g"
"""As a server that stays up runs: to measure with."""

SETTINGS = """
cluster.name: vigie-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport_port}
xpack.ml.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
cluster.max_shards_per_node: 5000
path.data: {data}
path.logs: {folder}/logs
path.repo: {folder}/snapshots
"""
OPEN = "xpack.security.enabled: false\n"
SECURED = """
xpack.security.enabled: true
xpack.security.autoconfiguration.enabled: false
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.certificate: certificates/server.pem
xpack.security.http.ssl.key: certificates/server.key
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """An Elasticsearch that asks for a login and speaks TLS: its address, its CA, another CA, and its administrator."""

    url: str
    ca: Path
    other_ca: Path
    user: str = "elastic"
    password: str = PASSWORD

    @property
    def admin_url(self) -> str:
        """With the administrator's login in it."""
        return self.url.replace("//", f"//{self.user}:{self.password}@")


@contextmanager
def running_elasticsearch(java: str = STARTS_SOON) -> Iterator[str]:
    """The address of an Elasticsearch that lives as long as the block. Raises `ServerUnavailable` with the reason.

    `java` are the virtual machine's options.
    """
    given = os.environ.get("VIGIE_TEST_ELASTICSEARCH_URL")
    if given:
        yield given
        return
    with _installed() as (home, java_home, data), _running(home, java_home, data, java=java) as url:
        yield url


@contextmanager
def running_secured_elasticsearch() -> Iterator[Secured]:
    """One with users and TLS, as long as the block."""
    with _installed() as (home, java_home, data):
        certificates = home / "config/certificates"
        make_certificates(certificates)
        _set_password(home, java_home)
        give_away(home / "config")
        with _running(home, java_home, data, secured=certificates / "ca.pem") as url:
            # The server may read its own folder only; we read it too.
            yield Secured(url=url, ca=certificates / "ca.pem", other_ca=certificates / "other.pem")


@contextmanager
def _installed() -> Iterator[tuple[Path, Path, Path]]:
    """A server's folder, its Java, and a folder for its data."""
    java_home = find_java_home()
    distribution = download_distribution()
    plugin = compile_plugin(java_home, distribution)
    with ExitStack() as stack:
        folder, data = (
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigie-elasticsearch-", dir=parent)))
            for parent in (None, _quick_folder())
        )
        home = _install(distribution, plugin, folder)
        give_away(data)
        yield home, java_home, data


def find_java_home() -> Path:
    """A JDK 25: `JAVA_HOME`, or one under /usr/lib/jvm."""
    named = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    for home in (*named, *sorted(Path("/usr/lib/jvm").glob("*"))):
        release = home / "release"
        if (home / "bin/javac").exists() and release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return home
    raise ServerUnavailable("no JDK 25 in JAVA_HOME or under /usr/lib/jvm")


def download_distribution() -> Path:
    """The server's zip, from the cache or from Maven Central."""
    cached = _cache_folder() / f"elasticsearch-{VERSION}.zip"
    if not cached.exists():
        if shutil.which("mvn") is None:
            raise ServerUnavailable("no `mvn` to download Elasticsearch with")
        with tempfile.TemporaryDirectory(dir=_cache_folder()) as folder:
            _run(["mvn", "-q", "-B", COPY_GOAL, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"])
            # Renamed only when whole: a download that was cut must not stay in the cache.
            next(Path(folder).glob("*.zip")).replace(cached)
    return cached


def compile_plugin(java_home: Path, distribution: Path) -> Path:
    """The folder of the compiled test plugin, cached under the digest of its sources."""
    sources = sorted(p for p in PLUGIN_SOURCE.iterdir() if p.is_file())
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in sources) + VERSION.encode()).hexdigest()[:16]
    compiled = _cache_folder() / f"analysis-plugin-{digest}"
    if not compiled.exists():
        with tempfile.TemporaryDirectory(dir=_cache_folder()) as folder:
            _build_plugin(java_home, distribution, Path(folder)).replace(compiled)
    return compiled


def _build_plugin(java_home: Path, distribution: Path, folder: Path) -> Path:
    with zipfile.ZipFile(distribution) as archive:
        archive.extractall(folder, [n for n in archive.namelist() if "/lib/" in n and n.endswith(".jar")])
    jars = os.pathsep.join(str(p) for p in folder.rglob("*.jar"))
    classes, plugin = folder / "classes", folder / "plugin"
    plugin.mkdir()
    source = str(PLUGIN_SOURCE / "FrenchFiltersPlugin.java")
    _run([str(java_home / "bin/javac"), "-nowarn", "-proc:none", "-cp", jars, "-d", str(classes), source])
    jar = str(plugin / "vigie-test-analysis.jar")
    _run([str(java_home / "bin/jar"), "--create", "--file", jar, "-C", str(classes), "."])
    shutil.copy(PLUGIN_SOURCE / "plugin-descriptor.properties", plugin)
    return plugin


def _install(distribution: Path, plugin: Path, folder: Path) -> Path:
    """Unpack the server with its plugin, readable by the user it will run as."""
    with zipfile.ZipFile(distribution) as archive:
        archive.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    shutil.copytree(plugin, home / "plugins/vigie-test-analysis")
    # Not the folder itself: the server refuses a temporary folder that its own modules lie under.
    for name in ("tmp", "snapshots"):
        (folder / name).mkdir()
    give_away(folder)
    return home


def _set_password(home: Path, java_home: Path) -> None:
    """Into the server's keystore, before its first start."""
    tool = str(home / "bin/elasticsearch-keystore")
    environment = _environment(home, java_home)
    for arguments in (["create"], ["add", "-x", "bootstrap.password"]):
        done = subprocess.run(
            [*as_plain_user(), tool, *arguments],
            input=PASSWORD,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise ServerUnavailable(f"elasticsearch-keystore failed: {(done.stdout + done.stderr)[-500:]}")


def _environment(home: Path, java_home: Path, java: str = STARTS_SOON) -> dict[str, str]:
    folder = home.parent
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "ES_JAVA_HOME": str(java_home),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_JAVA_OPTS": java,
    }


@contextmanager
def _running(
    home: Path, java_home: Path, data: Path, secured: Path | None = None, java: str = STARTS_SOON
) -> Iterator[str]:
    """The server's address; with TLS and logins where `secured` names its CA."""
    port = free_port()
    folder = home.parent
    settings = SETTINGS.format(port=port, transport_port=free_port(), folder=folder, data=data)
    (home / "config/elasticsearch.yml").write_text(settings + (SECURED if secured else OPEN))
    environment = _environment(home, java_home, java)
    with (folder / "output.log").open("wb") as output:
        command = [*as_plain_user(), str(home / "bin/elasticsearch"), "-p", str(folder / "pid")]
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=output, stderr=output, start_new_session=True
        )
    try:
        url = f"{'https' if secured else 'http'}://127.0.0.1:{port}"
        _wait_until_healthy(url, process, folder / "output.log", secured)
        yield url
    finally:
        stop_group(process)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path, ca: Path | None) -> None:
    asked = urllib.request.Request(f"{url}/_cluster/health?wait_for_status=yellow&timeout=5s")
    if ca:
        login = base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()
        asked.add_header("Authorization", f"Basic {login}")
    trusted = ssl.create_default_context(cafile=str(ca)) if ca else None
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(asked, timeout=10, context=trusted):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise ServerUnavailable(f"Elasticsearch did not start:\n{tail}")


def _quick_folder() -> str | None:
    """Memory, if there is enough: tests make and drop indices, and each waits for the disk several times."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000
    return str(memory) if roomy else None


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "vigie"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise ServerUnavailable(f"`{Path(command[0]).name}` failed:\n{said}")
