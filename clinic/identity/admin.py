from django.contrib import admin

from clinic.identity.models import Clinic


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    """The clinic's own name, numbers and hours, as patients read them."""

    def has_add_permission(self, request) -> bool:
        return not Clinic.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
