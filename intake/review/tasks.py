from procrastinate.contrib.django import app

from intake.review import rescreening


@app.periodic(cron="* * * * *")
@app.task(queue="reviews", queueing_lock="rescreen_due", pass_context=False)
def rescreen_due(timestamp: int) -> None:
    """Once a minute: whatever was sent before the rules that are in force, and is not read yet."""
    rescreening.rescreen_due()
