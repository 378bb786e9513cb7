"""The schema and the reference that `sojourn schema` prints. Run by ctest, one class a test:

    schema_test.py PROGRAM SOURCE_FOLDER Class
"""
import copy
import functools
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import yaml

import plain_yaml

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
BAD = SOURCE / "tests" / "bad_config"


def printed(*options):
    return subprocess.run([PROGRAM, "schema", *options], check=True, capture_output=True, text=True).stdout


@functools.cache
def validator(*options):
    return jsonschema.Draft7Validator(json.loads(printed(*options)))


def check(path, folder):
    """What `sojourn check` says, a list of (path, problem)."""
    done = subprocess.run([PROGRAM, "check", path], capture_output=True, text=True, cwd=folder)
    if done.returncode == 0:
        return []
    return [problem(line) for line in done.stderr.splitlines()]


def problem(line):
    """The path and the rest of `file:line:column: path: problem (why); hint`."""
    rest = re.sub(r"^[^:]*(:\d+:\d+)?: ", "", line)
    found = re.match(r"((?:[A-Za-z_][\w]*)(?:\.[\w-]+|\[\d+\])*): (.*)", rest)
    return (found.group(1), found.group(2)) if found else ("", rest)


# What the form of a file alone tells: these must be refused by the schema, too.
STRUCTURAL = re.compile("|".join([
    r"unknown key in", r"^expected .*, found (nothing|a list|a mapping)", r"^expected a list, found `", r"`allocation` without", r"this key has no value",
    r"^expected (a number|a whole number|true or false)",
    r"`(?!(at|level)` is missing in a target)\w+` is missing",  # what a target needs, the outcome around it tells
    r"`at`, `restricted_mean` or `quantiles` is missing", r"`at` or `quantiles` is missing",
    r"beside `components`$", r"beside `components`;", r"a draw beside `cases`", r"more than one draw", r"how it is drawn is missing",
    r"there is no family", r"these parameters do not make", r"a second family", r"a family is missing", r"a unit does not belong here",
    r"who decides is missing", r"more than one way to decide", r"when the branch happens is missing", r"here belongs to ordinal_logistic",
    r"`odds_ratio` without `probabilities`", r"`group_at` without", r"has no meaning with `(?!.*)", r"an outcome is about one thing",
    r"what the outcome is about is missing", r"^`\w+` cannot be part of another family", r"needs `min`, `max` or both",
    r"a mixture is a list of", r"a range is \[lowest, highest\]", r"beta takes", r"is no status", r"`\D*` is no unit of a parameter", r"does not say what holds",
    r"does not say what happens", r"there is no clock", r"cannot decide", r"is no scale of", r"is no time to form", r"is no way to",
    r"is not a name", r"cannot be a name", r"is not a unit of time", r"a tabulated curve needs its points once",
    r"does not say how a sample", r"^(a|more than one) distribution", r"drawn together: one of them is needed",
    r"an interval is \[low, high\]", r"the list of \w+ is empty",
    r"a cost is an `amount` or a `rate`", r"a utility is a `value`", r"it hangs on one thing", r"counts from an instant", r"goes with a loss",
    r"when the amount is paid", r"is no method of", r"does not say whether to discount", r"^the file holds nothing", r"^a model is a mapping", r"^version \d+ of the language",
]))


class Reference(unittest.TestCase):
    def test_is_not_stale(self):
        committed = (SOURCE / "docs" / "reference.md").read_text()
        self.assertEqual(printed("--reference"), committed, "renew it: sojourn schema --reference > docs/reference.md")

    def test_links_lead_somewhere(self):
        text = printed("--reference")
        anchors = {re.sub(r"[^\w -]", "", line[3:]).lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}
        self.assertEqual(set(re.findall(r"\]\(#([^)]*)\)", text)) - anchors, set())


def requirements(node):
    """Every schema inside that asks for keys."""
    if isinstance(node, dict) and "required" in node:
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from requirements(value)


class Units(unittest.TestCase):
    def test_every_unit_of_the_reference_is_one(self):
        rows = [line.split(" | ") for line in (SOURCE / "docs" / "reference.md").read_text().splitlines()
                if line.startswith("| `") and line.count(" | ") == 6]
        self.assertGreater(len(rows), 100)
        known = {"", "1", "time", "1/time", "boolean", "boolean or category", "any unit"}
        self.assertEqual([row[0] for row in rows if row[3].strip() not in known], [])


class Validity(unittest.TestCase):
    def test_is_a_schema(self):
        for options in [], ["--parameter-file"]:
            jsonschema.Draft7Validator.check_schema(json.loads(printed(*options)))

    def test_has_the_same_bytes_each_time(self):
        self.assertEqual(printed(), printed())

    def test_rules_are_about_keys(self):
        schema = json.loads(printed())
        for one in [schema, *schema["definitions"].values()]:
            about = set(one.get("dependencies", {})) | set(re.findall(r"'([^']*)'", str([
                rule["required"] for rule in requirements([one.get("allOf", []), one.get("dependencies", {})])])))
            self.assertLessEqual(about | set(one.get("required", [])), set(one.get("properties", {})), one.get("title"))

    def test_tells_of_every_key(self):
        """Every key has a meaning and an example, which it accepts, as it does its default."""
        for options in [], ["--parameter-file"]:
            schema = json.loads(printed(*options))
            for name, one in {"": schema, **schema["definitions"]}.items():
                for key, value in one.get("properties", {}).items():
                    with self.subTest(mapping=name, key=key):
                        self.assertRegex(value["description"], r"^\S.*")
                        part = jsonschema.Draft7Validator({"definitions": schema["definitions"], "allOf": [value]})
                        for example in value["examples"] + ([value["default"]] if "default" in value else []):
                            self.assertEqual([error.message for error in part.iter_errors(example)], [], example)


def models():
    """Every model of the repository that is right."""
    for folder in SOURCE / "configs", SOURCE / "tests" / "data" / "models":
        for path in sorted(folder.rglob("*.yaml")):
            if re.search(r"^sojourn:", path.read_text(), re.MULTILINE):
                yield path


def complaints(document, *options):
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in validator(*options).iter_errors(document)]


class Good(unittest.TestCase):
    def test_models_are_accepted(self):
        found = list(models())
        self.assertGreaterEqual(len(found), 20)
        for path in found:
            with self.subTest(path=path.name):
                self.assertEqual(complaints(plain_yaml.load(path.read_text())), [])

    def test_parameter_files_are_accepted(self):
        found = sorted((SOURCE / "configs" / "ball_fits").glob("*.yaml"))
        self.assertNotEqual(found, [])
        for path in found:
            with self.subTest(path=path.name):
                self.assertEqual(complaints(plain_yaml.load(path.read_text()), "--parameter-file"), [])


class Bad(unittest.TestCase):
    """Every file of tests/bad_config is classified by what its .expected says."""

    def test_structural_mistakes_are_refused(self):
        accepted, kinds = {}, {"yaml": 0, "structural": 0, "semantic": 0}
        exceptions = json.loads((SOURCE / "tests" / "schema" / "exceptions.json").read_text())
        for path in sorted(BAD.glob("*.yaml")):
            lines = path.with_suffix(".expected").read_text().splitlines()
            said = [problem(line) for line in lines if not line.startswith(("tables/", "parts/"))]  # in the model itself
            try:
                document = plain_yaml.load(path.read_bytes().decode())
            except (yaml.YAMLError, UnicodeDecodeError):
                kinds["yaml"] += 1
                continue
            structural = [(place, text) for place, text in said if STRUCTURAL.search(text)]
            errors = list(validator().iter_errors(document))
            kinds["structural" if structural else "semantic"] += 1
            with self.subTest(path=path.name):
                if structural:
                    for place, text in structural:
                        self.assertTrue(any(covers(error, place) for error in errors), f"accepted: {place}: {text}")
                elif path.stem in exceptions["refused"]:
                    self.assertNotEqual(errors, [], "no longer refused: take it off exceptions.json")
                else:
                    self.assertEqual([error.message for error in errors], [], "not structural by its messages, but refused")
        self.assertGreater(kinds["structural"], 20)
        self.assertGreater(kinds["semantic"], 20)


