"""Problem packages, as folders and as zips: what they say is read, what they try is refused."""

from __future__ import annotations

import stat
import zipfile

import pytest

from adjudge import formats
from adjudge.formats import package_files
from adjudge.formats.yaml_subset import YamlError, read_yaml

HELLO = {
    "problem.yaml": "license: public domain\nname: Hello World!\n\nlimits:\n  memory: 512\n",
    "problem_statement/problem.en.tex": "\\problemname{Hello}",
    "data/sample/1.in": "1\n",
    "data/sample/1.ans": "one\n",
    "data/secret/01.in": "2\n",
    "data/secret/01.ans": "two\n",
    "data/secret/01.desc": "about it",
    "data/secret/02/a.in": "3\n",
    "data/secret/02/a.ans": "three\n",
    "submissions/accepted/a.py": "print(1)",
}
CUSTOM = {
    **HELLO,
    "problem.yaml": "validation: custom\nlimits:\n  time_safety_margin: 4   # (default is 2)\n",
    "output_validators/check/validate.cc": '#include "validate.h"\nint main() { return 42; }\n',
    "output_validators/check/validate.h": "#pragma once\n",
}
SCORING = {
    **HELLO,
    "problem.yaml": (
        "problem_format_version: 2023-07-draft\nuuid: 025d\ntype: scoring\n"
        "name:\n  en: Odd Echo\n  sv: Udda eko\n"
    ),
    "data/testdata.yaml": "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample\n",
    "data/sample/testdata.yaml": "range: 0 0\naccept_score: 0\ngrader_flags: first_error\n",
    "data/secret/testdata.yaml": "accept_score: 5\ngrader_flags: accept_if_any_accepted\n",
    "data/secret/02/testdata.yaml": "on_reject: break\naccept_score: 50\ngrader_flags: min\n",
    "data/secret/02/b.in": "4\n",
    "data/secret/02/b.ans": "four\n",
}


def folder(tmp_path, files):
    root = tmp_path / "problem"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def zipped(tmp_path, files, start=""):
    path = tmp_path / "problem.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(start + name, text)
    return path


@pytest.fixture(params=["folder", "zip", "zip with a folder"])
def package(request, tmp_path):
    """Writes the files as a package and returns its path."""

    def write(files):
        if request.param == "folder":
            return folder(tmp_path, files)
        return zipped(tmp_path, files, "problem/" if "with" in request.param else "")

    return write


def test_a_plain_package(package):
    parameters = formats.from_kattis(package(HELLO), partial_credit=True).parameters
    assert parameters == {
        "language": "python",
        "tests": [
            {"stdin": "1\n", "expected": "one\n"},
            {"stdin": "2\n", "expected": "two\n"},
            {"stdin": "3\n", "expected": "three\n"},
        ],
        "checker": "tokens",
        "case_sensitive": False,
        "limits": {"memory_bytes": 512 << 20, "output_bytes": 8 << 20},
        "partial_credit": True,
    }
    path = package(HELLO)
    assert len(formats.from_kattis(path, samples=False).parameters["tests"]) == 2


@pytest.mark.parametrize(
    ("flags", "checker", "case_sensitive"),
    [
        ("case_sensitive", "tokens", True),
        ("space_change_sensitive case_sensitive", "exact", True),
        ("float_tolerance 1e-4", {"name": "floats", "rel_tol": 1e-4, "abs_tol": 1e-4}, False),
        (
            "float_absolute_tolerance 1e-6 case_sensitive",
            {"name": "floats", "rel_tol": 0.0, "abs_tol": 1e-6},
            True,
        ),
    ],
)
def test_flags_of_the_default_validator(tmp_path, flags, checker, case_sensitive):
    files = {**HELLO, "problem.yaml": f"validation: default\nvalidator_flags: {flags}\n"}
    parameters = formats.from_kattis(folder(tmp_path, files)).parameters
    assert (parameters["checker"], parameters["case_sensitive"]) == (checker, case_sensitive)


def test_flags_of_a_group_of_tests_are_read_too(tmp_path):
    files = {**HELLO, "data/testdata.yaml": "output_validator_flags: float_tolerance 1e-3\n"}
    parameters = formats.from_kattis(folder(tmp_path, files)).parameters
    assert parameters["checker"]["rel_tol"] == 1e-3


def test_a_custom_validator_comes_with_its_files(package):
    parameters = formats.from_kattis(package(CUSTOM)).parameters
    assert parameters["checker"] == {
        "name": "program",
        "language": "cpp20",
        "source": CUSTOM["output_validators/check/validate.cc"],
        "protocol": "kattis",
        "files": {"validate.h": "#pragma once\n"},
    }
    assert "case_sensitive" not in parameters


