"""What holds for the sources as a whole: which room may include what, that no result depends on the system's
mathematics library, that documents and models are in order. Run by ctest, one class a test:

    structure_test.py SOURCE_FOLDER BUILD_FOLDER PROGRAM Class
"""
import json
import pathlib
import platform
import re
import subprocess
import sys
import unittest

SOURCE, BUILD, PROGRAM = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
SIM = SOURCE / "sim"


def rooms():
    """Rooms in the order of sim/CMakeLists.txt, each with the rooms it names."""
    listed = {}
    for call in re.findall(r"^sojourn_room\(([^)]*)\)", (SIM / "CMakeLists.txt").read_text(), re.MULTILINE):
        words = call.split()
        named = words[words.index("ROOMS") + 1:] if "ROOMS" in words else []
        listed[words[0]] = named[:named.index("LIBRARIES")] if "LIBRARIES" in named else named
    return listed


def reachable(room, graph):
    found = set(graph[room])
    for other in graph[room]:
        found |= reachable(other, graph)
    return found


def sources(*suffixes):
    return sorted(path for path in SIM.rglob("*") if path.suffix in suffixes)


def room_of(path):
    """Of sim/ itself: ""."""
    parts = path.relative_to(SIM).parts
    return parts[0] if len(parts) > 1 else ""


def includes(path):
    return re.findall(r'^\s*#\s*include\s+([<"][^>"]+)[>"]', path.read_text(), re.MULTILINE)


def text_files():
    """Every file that is meant to be read, whether git knows it yet or not."""
    top = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json", ".clang-tidy"]
    folders = ["sim", "tests", "scripts", "docs", "configs", ".ci"]
    suffixes = {".hpp", ".cpp", ".inl", ".md", ".yaml", ".py", ".R", ".sh", ".txt", ".cmake", ".svg", ""}
    found = [SOURCE / name for name in top]
    for folder in folders:
        found += [path for path in sorted((SOURCE / folder).rglob("*"))
                  if path.is_file() and path.suffix in suffixes and not {"__pycache__", "bad_config"} & set(path.parts)]
    return [path for path in found if path.exists()]


class Complaints(unittest.TestCase):
    def none(self, complaints):
        self.assertFalse(complaints, "\n" + "\n".join(complaints))


class Rooms(Complaints):
    def test_a_room_names_only_rooms_before_it(self):
        seen = set()
        for room, named in rooms().items():
            self.assertLessEqual(set(named), seen, f"room {room} names a room that comes later")
            seen.add(room)

    def test_every_folder_is_a_room(self):
        folders = {room_of(path) for path in sources(".cpp", ".hpp", ".inl")} - {""}
        self.assertEqual(folders, set(rooms()))

    def test_includes_never_go_upward(self):
        graph = rooms()
        complaints = []
        for path in sources(".cpp", ".hpp", ".inl"):
            room = room_of(path)
            if not room:
                continue
            allowed = reachable(room, graph) | {room}
            complaints += [f"{path.relative_to(SOURCE)} includes {name[1:]}" for name in includes(path)
                           if name[0] == '"' and name[1:].split("/")[0] not in allowed]
        self.none(complaints)

    def test_includes_begin_with_the_room(self):
        self.none([f"{path.relative_to(SOURCE)} includes {name[1:]}" for path in sources(".cpp", ".hpp", ".inl")
                   for name in includes(path) if name[0] == '"' and not (SIM / name[1:]).exists()])


class Libraries(Complaints):
    HOME = {"yaml-cpp/": "config", "tbb/": "engine", "oneapi/": "engine", "hdf5": "store", "H5": "store",
            "xxhash": "store", "libdeflate": "store", "nlopt": "sweep", "CLI/": "command", "boost/": "sweep",
            "mpi.h": "team"}

    def test_each_outside_library_has_one_room(self):
        self.none([f"{path.relative_to(SOURCE)} includes <{name[1:]}>: only {home} may"
                   for path in sources(".cpp", ".hpp", ".inl") for name in includes(path)
                   for prefix, home in self.HOME.items()
                   if name[0] == "<" and name[1:].startswith(prefix) and room_of(path) != home])

    def test_headers_do_not_pass_them_on(self):
        """Outside libraries are slow to compile, or in C: a room's public face does not show them."""
        self.none([f"{path.relative_to(SOURCE)} includes <{name[1:]}>" for path in sources(".hpp")
                   for name in includes(path) for prefix in ("yaml-cpp/", "tbb/", "CLI/")
                   if name[0] == "<" and name[1:].startswith(prefix)])


