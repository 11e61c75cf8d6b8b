from procrastinate.contrib.django import app

from intake.submission import drafts


@app.periodic(cron="17 3 * * *")
@app.task(queue="drafts", queueing_lock="expire_drafts", pass_context=False)
def expire_drafts(timestamp: int) -> None:
    """Once a night: drafts that were not finished in time, with their answers."""
    drafts.expire_old_drafts()


@app.periodic(cron="20 9 * * *")
@app.task(queue="drafts", queueing_lock="remind_of_drafts", pass_context=False)
def remind_of_drafts(timestamp: int) -> None:
    """Once a morning: people whose form waits for them."""
    drafts.remind_of_drafts()
