# A sweep as a Snakemake workflow: planned, its shards in as many jobs as are wanted, collected, told as a page.
#
#   snakemake --snakefile scripts/sweep.smk --cores 8 --config sweep=my_sweep.yaml jobs=20
#
# makes my_sweep.sweep (the folder), my_sweep.h5 and my_sweep.html where it is run. On a cluster: with --cluster or a
# profile, on a file system that all nodes see. Options, by --config:
#   sweep=FILE     the sweep; needed
#   jobs=N         jobs that share the shards (default 8)
#   threads=T      of each job (default 1); of what collects all that there are
#   resolve=yes    more patients where it is not clear which strategy is best, as the sweep file says
#   program=FILE   sojourn (default: that on the path)
# A job that is lost is begun again by --retries or by saying the same again: it goes on with what is missing.
import os
import shlex

if "sweep" not in config:
    raise WorkflowError("which sweep? Say --config sweep=my_sweep.yaml")
SWEEP = str(config["sweep"])
NAME = os.path.splitext(os.path.basename(SWEEP))[0]
FOLDER = NAME + ".sweep"
JOBS = int(config.get("jobs", 8))
THREADS = int(config.get("threads", 1))
PROGRAM = shlex.quote(str(config.get("program", "sojourn")))
RESOLVE = "--resolve" if str(config.get("resolve", "no")).lower() in ("yes", "true", "1") else ""


localrules: all, plan


rule all:
    input:
        NAME + ".html",


# A share that no job has makes the folder with its plan and nothing else, unless there are no more shards than jobs.
rule plan:
    input:
        SWEEP,
    output:
        touch(NAME + ".planned"),
    shell:
        "{PROGRAM} sweep run {input:q} --out {FOLDER:q} --shard 1000000/1000000 --quiet"


# Shares are told apart by their number: what a job makes is in the folder, and beside it a mark that it is done.
rule share:
    input:
        NAME + ".planned",
    output:
        touch(NAME + ".shares/{share}-of-" + str(JOBS)),
    threads: THREADS
    shell:
        "{PROGRAM} sweep resume {FOLDER:q} --shard {wildcards.share}/{JOBS} {RESOLVE} --threads {threads} --no-wait --quiet"
        " || [ $? -eq 4 ]"  # scenarios that failed are told when all is collected


# Once more over everything: what a share left to others, and what was damaged.
rule collect:
    input:
        expand(NAME + ".shares/{share}-of-" + str(JOBS), share=range(1, JOBS + 1)),
    output:
        NAME + ".h5",
    threads: workflow.cores or 1
    shell:
        "{{ {PROGRAM} sweep resume {FOLDER:q} {RESOLVE} --threads {threads} --quiet || [ $? -eq 4 ]; }} && "
        "{PROGRAM} sweep collect {FOLDER:q} --out {output:q} --threads {threads} --quiet"


rule report:
    input:
        NAME + ".h5",
    output:
        NAME + ".html",
    shell:
        "{PROGRAM} report {input:q} -o {output:q}"
