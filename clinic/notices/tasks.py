from procrastinate.contrib.django import app

from clinic.notices import services


@app.task(queue="notices")
def deliver(notice_id: int) -> None:
    services.send(notice_id=notice_id)


@app.periodic(cron="* * * * *")
@app.task(queue="notices", queueing_lock="deliver_due", pass_context=False)
def deliver_due(timestamp: int) -> None:
    """Once a minute: whatever is due and was not delivered."""
    services.send_all_due()
