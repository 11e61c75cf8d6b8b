from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group

from clinic.audit.services import record
from clinic.people.models import Practitioner, Registration, User
from clinic.people.staff import admin_door, admin_password

admin.site.site_header = admin.site.site_title = "Site management"
admin.site.index_title = "What would you like to change?"
admin.site.login = admin_door
admin.site.password_change = admin_password
# A second address would be a second way in; an authenticator shows its sealed secret.
# Groups mean nothing here: who may do what stands in policy.py.
for library_model in (EmailAddress, Authenticator, UserSession, Group):
    admin.site.unregister(library_model)


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_reception", "is_manager"]

    def clean_email(self) -> str:
        """In small letters, as the sign-in pages look it up."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts. A new colleague chooses their own password, by an e-mailed link."""

    form = UserForm
    fieldsets = [
        (
            None,
            {
                "fields": UserForm.Meta.fields,
                "description": "A new colleague opens the staff sign-in and follows “Choose a new"
                " password”. A practitioner is added under Practitioners as well, before that.",
            },
        )
    ]
    list_display = ["email", "name", "is_active", "is_reception", "is_manager"]
    list_filter = ["is_active", "is_reception", "is_manager"]
    search_fields = ["email", "name"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """An address stays: whoever could change it could have a password sent to themselves."""
        return ["email"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


class PractitionerForm(forms.ModelForm):
    class Meta:
        model = Practitioner
        fields = ["user", "title"]

    def clean_user(self) -> User:
        """Practitioners read health records: nobody opens that door for themselves."""
        if self.cleaned_data["user"] == self.acting:
            raise forms.ValidationError("You cannot appoint yourself. Ask another manager.")
        return self.cleaned_data["user"]


class RegistrationInline(admin.TabularInline):
    model = Registration
    extra = 0


@admin.register(Practitioner)
class PractitionerAdmin(admin.ModelAdmin):
    form = PractitionerForm
    list_display = ["user", "title"]
    autocomplete_fields = ["user"]
    inlines = [RegistrationInline]

    def get_form(self, request, obj=None, change=False, **kwargs) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("ActingPractitionerForm", (form,), {"acting": request.user})

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        record(
            action="practitioner_changed" if change else "practitioner_appointed",
            by=request.user,
            detail=f"account {form.instance.user_id}",
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """For a lost phone: delete that person's entries, after making sure who is asking."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
