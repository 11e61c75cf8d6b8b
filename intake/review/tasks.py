from procrastinate.contrib.django import app

from intake.review import asking_reminders, taking_back


@app.periodic(cron="* * * * *")
@app.task(queue="reviews", queueing_lock="send_out_decisions", pass_context=False)
def send_out_decisions(timestamp: int) -> None:
    """Once a minute: what can no longer be taken back."""
    taking_back.send_out()


@app.periodic(cron="25 9 * * *")
@app.task(queue="reviews", queueing_lock="remind_of_questions", pass_context=False)
def remind_of_questions(timestamp: int) -> None:
    """Once a morning: people who owe us an answer; the last one closes the form."""
    asking_reminders.close_unanswered()
    asking_reminders.remind_of_questions()
