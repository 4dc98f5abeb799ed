"""A block of results as bytes: whole numbers in the least room, with a checksum of their own."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.course import Course
from ttx.i18n import _

Whole = NDArray[np.signedinteger[Any]]

SMALL, ROW, LARGE = np.dtype(np.int8), np.dtype(np.int16), np.dtype(np.int32)
DTYPES: Mapping[str, np.dtype[np.signedinteger[Any]]] = {
    "scores": LARGE,
    "tracks": LARGE,
    "levels": SMALL,
    "budgets": LARGE,
    "spent": LARGE,
    "posture": SMALL,
    "inject": ROW,
    "option": ROW,
    "timing": SMALL,
    "response": SMALL,
    "wanted": SMALL,
    "purse": ROW,
    "aims": SMALL,
    "reached": SMALL,
    "ended": SMALL,
}
"""What the arrays of a course are, however little room a file gave them."""
NAMES = tuple(part.name for part in fields(Course))


BROKEN = (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError)
"""What numpy and zipfile raise over bytes that are no archive of arrays."""


class Damaged(ValueError):
    """Bytes that are not what was kept; says why, as the end of a sentence."""


def narrowed(values: Whole) -> Whole:
    """The same numbers in the smallest of int8, int16 and int32 that holds them all.

    OverflowError where none does.
    """
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    raise OverflowError(_("{low} to {high} is more than 32 bits hold", low=low, high=high))


def pack(arrays: Mapping[str, Whole], about: Mapping[str, object]) -> bytes:
    """Arrays and what is to be known of them as the bytes of an .npz with a checksum in it."""
    header = np.frombuffer(json.dumps(dict(about), sort_keys=True).encode(), np.uint8)
    held: dict[str, NDArray[Any]] = {name: narrowed(values) for name, values in arrays.items()}
    held["about"] = header
    held["checksum"] = np.frombuffer(bytes.fromhex(checksum(held)), np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **held)
    return out.getvalue()


def unpack(data: bytes) -> tuple[dict[str, Whole], dict[str, Any]]:
    """The arrays of a part and what is known of them; Damaged where the checksum is another."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            held = {name: archive[name] for name in archive.files}
        kept, there = held.pop("checksum").tobytes().hex(), checksum(held)
        about = json.loads(held.pop("about").tobytes())
    except BROKEN:
        raise Damaged(_("it is not whole")) from None
    if there != kept:
        raise Damaged(_("its checksum is another"))
    return held, about


def about_of(data: bytes) -> dict[str, Any]:
    """What is to be known of a part, without looking at its arrays; Damaged where it says none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            header: dict[str, Any] = json.loads(archive["about"].tobytes())
    except BROKEN:
        raise Damaged(_("it is not whole")) from None
    return header


def checksum(arrays: Mapping[str, NDArray[Any]]) -> str:
    """32 hexadecimal digits over names, kinds, shapes and values."""
    digest = blake2b(digest_size=16)
    for name in sorted(arrays):
        values = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {values.dtype.str} {values.shape} ".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


def packed(course: Course, about: Mapping[str, object]) -> bytes:
    """A course as the bytes of a part."""
    return pack({name: getattr(course, name) for name in NAMES}, about)


def course_of(arrays: Mapping[str, Whole]) -> Course:
    """The course of a part, in the kinds of array that a course has.

    Parts that were kept before adversaries had aims and purses say nothing of them.
    """
    response = arrays["response"]
    none = np.full(response.shape[1:], -1)
    before = {"wanted": response, "purse": 0 * response, "aims": none, "reached": none}
    known = {**before, **arrays}
    return Course(**{name: known[name].astype(DTYPES[name]) for name in NAMES})


def in_row_order(course: Course) -> bytes:
    """All numbers of a course, world by world, each as four bytes, the lowest first.

    What a digest is taken of: it does not show how many worlds were played at once.
    """
    rows = [getattr(course, name).reshape(-1, course.n).T for name in NAMES]
    return np.concatenate([row.astype("<i4") for row in rows], axis=1).tobytes()
