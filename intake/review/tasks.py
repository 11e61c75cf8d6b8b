from procrastinate.contrib.django import app

from intake.review import taking_back


@app.periodic(cron="* * * * *")
@app.task(queue="reviews", queueing_lock="send_out_decisions", pass_context=False)
def send_out_decisions(timestamp: int) -> None:
    """Once a minute: what can no longer be taken back."""
    taking_back.send_out()
