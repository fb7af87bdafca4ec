"""deploy/: the Containerfile by the rules that linters have, its steps run without an engine, the probes of
kubernetes.yaml, and a unit whose settings are there."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from deployed import until
from serving import ROOT, free_port

from patient_app.settings import Settings

DEPLOY = ROOT / "deploy"
SETTINGS = {field.name.upper() for field in fields(Settings)}


def instructions() -> list[tuple[str, str]]:
    """The Containerfile, an instruction each: its word and the rest, continued lines joined."""
    text = re.sub(r"(?m)^\s*#.*\n", "", (DEPLOY / "Containerfile").read_text("utf-8"))
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_the_containerfile_keeps_the_rules_of_linters():
    """Those of hadolint that can be broken here, by their numbers."""
    words = [word for word, _ in instructions()]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}
    assert set(words) <= known | {"ENTRYPOINT", "CMD"}, "DL3020, DL4000: no ADD, no MAINTAINER"
    names = set()
    for word, rest in instructions():
        if word == "FROM":
            image, _, name = rest.partition(" AS ")
            assert re.fullmatch(r"[a-z.]+/[a-z/]+:[\w.-]+", image), f"DL3006, DL3026: {image}"
            assert not image.endswith(":latest"), "DL3007"
            assert name not in names, "DL3024"
            names.add(name)
        if word == "COPY" and rest.startswith("--from="):
            assert rest.split()[0].removeprefix("--from=") in names, "DL3022, DL3023"
        if word == "COPY":
            places = [place for place in rest.split() if not place.startswith("--")]
            assert len(places) == 2 or rest.endswith("/"), "DL3021"
        if word == "WORKDIR":
            assert rest.startswith("/"), "DL3000"
        if word == "RUN":
            assert not re.search(r"\b(sudo|cd|apt|apt-get|curl|wget|ssh)\b", rest), (
                f"DL3002 to DL3004: {rest}"
            )
            assert rest.count("pip ") == rest.count("--no-cache-dir"), "DL3042"
            assert "pip install" not in rest or "--require-hashes" in rest or "--no-deps" in rest, "DL3013"
            assert "|" not in rest, "DL4006: a pipe hides a failure"
        if word in ("ENTRYPOINT", "CMD"):
            assert isinstance(json.loads(rest), list), f"DL3025: {word} as a list"
        if word == "EXPOSE":
            assert 1023 < int(rest) < 65536, "DL3011, and no port that only root may have"
    assert all(words.count(word) == 1 for word in ("ENTRYPOINT", "CMD", "HEALTHCHECK")), (
        "DL4003, DL4004, DL3012"
    )
    last = dict(stages()[-1])
    assert re.fullmatch(r"[1-9]\d+:0", last["USER"]), "DL3002: a number, so that runAsNonRoot can see it"


def test_what_the_containerfile_sets_are_settings_and_what_it_copies_is_there():
    environment = [
        pair.split("=")[0] for word, rest in instructions() if word == "ENV" for pair in rest.split()
    ]
    assert set(environment) - {"PATH", "PYTHONDONTWRITEBYTECODE"} <= SETTINGS
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from="):
            for name in rest.split()[:-1]:
                assert (ROOT / name).exists(), name
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "data"} <= set(ignored)


def test_kubernetes_asks_the_right_addresses_and_lets_nothing_be_written_but_data():
    text = (DEPLOY / "kubernetes.yaml").read_text("utf-8")
    probes = dict(re.findall(r"(\w+)Probe:\n\s+httpGet: \{path: ([^,]+), port: http\}", text))
    assert probes == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    for said in (
        "runAsNonRoot: true",
        "readOnlyRootFilesystem: true",
        "allowPrivilegeEscalation: false",
        "capabilities: {drop: [ALL]}",
        "automountServiceAccountToken: false",
        "type: RuntimeDefault",
    ):
        assert said in text
    assert not re.search(r"image: \S+:latest|image: [^:\s]+\s", text)
    assert set(re.findall(r"\{name: ([A-Z_]+),", text)) <= SETTINGS
    stop = int(re.search(r"terminationGracePeriodSeconds: (\d+)", text)[1])
    pause = int(re.search(r'command: \[sleep, "(\d+)"\]', text)[1])
    assert pause + 5 < stop, "the pause, and the five seconds in which it ends"


def test_the_unit_and_its_documents_name_what_is_there():
    unit = (DEPLOY / "patient-app.service").read_text("utf-8")
    named = re.findall(r"(?m)^Environment=([A-Z_]+)=", unit)
    assert set(named) <= SETTINGS and "ExecStart=/opt/redo/bin/patient-app serve" in unit
    keys = re.findall(r"(?m)^(\w+)=", unit)
    assert all(keys.count(key) == 1 for key in set(keys) - {"SystemCallFilter", "Environment"})


@pytest.mark.every
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_the_containers_steps_run_and_serve_as_any_user_who_can_write_data_alone():
    """No engine: a folder in the place of the image's root, and a user of a number nobody has."""
    root = Path("/tmp") / f"redo-image-{os.getpid()}"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o755)

    def placed(words: str) -> str:
        return re.sub(r"(?<![\w.])/(opt/redo|source|wheels|data)\b", rf"{root}/\1", words)

    try:
        copied = ROOT.as_posix()
        for word, rest in (*stages()[0], *stages()[1]):
            if word == "COPY" and rest == ". .":
                names = subprocess.run(
                    ["git", "ls-files"], cwd=copied, capture_output=True, text=True, check=True
                ).stdout.splitlines()
                for name in names:
                    if (ROOT / name).is_file():
                        (root / "source" / name).parent.mkdir(parents=True, exist_ok=True)
                        shutil.copy2(ROOT / name, root / "source" / name)
            elif word == "WORKDIR":
                Path(placed(rest)).mkdir(parents=True)
            elif word == "COPY" and not rest.startswith("--from="):
                for name in rest.split()[:-1]:
                    shutil.copy2(ROOT / name, root / "source" / name)
            elif word == "RUN":
                done = subprocess.run(
                    ["sh", "-ec", placed(rest)], cwd=root / "source", capture_output=True, text=True
                )
                assert done.returncode == 0, f"{rest}\n{done.stdout}{done.stderr}"
        last = dict(stages()[-1])
        environment = dict(pair.split("=", 1) for pair in shlex.split(placed(last["ENV"])))
        port = free_port()
        environment |= {
            "PORT": str(port),
            "PATH": f"{root}/opt/redo/bin:/usr/bin:/bin",
            "REDO_EXPECT_DATA": "0",
        }
        user = ["setpriv", "--reuid", "54321", "--regid", "0", "--clear-groups"]
        started = subprocess.Popen(
            [*user, *json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])],
            env=environment,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            asks = json.loads(re.search(r"CMD (\[.*\])", last["HEALTHCHECK"])[1])
            asks[0] = f"{root}/opt/redo/bin/python"
            until(
                lambda: subprocess.run(asks, env=environment, capture_output=True).returncode == 0,
                60,
                "the image's own health check is not content",
            )
            written = [path for path in root.rglob("*") if path.lstat().st_uid == 54321]
            assert written and all((root / "data") in path.parents for path in written)
        finally:
            started.send_signal(getattr(signal, last["STOPSIGNAL"]))
            assert started.wait(10) == 0
    finally:
        shutil.rmtree(root, ignore_errors=True)
