from ttx.analysis.course import Course as Course
from ttx.analysis.policies import Policy as Policy
from ttx.exercise.model.exercise import Exercise as Exercise
from ttx.exercise.parameters import Parameter as Parameter
from ttx.exercise.parameters import parameters as parameters
from ttx.studies.study import Study as Study
from ttx.studies.study import open_study as open_study
from ttx.studies.surface import Labels as Labels
from ttx.studies.surface import labels as labels
from ttx.studies.surface import load as load
from ttx.studies.surface import play as play
from ttx.studies.surface import policy as policy

__version__: str
