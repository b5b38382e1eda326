"""Required forms: is a right answer written as the task asks?"""

from adjudge_verifiers.mathematics.forms.required import lacks_form

__all__ = ["lacks_form"]
