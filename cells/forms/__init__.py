"""What the pages of cells ask for; choices come from within the cell."""

from cells.forms.cells import CellEditForm, CellForm, HandOverForm
from cells.forms.closing import ClosingForm
from cells.forms.cycles import ActForm, CycleEditForm, CycleForm, DoForm, PaperCycleForm, StudyForm
from cells.forms.drivers import DriverEditForm, DriverForm
from cells.forms.imports import ColumnsForm, ImportForm, SheetForm, UploadForm
from cells.forms.measures import KindForm, MeasureEditForm, MeasureForm
from cells.forms.numbers import CorrectionForm, DayForm, NoNumberForm, NumberForm
from cells.forms.opportunities import (
    FinishForm,
    IdeaForm,
    IdeasForm,
    MergeForm,
    ReasonForm,
    SplitForm,
)
from cells.forms.plans import (
    AimForm,
    BaselineForm,
    DropForm,
    EvaluationForm,
    LookForm,
    ReviewForm,
    StandardForm,
    StepEditForm,
    StepForm,
    SustainForm,
    WatchForm,
)
from cells.forms.rounds import (
    BALLOTS,
    AnyBallotForm,
    ChoiceForm,
    GatherForm,
    LastDayForm,
    RankForm,
    RoundForm,
    SilentIdeaForm,
)

__all__ = [
    "BALLOTS",
    "ActForm",
    "AimForm",
    "AnyBallotForm",
    "BaselineForm",
    "CellEditForm",
    "CellForm",
    "ChoiceForm",
    "ClosingForm",
    "ColumnsForm",
    "CorrectionForm",
    "CycleEditForm",
    "CycleForm",
    "DayForm",
    "DoForm",
    "DriverEditForm",
    "DriverForm",
    "DropForm",
    "EvaluationForm",
    "FinishForm",
    "GatherForm",
    "HandOverForm",
    "IdeaForm",
    "IdeasForm",
    "ImportForm",
    "KindForm",
    "LastDayForm",
    "LookForm",
    "MeasureEditForm",
    "MeasureForm",
    "MergeForm",
    "NoNumberForm",
    "NumberForm",
    "PaperCycleForm",
    "RankForm",
    "ReasonForm",
    "ReviewForm",
    "RoundForm",
    "SheetForm",
    "SilentIdeaForm",
    "SplitForm",
    "StandardForm",
    "StepEditForm",
    "StepForm",
    "StudyForm",
    "SustainForm",
    "UploadForm",
    "WatchForm",
]
