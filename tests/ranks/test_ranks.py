# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that ranks share: the file of a program alone, byte for byte; and what becomes of it when something ends it.

test_ranks.py MILLIARD SCENARIOS BUILT_WITH_MPI

The program alone is the one that MILLIARD_ALONE names, of a build without MPI; else MILLIARD without mpirun.
"""
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MILLIARD, SCENARIOS, BUILT = sys.argv[1:]
ALONE = os.environ.get("MILLIARD_ALONE", MILLIARD)
SEGMENT = 4096
PILOT = 4 * SEGMENT                 # which every rank simulates
SHORT = PILOT + 6 * SEGMENT + 100   # six segments for the others, and a short one
FANS = 16 * SEGMENT                 # of which fans are made with run.fans = "first"
ENDLESS = 1000 * SEGMENT            # is ended before
ENVIRONMENT = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_rmaps_base_oversubscribe="1",
                   OMPI_MCA_hwloc_base_binding_policy="none")
REFERENCE = os.path.join(SCENARIOS, "fpci-reference.cfg")
GUARANTEED = os.path.join(SCENARIOS, "fpci-guaranteed.cfg")


def expect(condition, what):
    if not condition:
        sys.exit(f"ranks: {what}")


def command(scenario, output, paths, *options):
    return ["run", scenario, "--paths", str(paths), "--quiet", "--output", output, *options]


def mpirun(ranks, *words, program=MILLIARD):
    return ["mpirun", "-n", str(ranks), program, *words]


def do(words, code=0, prepare=None):
    done = subprocess.run(words, env=ENVIRONMENT, preexec_fn=prepare, capture_output=True, text=True, timeout=300, check=False)
    expect(done.returncode == code, f"{' '.join(words)}: exit {done.returncode}, not {code}: {done.stdout[-500:]}{done.stderr[-2000:]}")
    return done


def same(one, other):
    with open(one, "rb") as first, open(other, "rb") as second:
        while True:
            bytes_of_one = first.read(1 << 22)
            if bytes_of_one != second.read(1 << 22):
                return False
            if not bytes_of_one:
                return True


def check_same(scenario, paths, ranks, *options):
    do([ALONE, *command(scenario, "alone.h5", paths, *options)])
    for n, threads in ranks:
        done = do(mpirun(n, *command(scenario, "shared.h5", paths, "--threads", str(threads), *options)))
        expect(not done.stderr, f"{n} ranks, a run that is quiet says: {done.stderr}")
        expect(same("alone.h5", "shared.h5"), f"{scenario} {paths} {options}: {n} ranks of {threads} threads give another file")
        expect(not os.path.exists("shared.h5.part"), "FILE.part is left behind")
        print(f"ranks: {os.path.basename(scenario)}, {paths} paths, {n} ranks of {threads} threads: the same bytes", flush=True)
        os.remove("shared.h5")
    os.remove("alone.h5")


def check_pieces():
    """Pieces made by ranks are those made alone, and are merged by rank 0."""
    for first, last in ((0, 6), (7, 10)):
        for name, words in (("alone", [ALONE]), ("shared", mpirun(3))):
            do(words + command(REFERENCE, f"{name}-{first}.piece", SHORT, "--segments", f"{first}-{last}", "--threads", "1"))
        expect(same(f"alone-{first}.piece", f"shared-{first}.piece"), f"segments {first}-{last}: another piece")
    do([ALONE, *command(REFERENCE, "alone.h5", SHORT)])
    do(mpirun(2, "merge", "alone-0.piece", "shared-7.piece", "--quiet", "--output", "merged.h5"))
    expect(same("alone.h5", "merged.h5"), "merged under mpirun: another file")
    for name in ("alone-0.piece", "shared-0.piece", "alone-7.piece", "shared-7.piece", "alone.h5", "merged.h5"):
        os.remove(name)


def check_rank_0_speaks():
    """Another command is rank 0's; what is wrong is said once."""
    expect(do(mpirun(3, "describe", "bond")).stdout == do([ALONE, "describe", "bond"]).stdout, "describe: not what one program prints")
    said = do(mpirun(3, "run", "none.cfg"), 4).stderr
    expect(said.count("none.cfg: cannot be read") == 1, f"a scenario that is not there: {said}")
    shown = do(mpirun(3, "run", REFERENCE, "--paths", str(SHORT), "--output", "shown.h5")).stdout
    expect(shown.count("net IRR") == do([ALONE, "show", "shown.h5"]).stdout.count("net IRR"), f"a summary is not printed once: {shown}")
    finished = do(mpirun(2, *command(REFERENCE, "shown.h5", SHORT, "--resume"))).stderr
    expect(finished.count("is finished") == 1, f"a finished run: {finished}")
    os.remove("shown.h5")


