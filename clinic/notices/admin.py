from django.contrib import admin

from clinic.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """What was sent and what could not be sent. The texts hold no health word."""

    list_display = ["kind", "reference", "created_at", "sent_at", "failed_at", "attempts"]
    list_filter = ["kind", ("failed_at", admin.EmptyFieldListFilter)]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
