"""Forms that ask for nothing but a reason."""

from clinic.forms import ClinicForm
from intake.review.boxes import writing


class KeepForm(ClinicForm):
    """Why what was decided stands, although newer rules raise something."""

    reason = writing(
        "Why does the decision stand?",
        required="Write in a line why what was decided stands.",
        help_text="It is kept with your name.",
    )


class LookAgainForm(ClinicForm):
    reason = writing(
        "What did you learn?",
        required="Write what you learned, so that whoever decides knows it.",
        help_text="It is kept with your name, and colleagues read it. The patient does not.",
    )
