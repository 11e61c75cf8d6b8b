from django.contrib import admin

from intake.booking.models import Room, Service, WeeklyHours


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name", "for_acupuncture", "for_massage", "in_use"]


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["therapy", "minutes", "pause"]


@admin.register(WeeklyHours)
class WeeklyHoursAdmin(admin.ModelAdmin):
    list_display = ["practitioner", "weekday", "opens", "closes"]
    list_filter = ["practitioner", "weekday"]
