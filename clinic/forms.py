"""What the clinic's own forms share: the summary of what is wrong, first on the page."""

from django import forms

MANY_INPUTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class ClinicForm(forms.Form):
    """Checked on the server only; nothing is chosen beforehand unless the form says so."""

    use_required_attribute = False

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        """(id of the input, sentence) in the order of the form; form-wide sentences come first."""
        found = [("main", sentence) for sentence in self.non_field_errors()]
        for field in self:
            found += [(input_id(field), sentence) for sentence in field.errors]
        return found


def input_id(field: forms.BoundField) -> str:
    """The id that a link to the field leads to: its only input, or the first of several."""
    several = isinstance(field.field.widget, MANY_INPUTS)
    return f"{field.auto_id}_0" if several else field.id_for_label
