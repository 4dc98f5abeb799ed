"""A study as a folder that is kept: what was asked, the exercise whole, results block by block.

`study.toml`, `exercise.toml`, `settings.npz` where worlds differ in their numbers, and `parts/`
with a file for each block that was played. A folder has all of its head or does not exist; a block
is kept whole or not at all. One process at a time adds to it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from ttx import __version__, files
from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.course import Course, joined
from ttx.commands import pasted
from ttx.i18n import _, ngettext
from ttx.studies import parts
from ttx.studies.plan import SWEEP, Plan, StudyError, Task, exercise_written, head_of, read, written

HEAD, EXERCISE, SETTINGS, PARTS = "study.toml", "exercise.toml", "settings.npz", "parts"


@dataclass(frozen=True)
class Study:
    """A study folder; its results are read when they are asked for."""

    folder: Path
    plan: Plan
    said: tuple[bytes, bytes]
    """`study.toml` and `exercise.toml`, as workers are told them."""
    version: str
    """Of the ttx that began it."""
    shard: str = ""
    """`1/3` where it is to hold only every third block; else empty."""
    command: str = ""
    """What asked for it."""

    # --- what it holds ---

    @cached_property
    def settings(self) -> dict[str, Int32]:
        """Numbers that worlds have otherwise, int32[worlds] by parameter; StudyError."""
        if not self.plan.settings:
            return {}
        path = self.folder / SETTINGS
        try:
            data = files.contents(path)
            settings, _about = parts.unpack(data)
        except (OSError, parts.Damaged) as error:
            raise StudyError(
                _("{path} cannot be read: {error}.", path=_shown(path), error=error)
            ) from None
        whole = {name: values.astype("int32") for name, values in settings.items()}
        if settings_checksum(whole) != self.plan.settings:
            raise StudyError(_("{path} was changed; make the study anew.", path=_shown(path)))
        return whole

    def tasks(self) -> list[Task]:
        """The blocks that are to be in this folder."""
        return shard_of(self.plan, self.shard)

    def path(self, task: Task) -> Path:
        """Where a block is kept."""
        return path_of(self.folder, task)

    def holds(self, task: Task) -> bool:
        """Whether there is a file for a block, whatever is in it."""
        return self.path(task).is_file()

    def missing(self) -> list[Task]:
        """Blocks of the whole study of which there is no file."""
        return [task for task in self.plan.tasks() if not self.holds(task)]

    def bytes_of(self, task: Task) -> bytes:
        """A block as it is kept, looked over; Damaged where it is not what was kept."""
        return self._looked_over(task)[0]

    def block(self, task: Task) -> Course:
        """The results of a block; StudyError where it is missing or damaged."""
        self.has_rows()
        if not self.holds(task):
            raise StudyError(
                _(
                    "{path} is not finished: {missing} of {tasks} blocks are "
                    "missing; {how_to_go_on}",
                    path=_shown(self.folder),
                    missing=len(self.missing()),
                    tasks=len(self.plan.tasks()),
                    how_to_go_on=self.how_to_go_on,
                )
            )
        try:
            return parts.course_of(self._looked_over(task)[1])
        except parts.Damaged as error:
            raise StudyError(
                _(
                    "{path} is damaged, {error}; {how_to_go_on}",
                    path=_shown(self.path(task)),
                    error=error,
                    how_to_go_on=self.how_to_go_on,
                )
            ) from None

    def _looked_over(self, task: Task) -> tuple[bytes, dict[str, parts.Whole]]:
        try:
            data = files.contents(self.path(task))
        except OSError as error:
            raise parts.Damaged(error.strerror or str(error)) from None
        arrays, about = parts.unpack(data)
        self.check(task, about)
        return data, arrays

    def check(self, task: Task, about: Mapping[str, object]) -> None:
        """Damaged where what a part says of itself is not this block of this study."""
        if about != self.plan.part(task, self.version):
            raise parts.Damaged(_("it is another block or of another study"))

    def course(self, policy: str) -> Course:
        """A policy in all worlds of the study; StudyError where some are missing or damaged."""
        row = self.plan.policy(policy)
        return joined([self.block(task) for task in self.plan.tasks() if task.policy == row])

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits over all results, row by row.

        They do not show who played which block, when, or how large it was. StudyError as above.
        """
        hashed = blake2b(digest_size=16)
        for task in sorted(self.plan.tasks(), key=lambda task: (task.policy, task.first)):
            hashed.update(parts.in_row_order(self.block(task)))
        return hashed.hexdigest()

    def has_rows(self) -> None:
        """StudyError where it is of a kind that keeps no row of its own for policy and world."""
        if self.plan.kind != SWEEP:
            raise StudyError(
                _(
                    "{path} is a {kind} study, which keeps counts and no rows; {how_to_go_on}",
                    path=_shown(self.folder),
                    kind=self.plan.kind,
                    how_to_go_on=self.how_to_go_on,
                )
            )

    @property
    def how_to_go_on(self) -> str:
        """The command that finishes it."""
        if self.plan.kind != SWEEP:
            return _("go on with: {command}", command=self.command)
        return _("go on with: {command}", command=pasted("ttx", "sweep", "--resume", self.folder))

    # --- adding to it ---

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one process that adds to it; StudyError where another does."""
        fd = os.open(self.folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StudyError(
                    _(
                        "{path} is being added to by another process; let it finish.",
                        path=_shown(self.folder),
                    )
                ) from None
            except OSError as error:
                raise StudyError(files.sentence(self.folder, error)) from None
            for draft in (self.folder / PARTS).glob(".ttx-*.draft"):
                with suppress(OSError):
                    draft.unlink()  # of a process that was killed
            yield
        finally:
            os.close(fd)

    def keep(self, task: Task, data: bytes) -> None:
        """Keep a block, in place of a damaged one if any; StudyError where it cannot be kept."""
        keep(self.folder, task, data)

    def looked_over(self) -> tuple[list[Task], list[Path]]:
        """Blocks that are still to be played, and those files among them that are damaged."""
        wanted, damaged = [], []
        for task in self.tasks():
            try:
                if self.holds(task):
                    self.bytes_of(task)
                    continue
            except parts.Damaged:
                damaged.append(self.path(task))
            wanted.append(task)
        return wanted, damaged


def path_of(folder: Path, task: Task) -> Path:
    """Where a block is kept in the folder of a study."""
    return folder / PARTS / f"{task.policy:04d}-{task.first:09d}.npz"


def keep(folder: Path, task: Task, data: bytes) -> None:
    """Keep a block in the folder of its study; StudyError where it cannot be kept."""
    path = path_of(folder, task)
    try:
        files.replace(path, data)
        files.settle(path.parent)
    except OSError as error:
        raise StudyError(files.sentence(path, error)) from None


def shard_of(plan: Plan, shard: str) -> list[Task]:
    """The blocks of a shard such as `1/3`, all where it is empty; StudyError where it is none."""
    tasks = plan.tasks()
    if not shard:
        return tasks
    part, slash, count = shard.partition("/")
    if not (slash and part.isdecimal() and count.isdecimal() and 1 <= int(part) <= int(count)):
        raise StudyError(_("There is no shard '{shard}'; the first of three is 1/3.", shard=shard))
    return tasks[int(part) - 1 :: int(count)]


def settings_checksum(settings: Mapping[str, Int32]) -> str:
    """What a plan knows its settings by; empty where there are none."""
    return parts.checksum(settings) if settings else ""


def open_study(folder: Path) -> Study:
    """The study in a folder, to be read; StudyError where there is none that can be."""
    head, exercise = folder / HEAD, folder / EXERCISE
    try:
        raw = (files.contents(head), files.contents(exercise))
    except OSError:
        if os.path.lexists(folder):
            lack = _(
                "There is no study in {path}; name a folder of `ttx sweep`.", path=_shown(folder)
            )
        else:
            lack = _(
                "There is no folder {path}; name a folder of `ttx sweep`.", path=_shown(folder)
            )
        raise StudyError(lack) from None
    data = head_of(raw[0], _shown(head))
    plan = read(*raw, _shown(head))
    shard = str(data.get("shard", ""))
    shard_of(plan, shard)
    return Study(
        folder, plan, raw, str(data.get("version", "")), shard, str(data.get("command", ""))
    )


def begin(
    folder: Path,
    plan: Plan,
    settings: Mapping[str, Int32] | None = None,
    shard: str = "",
    command: str = "",
) -> Study:
    """The study of a plan in a folder: a new one, or the one that was begun there.

    `settings` are those of the plan, int32[worlds] by parameter. StudyError where the folder holds
    anything else, or cannot be made; it then stays as it is.
    """
    shard_of(plan, shard)
    if folder.is_dir() and any(folder.iterdir()):
        return _begun(folder, plan, shard)
    if not folder.is_dir():
        files.named_as_folder(folder, _("A study"))
    raw = (written(plan, shard, command), exercise_written(plan.exercise))
    with suppress(FileNotFoundError):
        files.make_folder(folder.absolute().parent)
    draft = folder.absolute().parent / f".ttx-{secrets.token_hex(8)}.draft"
    try:
        files.make_folder(draft / PARTS)
        files.write(draft / EXERCISE, raw[1])
        if settings:
            files.write(draft / SETTINGS, parts.pack(settings, {}))
        files.write(draft / HEAD, raw[0])
        draft.rename(folder)
        files.settle(folder.absolute().parent)
    except files.NotWritten as error:
        words = str(error).replace(files.legible(draft), _shown(folder))  # no name of ours
        raise StudyError(words) from None
    except OSError as error:
        raise StudyError(files.sentence(folder, error)) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return open_study(folder)


def _begun(folder: Path, plan: Plan, shard: str) -> Study:
    """A folder that is there already, where it holds this study."""
    path = _shown(folder)
    if not (folder / HEAD).is_file():
        raise StudyError(
            _(
                "{path} is there already and holds no study; nothing was "
                "written to it; name another.",
                path=path,
            )
        )
    study = open_study(folder)
    theirs = study.plan
    differs = ""
    if theirs.digest != plan.digest:
        differs = _(
            "a study of another exercise, '{exercise}' {digest}",
            exercise=theirs.exercise.id,
            digest=theirs.digest[:8],
        )
    elif theirs.id != plan.id:
        differs = _(
            "another study of {exercise}: {apart}",
            exercise=theirs.exercise.id,
            apart=_apart(theirs, plan),
        )
    elif study.shard != shard:
        differs = _(
            "{held} of this study and not {asked}",
            held=_shard_named(study.shard),
            asked=_shard_named(shard),
        )
    if differs:
        raise StudyError(
            _(
                "{path} holds {differs}; nothing was written to it; name another --out.",
                path=path,
                differs=differs,
            )
        )
    going_on(study)
    return study


def going_on(study: Study) -> None:
    """StudyError where this ttx must not add to a study, since another version began it."""
    if study.version != __version__:
        raise StudyError(
            _(
                "{path} was begun by ttx {version} and this is {own}, "
                "whose results may differ; go on with that version, or make the "
                "study anew.",
                path=_shown(study.folder),
                version=study.version,
                own=__version__,
            )
        )


def _apart(plan: Plan, other: Plan) -> str:
    """In what two studies of an exercise differ, in a few words."""
    pairs: Iterable[tuple[str, int, object, object]] = (
        (_("kind"), 1, plan.kind, other.kind),
        (_("seed"), 1, plan.seed, other.seed),
        (_("worlds"), 2, plan.worlds, other.worlds),
        (_("baseline"), 1, plan.baseline, other.baseline),
        (_("policies"), 2, plan.policies, other.policies),
        (_("numbers set"), 2, dict(plan.fixed), dict(other.fixed)),
        (_("ranges"), 2, dict(plan.ranges), dict(other.ranges)),
        (_("states of the world"), 2, plan.settings, other.settings),
    )
    differing = [(name, count) for name, count, a, b in pairs if a != b]
    differing = differing or [(_("the questions"), 2)]
    return ngettext(
        "{what} differs",
        "{what} differ",
        sum(count for _name, count in differing),
        what=_(" and ").join(name for name, _count in differing),
    )


def _shard_named(shard: str) -> str:
    return _("shard {shard}", shard=shard) if shard else _("the whole")


def _shown(path: Path) -> str:
    return files.legible(path)