@pytest.mark.parametrize(
    "files",
    [
        {"problem.yaml": "validation: custom interactive\n", "output_validators/v.py": "#"},
        {"problem.yaml": "type: interactive\nname: {en: Guess}\n", "output_validator/v.py": "#"},
        {"problem.yaml": "type: [pass-fail, interactive]\n", "output_validator/v/v.py": "#"},
    ],
)
def test_an_interactive_problem_has_an_interactor(tmp_path, files):
    parameters = formats.from_kattis(folder(tmp_path, {**HELLO, **files})).parameters
    assert parameters["interactor"] == {"language": "python", "source": "#", "protocol": "kattis"}
    assert "checker" not in parameters


def test_flags_become_arguments_of_a_custom_validator(tmp_path):
    yaml = "validation: custom\nvalidator_flags: strict 3\n"
    parameters = formats.from_kattis(folder(tmp_path, {**CUSTOM, "problem.yaml": yaml})).parameters
    assert parameters["checker"]["arguments"] == ["strict", "3"]


def test_tests_that_earn_nothing_are_left_out(tmp_path):
    files = {**SCORING, "data/secret/testdata.yaml": "accept_score: 0\n"}
    parameters = formats.from_kattis(folder(tmp_path, files)).parameters
    assert [test["stdin"] for test in parameters["tests"]] == ["3\n", "4\n"]
    assert parameters["subtasks"] == [{"name": "02", "tests": [0, 1], "weight": 50.0}]


def test_a_scoring_problem_has_subtasks(package):
    parameters = formats.from_kattis(package(SCORING)).parameters
    assert [test["stdin"] for test in parameters["tests"]] == ["2\n", "3\n", "4\n"]
    assert parameters["subtasks"] == [
        {"name": "01", "tests": [0], "weight": 5.0},
        {"name": "02", "tests": [1, 2], "weight": 50.0},
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"problem.yaml": "limits: {time_limit: 2.5}\n"},
        {".timelimit": "2.5\n"},
        {"domjudge-problem.ini": "probid=a\ntimelimit='2.5'\n"},
    ],
)
def test_a_time_limit_is_found_where_the_tools_put_it(tmp_path, files):
    parameters = formats.from_kattis(folder(tmp_path, {**HELLO, **files})).parameters
    assert parameters["limits"]["cpu_seconds"] == 2.5


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ({"problem.yaml": "validation: custom score\n"}, "problem.yaml"),
        ({"problem.yaml": "type: multi-pass\n"}, "problem.yaml"),
        ({"problem.yaml": "validation: custom\n"}, "output_validators"),
        ({"problem.yaml": "limits: {memory: none}\n"}, "problem.yaml/limits/memory"),
        ({"problem.yaml": "name: &a x\n"}, "problem.yaml"),
        ({"problem.yaml": "- a\n"}, "problem.yaml"),
        ({"problem.yaml": "validator_flags: fast\n"}, "validator_flags"),
        ({"problem.yaml": "validator_flags: float_tolerance\n"}, "validator_flags"),
        ({"include/python/a.py": ""}, "include/python/a.py"),
        ({"data/secret/03.in": "x"}, "problem/data/secret/03.ans"),
        ({**CUSTOM, "output_validators/other.py": ""}, "output_validators"),
        ({**CUSTOM, "output_validators/check/build": ""}, "output_validators/check/build"),
        ({**CUSTOM, "output_validators/check/b.cc": "int main() {}"}, "output_validators"),
        (
            {**SCORING, "data/secret/02/testdata.yaml": "grader_flags: max\n"},
            "data/secret/02/testdata.yaml",
        ),
        (
            {"data/secret/02/testdata.yaml": "output_validator_flags: case_sensitive\n"},
            "output_validator_flags",
        ),
    ],
)
def test_what_a_task_cannot_say_is_refused(tmp_path, files, field):
    with pytest.raises(formats.RowError) as caught:
        formats.from_kattis(folder(tmp_path, {**HELLO, **files}))
    assert caught.value.field == field


def test_a_package_without_secret_tests_or_without_problem_yaml_is_refused(tmp_path):
    files = {name: text for name, text in HELLO.items() if "secret" not in name}
    with pytest.raises(formats.RowError, match="data/secret: expected at least one test"):
        formats.from_kattis(folder(tmp_path, files))
    with pytest.raises(formats.RowError, match="one problem package"):
        formats.from_kattis(zipped(tmp_path, {"a/b.txt": ""}))
    with pytest.raises(formats.RowError, match="a folder or a zip"):
        formats.from_kattis(tmp_path / "missing.zip")
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(formats.RowError, match="a folder or a sound zip"):
        formats.from_kattis(tmp_path / "text.zip")


@pytest.mark.parametrize(
    "name",
    [
        "../out.in",
        "/etc/out.in",
        "data/../../out.in",
        "data\\..\\out.in",
        "C:/out.in",
        "a//b",
        "./a",
    ],
)
def test_a_zip_that_climbs_out_is_refused(tmp_path, name):
    with pytest.raises(formats.RowError, match="a path inside of the package"):
        formats.from_kattis(zipped(tmp_path, {**HELLO, name: "x"}))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_zip_with_a_link_or_a_device_is_refused(tmp_path, kind):
    path = zipped(tmp_path, HELLO)
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("data/secret/03.in")
        member.create_system = 3
        member.external_attr = (kind | 0o644) << 16
        archive.writestr(member, "/etc/passwd")
    with pytest.raises(formats.RowError, match="a link or a device"):
        formats.from_kattis(path)


