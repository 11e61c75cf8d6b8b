from django import forms
from django.contrib import admin

from clinic.people.models import Practitioner, Registration, User


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_reception", "is_manager"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts. A new colleague chooses their own password through “Forgotten your password?”."""

    form = UserForm
    list_display = ["email", "name", "is_active", "is_reception", "is_manager"]
    list_filter = ["is_active", "is_reception", "is_manager"]
    search_fields = ["email", "name"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


class RegistrationInline(admin.TabularInline):
    model = Registration
    extra = 0


@admin.register(Practitioner)
class PractitionerAdmin(admin.ModelAdmin):
    list_display = ["user", "title"]
    autocomplete_fields = ["user"]
    inlines = [RegistrationInline]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