def segments_kept(name):
    """How many whole segments the part of a run holds, as who would write over it is told."""
    said = subprocess.run([ALONE, *command(REFERENCE, name, ENDLESS)], capture_output=True, text=True, check=False)
    found = re.search(r"holds (\d+) of 1000 segments", said.stderr)
    expect(said.returncode == 3 and found, f"nothing to go on with: {said.stderr}")
    return int(found.group(1))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def start_long(name, ranks, paths=ENDLESS):
    """A run that would take long, with more saved than the segments that rank 0 simulates: mpirun and its ranks."""
    started = subprocess.Popen(mpirun(ranks, *command(REFERENCE, name, paths, "--threads", "1")), env=ENVIRONMENT,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 120
    while time.monotonic() < end and started.poll() is None:
        if os.path.exists(name + ".part") and os.path.getsize(name + ".part") > 8 * SEGMENT * 1000:
            return started, [pid for pid in children(started.pid) if os.readlink(f"/proc/{pid}/exe") == os.path.realpath(MILLIARD)]
        time.sleep(0.02)
    started.kill()
    sys.exit(f"ranks: {name}: nothing is saved: {started.communicate()}")


def wait_for_end(ranks):
    end = time.monotonic() + 20
    while any(os.path.exists(f"/proc/{pid}/exe") for pid in ranks):
        expect(time.monotonic() < end, "a rank lives on")
        time.sleep(0.05)


def end_long(name, started, ranks):
    _, said = started.communicate(timeout=60)
    wait_for_end(ranks)
    expect(started.returncode != 0, f"{name}: ended, and exit 0")
    expect(not os.path.exists(name), f"{name}: half a file")
    expect([other for other in os.listdir(".") if name in other] == [name + ".part"], f"{name}: {os.listdir('.')}")
    print(f"ranks: {name}: {segments_kept(name)} segments are kept", flush=True)
    return said


def check_ctrl_c():
    started, ranks = start_long("interrupted.h5", 3)
    expect(len(ranks) == 3, f"three ranks are {ranks}")
    started.send_signal(signal.SIGINT)
    said = end_long("interrupted.h5", started, ranks)
    expect(said.count("are kept in") == 1 and "--resume goes on with them" in said, f"Ctrl-C: {said}")
    os.remove("interrupted.h5.part")


def check_killed(which, name):
    """A rank that dies ends the run; which: its place among them, or None for mpirun itself."""
    started, ranks = start_long(name, 3)
    os.kill(started.pid if which is None else ranks[which], signal.SIGKILL)
    said = end_long(name, started, ranks)
    if which is not None:
        expect("signal 9" in said, f"{name}: {said}")
    os.remove(name + ".part")


def check_resume():
    """What a killed mpirun has left, gone on with by other ranks, is the same file; so is what they leave to one program."""
    paths = PILOT + 24 * SEGMENT
    do([ALONE, *command(REFERENCE, "alone.h5", paths)])
    for words in (mpirun(2), [ALONE]):
        started, ranks = start_long("killed.h5", 3, paths)
        started.kill()
        started.communicate(timeout=60)
        wait_for_end(ranks)
        do(words + command(REFERENCE, "killed.h5", paths, "--resume", "--threads", "2"))
        expect(same("alone.h5", "killed.h5"), f"resumed by {words[0]}: another file")
        os.remove("killed.h5")
    os.remove("alone.h5")


def check_full_disk():
    largest = 8 * SEGMENT * 1000
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    said = do(mpirun(3, *command(REFERENCE, "full.h5", ENDLESS, "--threads", "1")), 4, limit).stderr
    expect(said.count("full.h5: cannot write the results: File too large") == 1, f"a full disk: {said}")
    expect(sorted(os.listdir(".")) == ["full.h5.part"], f"a full disk leaves {os.listdir('.')}")
    expect(segments_kept("full.h5") > 4, "a full disk: what ranks had simulated is not kept")
    os.remove("full.h5.part")


def check_error_of_another():
    """Rank 1 has too little memory: rank 0 says so, once."""
    words = mpirun(1, *command(REFERENCE, "short.h5", ENDLESS)) + [":", "-n", "1", "sh", "-c", f"ulimit -v 260000; exec '{MILLIARD}'"]
    said = do(words, 6).stderr
    expect(len(re.findall(r"^rank 1 on \S+: not enough memory$", said, re.M)) == 1, f"little memory: {said}")
    os.remove("short.h5.part")


# ---- studies ----

# Variants that share losses and others that do not, so that the base is a group of its own; a price that is passed through.
STUDY = """name = "mixed"; base = "%s/fpci-guaranteed.cfg"; paths = %d;
statistics = [ "net_irr_a", "net_irr_a.p05", "loss_a", "payouts", "dotation_needed.p95" ];
axes = ( { key = "guarantee.layers.state.quotite"; from = 0.3; to = 1.0; count = 3; },
         { key = "%s"; values = [ %s ]; } );
"""
KEYS = {"early": ("instruments.shares.growth", "0.08, 0.1"), "passed": ("guarantee.pass_through", "0.0, 0.5"), "late": ("fund.carry", "0.1, 0.2")}


def write_study(name, paths):
    with open(name + ".cfg", "w", encoding="ascii") as file:
        file.write(STUDY % (SCENARIOS, paths, *KEYS[name]))
    return ["study", name + ".cfg", "--quiet"]


def check_studies():
    for name in KEYS:
        words = write_study(name, SEGMENT + 1000)
        do([ALONE, *words, "-o", "alone.h5"])
        for ranks, threads in ((2, 2), (3, 1)):
            done = do(mpirun(ranks, *words, "-t", str(threads), "-o", "shared.h5"))
            expect(not done.stderr, f"{ranks} ranks, a study that is quiet says: {done.stderr}")
            expect(same("alone.h5", "shared.h5"), f"{name}: {ranks} ranks of {threads} threads give another file")
            expect(not os.path.exists("shared.h5.part"), "FILE.part is left behind")
            print(f"ranks: study {name}, {ranks} ranks of {threads} threads: the same bytes", flush=True)
        for words_of in ([ALONE], mpirun(2)):
            do(words_of + words + ["--segments", "1-1", "-o", words_of[0].rpartition("/")[2] + ".piece"])
        expect(same(ALONE.rpartition("/")[2] + ".piece", "mpirun.piece"), f"{name}: another piece")
        for file in os.listdir("."):
            os.remove(file)


def check_search():
    """Rounds of studies, one after the other, by the same ranks."""
    words = ["solve", GUARANTEED, "--vary", "guarantee.layers.state.quotite", "--between", "0.2", "1", "--until", "loss_a<=0.18", "-n", "2000"]
    alone, shared = do([ALONE, *words]).stdout, do(mpirun(3, *words)).stdout
    expect(alone == shared, f"solve: {shared}")


def check_study_interrupted():
    """Ctrl-C keeps what is done; one program, or others, go on to the same file."""
    words = write_study("early", 30 * SEGMENT) + ["-t", "1", "-o"]
    do([ALONE, *words, "alone.h5"])
    for again in ([ALONE], mpirun(2)):
        started = subprocess.Popen(mpirun(3, *words, "cut.h5"), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        end, ranks = time.monotonic() + 60, []
        while len(ranks) < 3 and started.poll() is None and time.monotonic() < end:     # until they run
            time.sleep(0.1)
            ranks = children(started.pid)
        time.sleep(2)
        expect(started.poll() is None and len(ranks) == 3, f"a study that was to be cut has ended: {ranks}")
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=60)[1]
        wait_for_end(ranks)
        expect(os.path.exists("cut.h5.part") and "goes on with" in said, f"Ctrl-C: {said}")
        for name in os.listdir("."):
            if name.startswith("cut") and name.endswith(".h5"):
                os.remove(name)
        do(again + words + ["cut.h5"])
        expect(same("alone.h5", "cut.h5"), f"gone on with by {again[0]}: another file")
        os.remove("cut.h5")
    os.remove("alone.h5")


def check_study_error():
    """Rank 1 has too little memory for a wave of 400 variants: rank 0 says so, once."""
    grid = ["grid", GUARANTEED, "--vary", "guarantee.layers.state.quotite=0.2:1:400", "-n", str(SEGMENT), "-q", "-o", "short.h5"]
    said = do(mpirun(1, *grid) + [":", "-n", "1", "sh", "-c", f"ulimit -v 300000; exec '{MILLIARD}'"], 6).stderr
    expect(len(re.findall(r"rank 1 on \S+: not enough memory$", said, re.M)) == 1, f"little memory: {said}")
    expect(not os.path.exists("short.h5"), "half a file")


def main():
    if BUILT != "1":
        print("ranks: skipped, this build is without MPI (-DMILLIARD_MPI=ON)")
        sys.exit(77)
    if not shutil.which("mpirun"):
        print("ranks: skipped, there is no mpirun (Debian: openmpi-bin)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        check_same(REFERENCE, SHORT, ((1, 2), (2, 1), (2, 2), (4, 1)))
        check_same(GUARANTEED, SHORT, [(2, 2)])
        check_same(REFERENCE, 1000, [(2, 1)])
        check_same(REFERENCE, SHORT, [(3, 1)], "--set", f"run.trajectories_first={PILOT + SEGMENT + 300}")
        check_same(REFERENCE, FANS + 2 * SEGMENT + 100, [(3, 1)], "--set", "run.fans=first", "--set", "run.storage=single")
        check_pieces()
        check_rank_0_speaks()
        check_ctrl_c()
        check_killed(1, "rank-killed.h5")
        check_killed(0, "rank-0-killed.h5")
        check_killed(None, "mpirun-killed.h5")
        check_resume()
        check_full_disk()
        check_error_of_another()
        check_studies()
        check_search()
        check_study_interrupted()
        check_study_error()
        os.chdir("/")


main()
