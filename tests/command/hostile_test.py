"""Inputs too large or too odd to keep: each is answered soon, without a crash (see tests/bad_config/README.md)."""
import os

from support import EXAMPLE, Case, main

PATIENCE = 20  # [s] also for a slow machine; the answers take well under a second


class Inputs(Case):
    def refused(self, path, says, **options):
        done = self.bad(3, "check", path, says=says, timeout=PATIENCE, **options)
        self.assertLess(len(done.stderr), 100_000)

    def test_a_folder(self):
        self.refused(self.folder, "it is a folder")

    def test_a_pipe_that_nobody_writes(self):
        os.mkfifo(self.folder / "pipe.yaml")
        self.refused("pipe.yaml", "pipe.yaml")

    def test_dev_zero(self):
        self.refused("/dev/zero", "/dev/zero")

    def test_a_file_that_may_not_be_read(self):
        self.write("secret.yaml", EXAMPLE.read_text()).chmod(0)
        nobody = {"user": 65534} if os.geteuid() == 0 else {}  # root may read everything
        self.refused("secret.yaml", "secret.yaml", **nobody)

    def test_a_hundred_megabytes_of_one_line(self):
        self.write("line.yaml", "sojourn: 1\ntitle: " + "x" * 100_000_000 + "\n")
        self.refused("line.yaml", "larger than")
        self.write("shorter.yaml", "sojourn: 1\ntitle: " + "x" * 10_000_000 + "\n")
        self.refused("shorter.yaml", "shorter.yaml:2:1: a line of more than 64 kB")

    def test_a_million_brackets(self):
        lines = "[" * 30_000 + "\n"
        self.write("lists.yaml", "sojourn: 1\ntitle: " + lines * 33)
        self.refused("lists.yaml", "lists.yaml:2:")
        self.write("mappings.yaml", "title: " + ("{a: " * 10_000 + "\n") * 33)
        self.refused("mappings.yaml", "mappings.yaml:1:")
        self.write("blocks.yaml", "".join(" " * depth + f"k{depth}:\n" for depth in range(3_000)))
        self.refused("blocks.yaml", "levels of nesting")
        self.write("expression.yaml", EXAMPLE.read_text() + "\nparameters:\n  p: \"" + "(" * 30_000 + "\"\n")
        self.refused("expression.yaml", "expression.yaml:")


if __name__ == "__main__":
    main()
