from django.db import migrations

from clinic.protection import refuse


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]
    operations = [
        refuse(
            "screening_ruleset",
            "published_rule_set_never_changes",
            on="UPDATE OR DELETE",
            when="OLD.published_at IS NOT NULL",
            sentence="a published rule set never changes",
        )
    ]
