"""A program that was built without npm runs as ever; only `report` says what is missing, and writes nothing."""
from support import EXAMPLE, Case, main, sojourn


class WithoutNpm(Case):
    def test_one_sentence(self):
        sojourn("run", EXAMPLE, "--patients", 50, "--out", "x.h5", "--quiet", folder=self.folder)
        done = sojourn("report", "x.h5", folder=self.folder, code=1)
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        for word in ("npm", "nodejs", "build"):
            self.assertIn(word, done.stderr)
        self.assertNotIn("x.html", [path.name for path in self.folder.iterdir()])


if __name__ == "__main__":
    main()