class List(Complaints):
    def test_every_test_is_on_the_list(self):
        """scripts/test asks whether each test of the list ran; here, sooner: whether the list is of today's tests."""
        shown = subprocess.run(["ctest", "--test-dir", BUILD, "--show-only=json-v1"], capture_output=True, text=True,
                               check=True).stdout
        found = {test["name"] for test in json.loads(shown)["tests"]}
        unbuilt = sorted(name for name in found if name.endswith("_NOT_BUILT"))
        self.assertFalse(unbuilt, "build all tests first")
        listed = set((SOURCE / "tests/expected_tests.txt").read_text().splitlines())
        self.none([f"not on the list (scripts/test --update-list): {name}" for name in sorted(found - listed)]
                  + [f"on the list, but there is no such test: {name}" for name in sorted(listed - found)])


class Libm(Complaints):
    NAMES = ("exp exp2 exp10 expm1 log log2 log10 log1p pow cbrt hypot sin cos tan sincos asin acos atan atan2 sinh cosh "
             "tanh asinh acosh atanh erf erfc lgamma lgamma_r tgamma gamma").split()

    def test_no_result_depends_on_the_systems_mathematics(self):
        forbidden = {name + suffix for name in self.NAMES for suffix in ("", "f", "l")}
        complaints, looked_at = [], 0
        for room in rooms():
            library = BUILD / "sim" / f"libsojourn_{room}.a"
            if room == "command" or not library.exists():
                continue
            looked_at += 1
            listing = subprocess.run(["nm", "-u", library], check=True, capture_output=True, text=True).stdout
            wanted = {line.split()[-1].split("@")[0] for line in listing.splitlines() if line.strip().startswith("U ")}
            complaints += [f"room {room} calls {name}" for name in sorted(wanted & forbidden)]
        self.assertGreater(looked_at, 5, "no libraries to look at")
        self.none(complaints)

    def test_the_compiler_may_not_fuse_or_reorder(self):
        for entry in (BUILD / "compile_commands.json").read_text().split('"command"')[1:]:
            if "/sim/" in entry:
                self.assertIn("-ffp-contract=off", entry)
                self.assertNotRegex(entry, r"-ffast-math|-Ofast|-march=|-mfma")


class Kernels(Complaints):
    """What is compiled for one instruction set is found by nobody who was compiled for another."""

    def test_they_share_no_function(self):
        if 'CMAKE_BUILD_TYPE:STRING=Release' not in (BUILD / "CMakeCache.txt").read_text():
            return  # without optimisation even what is a single instruction is a function
        complaints = []
        for isa in ("baseline", "avx2", "avx512") if platform.machine() == "x86_64" else ("baseline",):
            found = list((BUILD / "sim").rglob(f"batch_{isa}.cpp.o"))
            self.assertEqual(len(found), 1, isa)
            listing = subprocess.run(["nm", "-C", found[0]], check=True, capture_output=True, text=True).stdout
            complaints += [f"batch_{isa}: {line}" for line in listing.splitlines() if re.match(r"^\w+ [WVT] ", line)]
        self.none(complaints)


class Sources(Complaints):
    def test_headers_have_pragma_once(self):
        self.none([str(path.relative_to(SOURCE)) for path in sources(".hpp")
                   if not re.search(r"^#pragma once$", path.read_text(), re.MULTILINE)])

    def test_a_file_begins_by_saying_what_it_is(self):
        self.none([str(path.relative_to(SOURCE)) for path in sources(".hpp", ".inl")
                   if not path.read_text().startswith(("// ", "/* "))])

    def test_lines_end_at_120(self):
        self.none([f"{path.relative_to(SOURCE)}:{number}" for path in sources(".hpp", ".cpp", ".inl")
                   for number, line in enumerate(path.read_text().splitlines(), 1) if len(line) > 120])

    def test_nothing_is_left_to_do(self):
        marks = "|".join(first + second for first, second in (("TO", "DO"), ("FIX", "ME"), ("X", "XX")))
        self.search(text_files(), rf"\b({marks})\b")
        self.search([path for path in text_files() if path.suffix == ".md"], r"(^|[:.] )[A-Z_]{5,}$")  # a gap to be filled

    def test_no_type_is_named_for_nothing(self):
        self.search(sources(".hpp", ".cpp", ".inl"), r"\b(class|struct|namespace) \w*(Manager|Helper|Util(s|ities)?)\b")

    def test_no_path_of_somebodys_machine(self):
        self.search(text_files(), r"(?<![\w.$}])/(work|home|root|Users)/\w")

    def search(self, paths, pattern):
        self.none([f"{path.relative_to(SOURCE)}:{number}: {line.strip()[:100]}" for path in paths
                   for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
                   if re.search(pattern, line) and path != pathlib.Path(__file__)])


