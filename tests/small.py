"""The small exercise of the tests, whole and sound, to play or to damage."""

from pathlib import Path

FOLDER = Path(__file__).parent / "exercises" / "small"
FILES = {file.name: file.read_text("utf-8") for file in sorted(FOLDER.glob("*.toml"))}


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder, with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder
