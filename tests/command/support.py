"""What the tests of the command line share: running the program, small models, random numbers computed independently."""
import contextlib
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2]).resolve()
EXAMPLE = SOURCE / "configs/examples/illness_death.yaml"
FLAGSHIP = SOURCE / "configs/ball_cd19_cd22.yaml"


class Case(unittest.TestCase):
    """Each test runs in a folder of its own, which every user may look into."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sojourn-test-"))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def sojourn(self, *arguments, program=PROGRAM, **options):
        return subprocess.run([program, *map(str, arguments)], cwd=options.pop("cwd", self.folder), text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=options.pop("timeout", 300), **options)

    def good(self, *arguments, **options):
        done = self.sojourn(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def bad(self, code, *arguments, says=(), **options):
        """Fails with this exit code, prints nothing but errors, and says each of these texts."""
        done = self.sojourn(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stdout}{done.stderr}")
        self.assertEqual(done.stdout, "")
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, done.stderr)
        return done

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def example(self, *changes):
        """The example model with (old, new) replaced, each of which must occur."""
        text = EXAMPLE.read_text()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        return self.write("model.yaml", text)

    def files(self, folder=None):
        return sorted(path.name for path in (folder or self.folder).iterdir())

    def bytes(self, name):
        return (self.folder / name).read_bytes()


def limit_file_size(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of so many bytes mounted on the folder; None where that is not allowed."""
    folder.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def fnv1a32(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


def philox4x32_10(counter, key):
    """Salmon, Moraes, Dror, Shaw, SC 2011."""
    c, k = list(counter), list(key)
    for _ in range(10):
        even, odd = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [odd >> 32 ^ c[1] ^ k[0], odd % 2**32, even >> 32 ^ c[3] ^ k[1], even % 2**32]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return c


def uniform(seed, patient, name, visit):
    """The first uniform at an address, as docs/methods.md defines it."""
    words = philox4x32_10([patient % 2**32, patient >> 32, fnv1a32(name), visit], [seed, 0])
    return ((words[1] << 32 | words[0]) >> 12) * 2.0**-52 + 2.0**-53


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def main():
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:], "-v"])
