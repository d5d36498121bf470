"""A catalogue's directory of TOML files."""

from importlib import resources
from pathlib import Path

from streams.catalogue import Catalogue
from streams.catalogue.reading import read
from streams.errors import WrongUse


def read_directory(directory: Path) -> Catalogue:
    """The catalogue that the *.toml files of a directory make.

    Raises WrongUse for a directory that is none, WrongCatalogue for one that does not hold together.
    """
    files = sorted(directory.glob("*.toml"))
    if not files:
        raise WrongUse(f"{directory} holds no *.toml files: give a catalogue's directory, like catalogue/hau-giang")
    return read({str(file): _text(file) for file in files})


def example(name: str = "hau-giang") -> Path:
    """The directory of an example that comes with Nhịp."""
    return Path(str(resources.files("catalogue") / name))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror})") from error
