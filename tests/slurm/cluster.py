#!/usr/bin/python3
"""A Slurm cluster on this machine: munged, slurmctld and a few slurmd, started by hand, with no systemd, cgroups or database.

    tests/slurm/cluster.py up FOLDER [NODES]     then: export SLURM_CONF=FOLDER/slurm.conf; sinfo; sbatch ...
    tests/slurm/cluster.py down FOLDER

Needs Debian's slurm-wlm and munge (scripts/test slurm installs them), and root for jobs of other users than one's own. Everything is in
the folder: keys, sockets, logs, states. Partitions: `main`; `urgent`, whose jobs put those of `main` back into the queue.
"""
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

# Jobs queue again at once (cred_expire: after 5 s instead of 120), and the scheduler looks every second.
CONFIG = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
SlurmctldPort={port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
TmpFS={folder}/tmp.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/jobs.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
KillWait=5
MinJobAge=600
SlurmdParameters=config_overrides
MailProg=/bin/true
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """with Cluster(folder, nodes=2) as cluster: cluster.say("sinfo")"""

    def __init__(self, folder, nodes=2):
        self.folder = pathlib.Path(folder).resolve()
        self.nodes = [f"n{i}" for i in range(1, nodes + 1)]
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_):
        self.down()

    def say(self, *words, check=True):
        done = subprocess.run(words, env=self.environment, text=True, capture_output=True, timeout=60)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def wait(self, what, holds, seconds=120):
        """Until it holds; the logs are shown if it never does."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                logs = "\n".join(f"== {path.name}\n{path.read_text()[-2000:]}" for path in sorted(self.folder.glob("*.log")))
                raise TimeoutError(f"{what}: not within {seconds} s\n{self.say('squeue', check=False)}\n{logs}")
            time.sleep(0.2)

    def munge(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        named = {"key-file": key, "socket": self.folder / "munge.socket", "pid-file": self.folder / "munged.pid",
                 "log-file": self.folder / "munged.log", "seed-file": self.folder / "munged.seed"}
        self.say("munged", "--force", *(f"--{name}={path}" for name, path in named.items()))

    def configure(self):
        text = CONFIG.format(host=socket.gethostname(), user=getpass.getuser(), port=free_port(), node_port=free_port(), folder=self.folder)
        for node in self.nodes:
            for kind in ("spool", "tmp"):
                (self.folder / f"{kind}.{node}").mkdir()
            text += f"NodeName={node} NodeHostname={socket.gethostname()} NodeAddr=127.0.0.1 Port={free_port()} CPUs=1 State=UNKNOWN\n"
        text += f"PartitionName=main Nodes={','.join(self.nodes)} Default=YES PriorityTier=1 State=UP\n"
        text += f"PartitionName=urgent Nodes={','.join(self.nodes)} PriorityTier=10 State=UP\n"
        (self.folder / "state").mkdir()
        (self.folder / "slurm.conf").write_text(text)

    def up(self):
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        self.munge()
        self.configure()
        config = self.environment["SLURM_CONF"]
        self.say("slurmctld", "-c", "-f", config)
        for node in self.nodes:
            self.say("slurmd", "-N", node, "-f", config)
        self.wait("nodes", lambda: self.say("sinfo", "-h", "-N", "-p", "main", "-o", "%T", check=False).split() == ["idle"] * len(self.nodes), 60)

    def down(self):
        if self.say("squeue", "-h", "-o", "%A", check=False):
            self.say("scancel", "--signal=KILL", f"--user={getpass.getuser()}", check=False)
            self.say("scancel", f"--user={getpass.getuser()}", check=False)
            time.sleep(1)
        pids = [int(path.read_text()) for name in ("slurmd.*.pid", "slurmctld.pid", "munged.pid") for path in self.folder.glob(name)]
        for pid in pids:
            self.end(pid)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def end(pid):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(pid, number)
                for _ in range(100):
                    os.kill(pid, 0)
                    time.sleep(0.1)
            except ProcessLookupError:
                return


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("up", "down"):
        sys.exit(__doc__)
    cluster = Cluster(sys.argv[2], int(sys.argv[3]) if len(sys.argv) == 4 else 2)
    if sys.argv[1] == "down":
        return cluster.down()
    cluster.up()
    print(cluster.say("sinfo") + f"\nexport SLURM_CONF={cluster.environment['SLURM_CONF']}")


if __name__ == "__main__":
    main()
