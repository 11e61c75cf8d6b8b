from django.contrib import admin

from clinic.identity.models import Clinic, OpeningHours


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    """The clinic's own name, numbers and hours, as patients read them."""

    def has_add_permission(self, request) -> bool:
        return not Clinic.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(OpeningHours)
class OpeningHoursAdmin(admin.ModelAdmin):
    """From these it is counted when a form is due. Forms already sent keep their time."""

    list_display = ["__str__"]