class Links(Complaints):
    def test_links_between_documents_resolve(self):
        complaints = []
        for path in [path for path in text_files() if path.suffix == ".md"]:
            for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", path.read_text()):
                target = (target[0] or target[1]).split("#")[0]
                if target and "://" not in target and not (path.parent / target).exists():
                    complaints.append(f"{path.relative_to(SOURCE)} -> {target}")
        self.none(complaints)

    def test_files_that_documents_name_exist(self):
        named = re.compile(r"`((?:configs|docs|scripts|sim|tests)/[\w./-]+)`")
        self.none([f"{path.relative_to(SOURCE)} names {name}" for path in text_files() if path.suffix in (".md", ".yaml")
                   for name in named.findall(path.read_text()) if not (SOURCE / name).exists()])


class Catalogue(Complaints):
    """The index of tests/bad_config: README.md there."""
    BAD = SOURCE / "tests" / "bad_config"

    def rows(self):
        for line in (self.BAD / "README.md").read_text().splitlines():
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if len(cells) == 3 and cells[0] not in ("Category", "---"):
                yield cells[0], cells[1].split(), cells[2].split()

    def test_the_index_holds_every_file_and_no_other(self):
        indexed = {name for _, names, _ in self.rows() for name in names}
        self.assertEqual(indexed, {path.stem for path in self.BAD.glob("*.yaml")})
        self.assertEqual(indexed, {path.stem for path in self.BAD.glob("*.expected")})

    def test_the_inputs_made_by_tests_are_made(self):
        text = (SOURCE / "tests" / "command" / "hostile_test.py").read_text()
        self.none([test for _, _, made in self.rows() for test in made if f"def {test}(" not in text])

    def test_each_category_has_two(self):
        rows = list(self.rows())
        self.assertEqual(len([1 for category, _, _ in rows if not category.startswith("other: ")]), 28)
        self.none([category for category, names, made in rows if len(names) + len(made) < 2])

    def test_no_two_begin_with_the_same_message(self):
        seen = {}
        for path in sorted(self.BAD.glob("*.expected")):
            first = re.sub(r"^[^:]*(:\d+:\d+)?: ", "", path.read_text().splitlines()[0])
            seen.setdefault(first, []).append(path.stem)
        self.none([f"{' '.join(stems)}: {first}" for first, stems in seen.items() if len(stems) > 1])


class Configs(Complaints):
    def check(self, *arguments):
        done = subprocess.run([PROGRAM, "check", *arguments], capture_output=True, text=True)
        return [] if done.returncode == 0 else [" ".join(map(str, arguments)), done.stdout + done.stderr]

    def test_every_model_is_right(self):
        models = sorted((SOURCE / "configs").glob("*.yaml")) + sorted((SOURCE / "configs/examples").rglob("*.yaml"))
        models = [model for model in models if model.parent.name != "parts"]  # what models include
        self.assertGreaterEqual(len(models), 12)
        self.none([line for model in models for line in self.check(model)])

    def test_every_set_of_parameters_fits_its_model(self):
        fits = sorted((SOURCE / "configs/ball_fits").glob("*.yaml"))
        self.assertGreaterEqual(len(fits), 6)
        model = SOURCE / "configs/ball_cd19_cd22.yaml"
        self.none([line for fit in fits for line in self.check(model, "--parameters", fit)])

    def test_every_parameter_of_the_flagship_has_a_source_and_a_status(self):
        text = (SOURCE / "configs/ball_cd19_cd22.yaml").read_text()
        lines = re.search(r"^parameters:\n(.*?)^\S", text, re.MULTILINE | re.DOTALL).group(1).splitlines()
        given = [line for line in lines if re.match(r"  \w+: \{", line)]
        self.assertGreater(len(given), 50)
        self.none([line for line in given if "source:" not in line or "status:" not in line])

    def test_the_readme_shows_the_example_as_it_is(self):
        example = (SOURCE / "configs/examples/maintenance.yaml").read_text().strip()
        self.assertIn(f"```yaml\n{example}\n```", (SOURCE / "README.md").read_text())

    def test_what_the_page_for_r_users_shows_stands_in_an_example(self):
        examples = "".join(path.read_text() for path in (SOURCE / "configs/examples").glob("*.yaml"))
        shown = re.findall(r"```yaml\n(.*?)```", (SOURCE / "docs/from_r.md").read_text(), re.DOTALL)
        self.assertGreaterEqual(len(shown), 3)
        self.none([block.splitlines()[0] for block in shown if block not in examples])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], sys.argv[4], "-v"])
