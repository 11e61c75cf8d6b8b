from procrastinate.contrib.django import app

from intake.submission import services


@app.periodic(cron="17 3 * * *")
@app.task(queue="drafts", queueing_lock="expire_drafts", pass_context=False)
def expire_drafts(timestamp: int) -> None:
    """Once a night: drafts that were not finished in time, with their answers."""
    services.expire_old_drafts()
