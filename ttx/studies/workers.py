"""Who plays the blocks of a study: this process, processes beside it, or a Dask cluster.

All three are executors of the standard library, and whoever hands out work knows nothing else.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from multiprocessing import connection
from typing import Any, ParamSpec, TypeVar

from ttx import __version__
from ttx.extras import need
from ttx.i18n import _
from ttx.studies.plan import StudyError

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")
Notice = Callable[[str], None]

OF_TERMINAL = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)
"""Signals that a terminal sends to all processes at it."""

AHEAD = 2
"""Blocks that a worker has before it: one in hand, and one so that it need not wait."""
PATIENCE = 15
"""Seconds that a cluster has to answer."""
AGAIN = 3
"""How often a cluster plays a block again whose worker was lost."""


def same_version(version: str) -> None:
    """Look, where a worker runs, whether its ttx is the one that a study was begun by.

    Raises:
        StudyError: It is another.
    """
    if version != __version__:
        raise StudyError(
            _(
                "A worker has ttx {version}, and the study was begun by "
                "{other}; install that version where the workers run.",
                version=__version__,
                other=version,
            )
        )


class Here(Executor):
    """Work done at once, in this process."""

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """The work, done when this returns; what it raises is raised here."""
        done: Future[R] = Future()
        done.set_result(work(*args, **kwargs))
        return done


class Crew:
    """An executor, how many blocks it works at, and how it is had anew where it breaks."""

    def __init__(
        self, make: Callable[[], Executor], width: int, where: str, *, here: bool = True
    ) -> None:
        """`make` gives an executor; `where` says who works, `here` whether on this disk."""
        self._make, self.width, self.where, self.here = make, width, where, here
        self._executor: Executor | None = None

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Work for one worker."""
        if self._executor is None:
            self._executor = self._make()
        return self._executor.submit(work, *args, **kwargs)

    def dismiss(self) -> None:
        """Let what is in hand end, hand out nothing more, and have all workers gone."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


@contextmanager
def crew(count: int = 1, cluster: str = "") -> Iterator[Crew]:
    """Workers: so many processes, this one alone where that is one, or those of a cluster.

    They are gone afterwards. StudyError where the cluster cannot be reached.
    """
    if cluster:
        with _client(cluster) as client:
            width = max(1, sum(client.nthreads().values()))
            where = _("{width} threads of {cluster}", width=width, cluster=cluster)
            yield Crew(lambda: _of_cluster(client), width, where, here=False)
        return
    made = Crew(Here, 1, _("this process"))
    if count > 1:
        made = Crew(lambda: _pool(count), count, _("{count} processes", count=count))
    try:
        yield made
    except BaseException:
        made.dismiss()
        raise
    made.dismiss()


def results(
    workers: Crew, work: Callable[..., R], jobs: Iterable[tuple[K, tuple[Any, ...]]], notice: Notice
) -> Iterator[tuple[K, R]]:
    """The result of each job, as it comes; a job is a key and the arguments of the work.

    Where workers are lost their jobs are handed out once more; StudyError where that fails too.
    """
    waiting, stopped = iter(jobs), False
    running: dict[Future[R], tuple[K, tuple[Any, ...]]] = {}
    again: list[tuple[K, tuple[Any, ...]]] = []
    while True:
        try:
            while len(running) < _most(workers):
                job = again.pop() if again else next(waiting, None)
                if job is None:
                    break
                again.append(job)  # not lost where it cannot be handed out
                future = workers.submit(work, *job[1])
                running[future] = again.pop()
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                result = done.result()
                yield running.pop(done)[0], result
        except BrokenExecutor:
            if stopped:
                raise StudyError(
                    _(
                        "Workers ended unasked once more, perhaps for want of "
                        "memory; go on with fewer."
                    )
                ) from None
            stopped = True
            notice(_("A worker ended unasked; its blocks are played again by new ones."))
            again += running.values()
            running.clear()
            workers.dismiss()
        except CancelledError:
            raise StudyError(_("The cluster has gone; go on once it is back.")) from None
        except ModuleNotFoundError as error:
            raise StudyError(
                _(
                    "The workers cannot play: {error}; install this version of ttx where they run.",
                    error=error,
                )
            ) from None
        except Exception as error:
            if type(error).__name__ != "KilledWorker":  # of a library that may not be installed
                raise
            raise StudyError(
                _(
                    "The cluster lost {again} workers over one block; look at their logs.",
                    again=AGAIN + 1,
                )
            ) from None


def _most(workers: Crew) -> int:
    return 1 if workers.width == 1 else workers.width * AHEAD


# --- processes ---


class _Processes(ProcessPoolExecutor):
    """Processes that leave the signals of the terminal to the one that hands out the work."""

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Work for one of them; those that begin meanwhile have these signals blocked for good."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, OF_TERMINAL)
        try:
            return super().submit(work, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(count: int) -> Executor:
    """Processes that begin from nothing, so that no lock or thread of this one is copied."""
    return _Processes(count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """What a worker does first: see to it that it ends with its parent, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


# --- a cluster ---


@contextmanager
def _client(address: str) -> Iterator[Any]:
    distributed = need("distributed", "cluster")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by ttx
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise StudyError(
            _(
                "There is no Dask scheduler at {address} ({error}); name it as tcp://HOST:PORT.",
                address=address,
                error=str(error) or type(error).__name__,
            )
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=PATIENCE)


def _of_cluster(client: Any) -> Executor:  # noqa: ANN401  # distributed comes without types here
    made: Executor = client.get_executor(pure=False, retries=AGAIN)
    return made