def path_of(error):
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")


def is_around(path, place):
    return path == "" or place == path or place.startswith((path + ".", path + "["))


def covers(error, place):
    """The error is about this place, or about a mapping or list around it."""
    return is_around(path_of(error), place)


def near(error, place):
    """Or about something in it: an entry of a list whose length is wrong, too."""
    return covers(error, place) or is_around(place, path_of(error))


def places(node, path=()):
    """Every mapping inside, with the way to it."""
    if isinstance(node, dict):
        yield path, node
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield from places(value, (*path, key))


def changed(document, path, change):
    made = copy.deepcopy(document)
    at = made
    for key in path:
        at = at[key]
    change(at)
    return made


def misspelt(key):
    def change(at):
        entries = [(key + "_x" if one == key else one, value) for one, value in at.items()]
        at.clear()
        at.update(entries)
    return change


# Mappings whose keys are names that the model chooses.
NAMED = {"parameters", "attributes", "states", "branches", "events", "strategies", "costs", "utilities", "outcomes", "options", "sets", "probabilities", "categorical",
         "decisions"}


def alike(path):
    """The way without names and positions: where it leads is declared once."""
    return tuple("*" if isinstance(part, int) or before in NAMED else part for before, part in zip((None, *path), path))


def mutations(document, seen):
    """Keys misspelt and with values of other kinds, each declared key once: (what, the document)."""
    for path, mapping in places(document):
        for key in mapping:
            if alike((*path, key)) in seen:
                continue
            seen.add(alike((*path, key)))
            name = ".".join(map(str, (*path, key)))
            yield f"{name}: misspelt", changed(document, path, misspelt(key))
            for value in [], [[1]], {"zz_x": {"zz_x": 1}}, None, True, 3, "zz zz":
                if value != mapping[key]:
                    yield f"{name}: {json.dumps(value)}", changed(document, path, lambda at, value=value: at.update({key: value}))


class Mutations(unittest.TestCase):
    """A changed key or a value of another kind: what the program finds wrong in form the schema refuses, and what the schema
    refuses the program finds wrong there."""

    MODELS = sorted((SOURCE / "tests" / "schema" / "models").glob("*.yaml"))

    def test_the_models_hold_every_key(self):
        held = {key for model in self.MODELS for _, mapping in places(plain_yaml.load(model.read_text())) for key in mapping}
        schema = validator().schema
        declared = {key for one in [schema, *schema["definitions"].values()] for key in one.get("properties", {})}
        self.assertEqual(declared - held, set())

    def test_agree_with_check(self):
        count, seen = {True: 0, False: 0}, set()
        for model in self.MODELS:
            document = plain_yaml.load(model.read_text())
            self.assertEqual(check(model, model.parent), [])
            with tempfile.TemporaryDirectory() as folder:
                shutil.copytree(model.parent / "parts", pathlib.Path(folder) / "parts", dirs_exist_ok=True)
                for extra in model.parent.glob("*.csv"):
                    (pathlib.Path(folder) / extra.name).write_bytes(extra.read_bytes())
                for what, other in mutations(document, seen):
                    with self.subTest(model=model.name, change=what):
                        count[self.agree(other, folder)] += 1
        self.assertGreater(count[True], 1000)
        self.assertGreater(count[False], 100)

    def agree(self, document, folder):
        (pathlib.Path(folder) / "changed.yaml").write_text(json.dumps(document))  # JSON is YAML
        said = check("changed.yaml", folder)
        errors = list(validator().iter_errors(document))
        for place, text in said:
            if STRUCTURAL.search(text):
                self.assertTrue(any(near(error, place) for error in errors), f"check says: {place}: {text}")
        for error in errors:
            self.assertTrue(any(near(error, place) for place, _ in said), f"only the schema says: {error.message}")
        return errors != []


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], sys.argv[3]] if len(sys.argv) > 3 else sys.argv[:1])
