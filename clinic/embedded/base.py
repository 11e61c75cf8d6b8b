"""Django's PostgreSQL backend on the private server, which starts at the first real connection."""

import os
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from clinic.embedded import server
from clinic.embedded.accounts import CannotStart
from clinic.embedded.programs import bindir


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that came with the server."""

    def runshell(self, parameters: list[str]) -> None:
        self.connection.get_connection_params()
        super().runshell(parameters)

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: list[str]
    ) -> tuple[list[str], dict[str, str]]:
        args, env = super().settings_to_cmd_args_env(settings_dict, parameters)
        path = os.pathsep.join([str(bindir()), os.environ.get("PATH", os.defpath)])
        return args, {**(env or {}), "PATH": path}


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        try:
            where = server.ensure(Path(self.settings_dict["OPTIONS"]["var_dir"]))
        except CannotStart as error:
            raise OperationalError(str(error)) from error
        self.settings_dict.update(where)
        params = super().get_connection_params()
        del params["var_dir"]
        return params
