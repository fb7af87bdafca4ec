"""What pyproject.toml cannot say: the wheel carries templates/, static/ and translations/ inside the package,
where patient_app/paths.py looks for them, and its build compiles the catalogues."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

TOP = Path(__file__).resolve().parent
sys.path.insert(0, str(TOP / "scripts"))

from compile_translations import compile_catalogues  # noqa: E402

MAPPED = ("templates", "static", "translations")


class BuildWithFiles(build_py):
    """Python modules as always, then the three folders beside them. An editable install uses them where they
    are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        package = Path(self.build_lib) / "patient_app"
        for name in MAPPED:
            shutil.rmtree(package / name, ignore_errors=True)
            shutil.copytree(TOP / name, package / name, ignore=shutil.ignore_patterns("*.mo"))
        if not compile_catalogues(package / "translations"):
            raise SystemExit("The catalogues have errors; there is no wheel.")


setup(cmdclass={"build_py": BuildWithFiles})
