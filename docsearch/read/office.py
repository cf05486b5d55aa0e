"""Formats that LibreOffice converts first: .doc, .rtf, .xls, .odt, .ods, .wps.

It runs without network where the system can forbid it, without macros, links and a profile of
the user's, in a temporary folder, and is ended with all its children when its time is over.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from docsearch.errors import MissingProgramError, SourceError, UnsupportedFormatError
from docsearch.read.docx import read_docx
from docsearch.read.ole import MAGIC, kind_of_ole
from docsearch.read.package import Package
from docsearch.read.reading import Reading
from docsearch.read.sheets import read_xlsx

TIMEOUT: Final = 60.0
"""Seconds that a conversion may take. Arbitrary; documents of a hundred pages take three."""

_PROTECTED: Final = "protected by a password; save it again without one"
_PROGRAMS: Final = (
    *("soffice", "libreoffice"),
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_MIME: Final = {  # of OpenDocument files, without what is in front
    "text": "odt",
    "text-template": "odt",
    "text-master": "odt",
    "text-web": "odt",
    "spreadsheet": "ods",
    "spreadsheet-template": "ods",
}
_TARGETS: Final = {
    **{"doc": "docx", "rtf": "docx", "odt": "docx", "wps": "docx"},
    **{"xls": "xlsx", "ods": "xlsx"},
}
_SETTINGS: Final = (  # path, name, value: nothing active runs and nothing outside is loaded
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
    ("Common/Load", "UserDefinedSettings", "false"),
    ("Common/Misc", "UseLocking", "false"),
)
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)


def read_office(path: Path, name: str, timeout: float = TIMEOUT) -> Reading:
    """Read a file that LibreOffice converts.

    Args:
        path: the file; what it is, its content decides.
        name: the name it is known by, for messages.
        timeout: seconds that the conversion may take.

    Returns:
        What ``read_docx`` or ``read_xlsx`` finds in the converted file; ``format`` is that of the
        file itself ("doc").

    Raises:
        MissingProgramError: LibreOffice is not installed.
        UnsupportedFormatError: a format that is not read here, such as a presentation.
        SourceError: protected by a password, broken, or not converted in time.
    """
    form = _form(path, name)
    program = _program()
    if program is None:
        raise MissingProgramError(name, "LibreOffice", install_command())
    with tempfile.TemporaryDirectory(prefix="docsearch-") as folder:
        converted = _convert(program, path, name, form, Path(folder), timeout)
        if _TARGETS[form] == "xlsx":
            return replace(read_xlsx(converted, name), format=form)
        return replace(read_docx(converted, name), format=form)


def install_command() -> str:
    """Return the command that installs LibreOffice on this system."""
    if sys.platform == "darwin":
        return "brew install --cask libreoffice"
    if sys.platform == "win32":
        return "winget install TheDocumentFoundation.LibreOffice"
    return "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"


def has_office() -> bool:
    """Return whether LibreOffice is installed."""
    return _program() is not None


def _program() -> str | None:
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def _form(path: Path, name: str) -> str:
    """Return the format of a file by its content."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(name, f"cannot be opened ({error.strerror or error})") from error
    if data.startswith(MAGIC):
        kind = kind_of_ole(data)
        if kind == "encrypted":
            raise SourceError(name, _PROTECTED)
        if kind not in _TARGETS:
            what = "a presentation" if kind == "ppt" else "an Office 97 file of an unknown kind"
            raise UnsupportedFormatError(name, f"{what}, not a text or a spreadsheet")
        return kind
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK\x03\x04"):
        return _open_document(path, name)
    raise UnsupportedFormatError(name, "no Office 97, RTF or OpenDocument file")


def _open_document(path: Path, name: str) -> str:
    with Package(path, name) as package:
        mime = package.read("mimetype", 200) or b""
        kind = mime.decode("ascii", "replace").strip().rpartition("opendocument.")[2]
        if kind not in _MIME:
            raise UnsupportedFormatError(name, "a container that is no OpenDocument text or table")
        manifest = package.read("META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise SourceError(name, _PROTECTED)
        for part in ("content.xml", "styles.xml"):
            package.xml(part)  # nothing that is too large, too deep or hostile is handed on
    return _MIME[kind]


def _convert(program: str, path: Path, name: str, form: str, folder: Path, timeout: float) -> Path:
    source, target = folder / f"source.{form}", folder / "out"
    target.mkdir()
    shutil.copyfile(path, source)
    _write_profile(folder / "profile")
    command = [
        *_without_network(),
        program,
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", _TARGETS[form], "--outdir", str(target), str(source)),
    ]
    said = _run(command, folder, name, timeout)
    converted = target / f"source.{_TARGETS[form]}"
    if not converted.is_file():
        reason = re.sub(r"\s+", " ", said).replace(str(folder), "").strip()[-200:]
        raise SourceError(name, f"LibreOffice cannot read it ({reason or 'it does not say why'})")
    return converted


def _run(command: list[str], folder: Path, name: str, timeout: float) -> str:
    """Run a command in a process group of its own and end the whole group with it."""
    environment = {
        **{"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        **{"PATH": os.environ.get("PATH", os.defpath), "SAL_USE_VCLPLUGIN": "svp"},
    }
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise SourceError(
                name, f"LibreOffice did not convert it in {timeout:g} seconds; it was ended"
            ) from error
        finally:
            _end(process)
    return log.read_text(encoding="utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started; they may outlive it."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command that runs another one without network, where the system has it."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, *("--map-root-user", "--net", "--pid", "--fork", "--kill-child"), "--")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()


def _write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    items = "\n".join(
        _ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
