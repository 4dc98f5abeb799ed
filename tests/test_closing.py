"""The paragraph that ends a review: what the run answers, and how far that can be trusted."""

from __future__ import annotations

import pytest
from kit.tables import leads, play, robots_alone, seated

from ttx.report.closing import closing
from ttx.report.markdown import markdown
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session.view import words

END = "So it is one case and no proof:"


def test_a_run_like_its_reference_is_clearly_apart_from_the_other_alone() -> None:
    game = robots_alone("accelerate", "phased", 7).game
    did, like, other, luck, end = closing(game)
    assert did == (
        "Asked 'How fast, and who sits in Tokyo?', this table had Pace of the stand-up at phased "
        "and Standing staff in Japan at none, at liaison from turn 2, at cell from turn 5."
    )
    assert "Beside phased on the same dice no score ended clearly apart." == like
    assert other.startswith("Beside hawaii on the same dice it ended better on ")
    assert "Other dice alone would do as much." == luck
    assert end.startswith(END)


def test_scores_stand_by_their_size_with_what_is_better_and_what_is_worse() -> None:
    game = robots_alone("accelerate", "keep", 7).game
    made = closing(game)
    reckoned = game.turns[-1].reckoned
    assert reckoned is not None
    for name, at in (("phased", 1), ("hawaii", 3)):
        gaps = zip(
            game.run.exercise.score,
            reckoned.reckoning.scores,
            reckoned.references[name].scores,
            strict=True,
        )
        clear = [(own - other, part) for part, own, other in gaps if abs(own - other) >= 50]
        for better in (True, False):
            of = [gap for gap in clear if ((gap[0] > 0) == (gap[1].better == "higher")) == better]
            of.sort(key=lambda gap: -abs(gap[0]))
            for by, part in of[:3]:
                told = f"{part.name} ({words.moved_points(by)})"
                assert (told in made[at].partition("worse on")[0]) == better
                assert told in made[at]
            assert (f"{len(of) - 3} more" in made[at]) == (len(of) > 3)
    bundle = next(sentence for sentence in made if "stood otherwise" in sentence)
    assert "Off-ramps stood otherwise than in every reference run as well" in bundle
    assert "Pace" not in bundle


def test_a_run_that_stopped_early_says_so_and_none_is_told_before_a_turn() -> None:
    table = seated("tutorial")
    assert () == closing(table.game)
    for _asked in play(table, 1):
        if any(turn.end is not None and turn.confirmed for turn in table.game.turns):
            break
    assert leads(table.game.run)
    assert "It was played for 1 turn of 2, and what is slow had no time to come." in closing(
        table.game
    )


@pytest.mark.parametrize("name", ["tutorial"])
def test_the_review_ends_with_it(name: str) -> None:
    game = robots_alone(name, "eager", 3).game
    view = review(game, "")
    assert view.closing == closing(game)
    assert " ".join(view.closing) in " ".join(markdown(review_of(view)).split())
