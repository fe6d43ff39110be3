"""
cfn-lint as its command line runs it, with rule E3601 (definitions of state machines) mended for JSONata.

Version 1.58.0 takes numbers alone for a Task's TimeoutSeconds and HeartbeatSeconds, where the service evaluates expressions
too; and below a Parallel state its way of telling a finding ends in an exception, for such a path has indexes among the
names. Everything else that the rule checks stays checked, and no rule is left out.
"""

import sys

from cfnlint.config import ConfigMixIn
from cfnlint.rules.resources.stepfunctions.StateMachineDefinition import StateMachineDefinition
from cfnlint.runner import Runner

EXPRESSION = {"type": "string", "pattern": r"^\{%[\s\S]+%\}$"}


class JsonataDefinition(StateMachineDefinition):
    def _convert_schema_to_jsonata(self):
        schema = super()._convert_schema_to_jsonata()
        task = schema["definitions"]["task"]["properties"]
        for field in ("TimeoutSeconds", "HeartbeatSeconds"):
            task[field] = {"anyOf": [task[field], EXPRESSION]}
        return schema

    def _fix_message(self, err):
        path = err.path
        err.path = type(path)(str(part) for part in path)
        told = super()._fix_message(err)
        told.path = path
        return told


runner = Runner(ConfigMixIn(sys.argv[1:]))
# `register` refuses a second rule of the same id.
runner.rules.data[JsonataDefinition.id] = JsonataDefinition()
runner.cli()