def test_a_zip_with_two_members_of_one_name_is_refused(tmp_path):
    path = zipped(tmp_path, HELLO)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("data/secret/01.in", "other")
    with pytest.raises(formats.RowError, match="one member of this name, got two"):
        formats.from_kattis(path)


def test_an_encrypted_member_is_refused(tmp_path):
    path = zipped(tmp_path, HELLO)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")  # the first entry of the directory; its flags stand 8 bytes on
    data[at + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(formats.RowError, match="not encrypted"):
        formats.from_kattis(path)


def test_a_bomb_is_read_no_further_than_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(package_files, "MAX_FILE_BYTES", 10_000)
    path = zipped(tmp_path, {**HELLO, "data/secret/01.in": "0" * 10_000_000})
    with pytest.raises(formats.RowError, match="at most 10,000 bytes"):
        formats.from_kattis(path)


def test_many_files_and_many_bytes_are_refused(tmp_path, monkeypatch):
    path = zipped(tmp_path, HELLO)
    monkeypatch.setattr(package_files, "MAX_FILES", 5)
    with pytest.raises(formats.RowError, match="at most 5 files"):
        formats.from_kattis(path)
    monkeypatch.setattr(package_files, "MAX_FILES", 100)
    monkeypatch.setattr(package_files, "MAX_PACKAGE_BYTES", 50)
    with pytest.raises(formats.RowError, match="50 in all"):
        formats.from_kattis(path)


def test_a_damaged_member_is_an_error_of_the_package(tmp_path):
    path = zipped(tmp_path, {**HELLO, "data/secret/01.in": "abcdefgh" * 1000})
    data = bytearray(path.read_bytes())
    at = data.index(b"data/secret/01.in") + len("data/secret/01.in") + 3
    data[at] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(formats.RowError, match="a sound zip"):
        formats.from_kattis(path)


def test_links_of_a_folder_may_stay_inside_and_no_more(tmp_path):
    root = folder(tmp_path, HELLO)
    (root / "data/secret/03.in").symlink_to("01.in")
    (root / "data/secret/03.ans").symlink_to("01.ans")
    assert len(formats.from_kattis(root).parameters["tests"]) == 4
    (root / "data/secret/04.in").symlink_to("/etc/passwd")
    with pytest.raises(formats.RowError, match="a link out of it"):
        formats.from_kattis(root)


def test_text_that_is_not_utf8_is_refused(tmp_path):
    root = folder(tmp_path, HELLO)
    (root / "data/secret/01.in").write_bytes(b"\xff\xfe")
    with pytest.raises(formats.RowError, match="text in UTF-8"):
        formats.from_kattis(root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 1\nb: 2.5\nc: true\nd: ~\ne:\n", {"a": 1, "b": 2.5, "c": True, "d": None, "e": None}),
        ("---\na: 'it''s'\nb: \"x\\ny\"\n", {"a": "it's", "b": "x\ny"}),
        ("a:\n- 1\n- b: 2\n  c: 3\n-\n  - 4\n", {"a": [1, {"b": 2, "c": 3}, [4]]}),
        (
            "a: [1, 'x, y', {k: v}]\nb: {c: [d], e: f}\n",
            {"a": [1, "x, y", {"k": "v"}], "b": {"c": ["d"], "e": "f"}},
        ),
        ("a: http://x/y#z # comment\n", {"a": "http://x/y#z"}),
        (
            "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: 3\n",
            {"a": "one\ntwo\n", "b": "one two", "c": 3},
        ),
        ("a: one\n  two\nb: 1\n", {"a": "one two", "b": 1}),
        ("a: 1e-6\nb: -inf +inf\nc: 0 50\n", {"a": 1e-6, "b": "-inf +inf", "c": "0 50"}),
        (
            "name:\n    en: Guess: the Number\n    'sv': Gissa\n",
            {"name": {"en": "Guess: the Number", "sv": "Gissa"}},
        ),
    ],
)
def test_plain_yaml_is_read(text, value):
    assert read_yaml(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: *x\n",
        "a: !!python/object x\n",
        "a: 1\na: 2\n",
        "\ta: 1\n",
        "a: [1, 2\n",
        "a: {b}\n",
        'a: "x\n',
        "a: 1\n  b: 2\n",
        "a: 1\n- 2\n",
        "a: " + "[" * 100,
        "".join(" " * n + "a:\n" for n in range(100)),
    ],
)
def test_other_yaml_is_refused(text):
    with pytest.raises(YamlError):
        read_yaml(text)
