"""Output validators of Kattis packages: the default one's flags, and custom programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import NotSupported, RowError

if TYPE_CHECKING:
    from adjudge.formats.package_files import PackageFiles
    from adjudge.program_task import Language

LANGUAGES: dict[str, Language] = {
    ".c": "c",
    ".cc": "cpp20",
    ".cpp": "cpp20",
    ".cxx": "cpp20",
    ".c++": "cpp20",
    ".py": "python",
    ".py3": "python",
    ".java": "java",
    ".rs": "rust",
    ".js": "javascript",
    ".go": "go",
    ".sh": "bash",
}
"""The verifier's name for each language, by the ending of a source file (the format's table)."""

_TOLERANCES = {
    "float_tolerance": ("rel_tol", "abs_tol"),
    "float_relative_tolerance": ("rel_tol",),
    "float_absolute_tolerance": ("abs_tol",),
}
_MAIN = re.compile(r"\bmain\s*\(|__main__")
_MAIN_FILES = ("__main__.py", "main.py")


def flags_of(value: object, field: str) -> list[str]:
    """Command-line arguments: a text of words, a list of them, or a mapping with ``flags``."""
    if value is None:
        return []
    if isinstance(value, dict):
        value = value.get("flags") or ""  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - YAML
    if isinstance(value, list):
        return [str(word) for word in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - YAML
    if not isinstance(value, (str, int, float)):
        raise RowError(field, "a text of flags", type(value).__name__)  # pyright: ignore[reportUnknownArgumentType] - YAML
    return str(value).split()


def default_checker(flags: list[str]) -> dict[str, Any]:
    """``checker`` and ``case_sensitive`` as the default validator's flags say them."""
    tolerances: dict[str, float] = {}
    sensitive = {"case_sensitive": False, "space_change_sensitive": False}
    words = iter(flags)
    for word in words:
        if word in sensitive:
            sensitive[word] = True
        elif word in _TOLERANCES:
            try:
                tolerance = float(next(words, ""))
            except ValueError as error:
                expected = f"a number after {word}"
                raise RowError("validator_flags", expected, " ".join(flags)) from error
            tolerances.update(dict.fromkeys(_TOLERANCES[word], tolerance))
        else:
            expected = f"one of {', '.join([*sensitive, *_TOLERANCES])}"
            raise RowError("validator_flags", expected, word)
    if tolerances and sensitive["space_change_sensitive"]:
        expected = "a tolerance, or sensitivity to spaces"
        raise NotSupported("validator_flags", expected, " ".join(flags))
    found: dict[str, Any] = {"checker": "tokens", "case_sensitive": sensitive["case_sensitive"]}
    if tolerances:
        found["checker"] = {"name": "floats", "rel_tol": 0.0, "abs_tol": 0.0, **tolerances}
    elif sensitive["space_change_sensitive"]:
        found["checker"] = "exact"
    return found


def validator_program(files: PackageFiles, flags: list[str]) -> dict[str, Any]:
    """The only custom validator, as a program of protocol ``kattis`` with the files beside it."""
    folder, names = _only_program(files)
    sources = [name for name in names if _language(name)]
    for name in names:
        if name.rpartition("/")[2] in {"build", "run"}:
            raise NotSupported(name, "a validator that is built from its sources", "a script")
    if not sources:
        known = ", ".join(LANGUAGES)
        raise NotSupported(folder or names[0], f"a source file ending in {known}", "none")
    main = _main_source(files, sources)
    start = len(folder)
    beside = {name[start:]: files.text(name) for name in names if name != main}
    program: dict[str, Any] = {
        "language": _language(main),
        "source": files.text(main),
        "protocol": "kattis",
    }
    for name in beside:
        if "/" in name:
            raise NotSupported(f"{folder}{name}", "files beside the validator's source", "a folder")
    if beside:
        program["files"] = beside
    if flags:
        program["arguments"] = flags
    return program


def _only_program(files: PackageFiles) -> tuple[str, list[str]]:
    """The folder (with its slash) and the files of the only validator."""
    programs: dict[str, list[str]] = {}
    for name in files.names:
        top, _, rest = name.partition("/")
        if top not in {"output_validators", "output_validator"} or not rest:
            continue
        head, slash, _ = rest.partition("/")
        programs.setdefault(f"{top}/{head}{slash}", []).append(name)
    loose = [name for name in programs if not name.endswith("/")]
    if (
        len(programs) > 1
        and len(loose) == len(programs)
        and loose[0].startswith("output_validator/")
    ):
        return "output_validator/", loose  # since 2023-07 the folder itself is the program
    if len(programs) != 1:
        raise NotSupported("output_validators", "one program", f"{len(programs)} of them")
    ((name, found),) = programs.items()
    return (name if name.endswith("/") else name.rpartition("/")[0] + "/"), found


def _main_source(files: PackageFiles, sources: list[str]) -> str:
    """The file to start; of several Python files one that says so, else the first."""
    if len(sources) == 1:
        return sources[0]
    for name in sources:
        if name.rpartition("/")[2] in _MAIN_FILES:
            return name
    if {_language(name) for name in sources} != {"python"}:
        got = ", ".join(sources)
        raise NotSupported("output_validators", "one source file, with headers or modules", got)
    return next((name for name in sources if _MAIN.search(files.text(name))), sources[0])


def _language(name: str) -> Language | None:
    file = name.rpartition("/")[2]
    return LANGUAGES.get(file[file.rfind(".") :].lower()) if "." in file else None
